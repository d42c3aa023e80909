/// The pairing of the beginnings and ends of notes, from events in order of time.
struct NotePairing {
  /// The voice of a note; only their order distinguishes the notes of a voice.
  struct Voice: Hashable {
    let track: UInt16
    let channel: UInt8
    let pitch: UInt8
  }

  /// Channel 10, counted from 0.
  static let percussion = 9

  /// The program of each channel; nil until one is selected.
  var programs = [Int?](repeating: nil, count: 16)
  /// The notes in order of onset.
  private(set) var notes: [NoteEvent] = []
  private(set) var percussionCount = 0
  /// The sounding notes of each voice in order of onset, and the number of them that ended.
  private var sounding: [Voice: (notes: [Int32], ended: Int)] = [:]

  /// Takes an event; velocity 0 ends the note of its voice that has sounded longest, if there is one.
  mutating func note(_ voice: Voice, velocity: Int, time: Double) {
    guard voice.channel != Self.percussion else {
      if velocity > 0 { percussionCount += 1 }
      return
    }
    if velocity > 0 {
      sounding[voice, default: ([], 0)].notes.append(Int32(notes.count))
      notes.append(
        NoteEvent(
          onset: time,
          offset: time,
          pitch: Int(voice.pitch),
          velocity: velocity,
          program: programs[Int(voice.channel)]
        )
      )
    } else if let (voices, ended) = sounding[voice] {
      notes[Int(voices[ended])].offset = time
      sounding[voice] = ended + 1 == voices.count ? nil : (voices, ended + 1)
    }
  }

  /// Ends all notes of a channel of a track.
  mutating func silence(track: UInt16, channel: UInt8, time: Double) {
    for pitch in UInt8(0)..<128 {
      let voice = Voice(track: track, channel: channel, pitch: pitch)
      guard let (voices, ended) = sounding.removeValue(forKey: voice) else { continue }
      for note in voices[ended...] { notes[Int(note)].offset = time }
    }
  }

  /// Ends the notes that still sound at the ends of their tracks, and returns their number.
  mutating func endAll(
    at end: (_ track: Int) throws(MIDIFileError) -> Double
  ) throws(MIDIFileError) -> Int {
    var count = 0
    for (voice, (voices, ended)) in sounding {
      let time = try end(Int(voice.track))
      for note in voices[ended...] {
        notes[Int(note)].offset = time
        count += 1
      }
    }
    sounding = [:]
    return count
  }
}
