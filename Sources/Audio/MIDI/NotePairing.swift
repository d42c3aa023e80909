/// Finds the ends of notes in events that come in the order of time.
struct NotePairing {
  /// Where notes begin and end: those of one voice are told apart by their order only.
  struct Voice: Hashable {
    let track: Int
    let channel: Int
    let pitch: Int
  }

  /// A note in ticks.
  struct Note {
    let voice: Voice
    let velocity: Int
    let program: Int?
    let start: Int
    var end: Int
  }

  /// Channel 10, counted from 0.
  static let percussion = 9

  /// The program of each channel, once it was chosen.
  var programs = [Int?](repeating: nil, count: 16)
  /// Notes in the order of their beginnings.
  private(set) var notes: [Note] = []
  private(set) var percussionCount = 0
  /// The notes of each voice that sound, in the order of their beginnings; and how many of them ended.
  private var sounding: [Voice: (notes: [Int], ended: Int)] = [:]

  /// Takes an event; velocity 0 ends the note of its voice that has sounded longest, if there is one.
  mutating func note(_ voice: Voice, velocity: Int, tick: Int) {
    guard voice.channel != Self.percussion else {
      if velocity > 0 { percussionCount += 1 }
      return
    }
    if velocity > 0 {
      sounding[voice, default: ([], 0)].notes.append(notes.count)
      notes.append(
        Note(
          voice: voice,
          velocity: velocity,
          program: programs[voice.channel],
          start: tick,
          end: tick
        )
      )
    } else if let (voices, ended) = sounding[voice] {
      notes[voices[ended]].end = tick
      sounding[voice] = ended + 1 == voices.count ? nil : (voices, ended + 1)
    }
  }

  /// Ends the notes that sound at the ends of their tracks; returns how many there were.
  mutating func endAll(at ends: [Int]) -> Int {
    var count = 0
    for (voice, (voices, ended)) in sounding {
      for note in voices[ended...] {
        notes[note].end = ends[voice.track]
        count += 1
      }
    }
    sounding = [:]
    return count
  }
}
