/// Writes notes as a Standard MIDI File.
///
/// Times are kept to half a tick, 0.53 ms at most, counted from the start of the file, so that they do not
/// drift; the tempo changes the bars that a score program draws, and never when a note sounds.
package struct MIDIWriter: Sendable {
  /// How notes are laid out.
  package enum Format: Int, CaseIterable, Sendable {
    /// All in one track.
    case singleTrack = 0
    /// The tempo in a track, and the notes of each program in one.
    case trackPerProgram = 1
  }

  package let format: Format
  /// What the file says of its making.
  package let text: String?
  /// Microseconds per quarter note.
  private let tempo: Int
  /// Ticks per quarter note.
  private let division: Int

  /// Quarter notes a minute that a file can have here.
  package static let tempi = 4.0...1000.0

  /// - Parameters:
  ///   - format: how notes are laid out.
  ///   - tempo: quarter notes a minute, one of `tempi`.
  ///   - text: what the file says of its making, at most 127 bytes.
  package init(format: Format = .trackPerProgram, tempo: Double = 120, text: String? = nil) {
    precondition(text?.utf8.count ?? 0 < 128, "a short text")
    self.text = text
    precondition(Self.tempi.contains(tempo), "a tempo that can be written")
    self.format = format
    self.tempo = Int((60e6 / tempo).rounded())
    // Score programs like many divisors: 480 at 120 a minute. Finer ticks help nobody, and some readers
    // take files of more than ten million ticks for damaged.
    division = 120 * ((self.tempo - 1) / (120 * Self.longestTick) + 1)
  }

  /// The length that a tick has at most, in microseconds.
  private static let longestTick = 1050

  /// The length of a tick in seconds.
  package var tickLength: Double { Double(tempo) / (1e6 * Double(division)) }

  /// The bytes of a file with the notes, in any order; a note is at least one tick long.
  package func bytes(_ notes: [NoteEvent]) -> [UInt8] {
    let tempoMessage: [UInt8] = [0xFF, 0x51, 3] + Self.bigEndian(tempo, bytes: 3)
    let textMessage = text.map { [0xFF, 0x01, UInt8($0.utf8.count)] + Array($0.utf8) }
    let start = [textMessage, tempoMessage].compactMap(\.self).map {
      MIDITrackBytes.Event(tick: 0, message: $0)
    }
    let tracks = tracks(notes)
    let contents = format == .singleTrack ? [start + tracks.joined()] : [start] + tracks
    var bytes = MIDIFile.signature + Self.bigEndian(6, bytes: 4)
    for number in [format.rawValue, contents.count, division] {
      bytes += Self.bigEndian(number, bytes: 2)
    }
    for content in contents {
      let track = MIDITrackBytes(content).bytes
      bytes += Array("MTrk".utf8) + Self.bigEndian(track.count, bytes: 4) + track
    }
    return bytes
  }

  /// The events of the notes in the order of time: in one track, or a track for each program.
  private func tracks(_ notes: [NoteEvent]) -> [[MIDITrackBytes.Event]] {
    let programs = Set(notes.map(\.program)).sorted { ($0 ?? -1) < ($1 ?? -1) }
    let tracks = Dictionary(uniqueKeysWithValues: programs.enumerated().map { ($1, $0) })
    let places = notes.enumerated().map { index, note in
      Place(note, ticks(note), track: tracks[note.program] ?? 0, index: index)
    }
    var channels = MIDIChannels()
    var events: [(order: (tick: Int, phase: Int, index: Int), track: Int, message: [UInt8])] = []
    for place in places.sorted(by: { $0.order < $1.order }) {
      let (note, start, end) = (place.note, place.ticks.start, place.ticks.end)
      let (channel, program) = channels.channel(for: note, from: start, to: end)
      if let program {
        let message: [UInt8] = [UInt8(0xC0 | channel), UInt8(program)]
        events.append(((start, 1, events.count), place.track, message))
      }
      let (pitch, velocity) = (UInt8(note.pitch), UInt8(note.velocity))
      // Where one note ends and another begins, the end comes first.
      events.append(
        ((start, 1, events.count), place.track, [UInt8(0x90 | channel), pitch, velocity])
      )
      events.append(((end, 0, events.count), place.track, [UInt8(0x80 | channel), pitch, 64]))
    }
    events.sort { $0.order < $1.order }
    var contents = [[MIDITrackBytes.Event]](
      repeating: [],
      count: format == .singleTrack ? 1 : programs.count
    )
    for event in events {
      let track = format == .singleTrack ? 0 : event.track
      contents[track].append(MIDITrackBytes.Event(tick: event.order.tick, message: event.message))
    }
    return contents
  }

  private func ticks(_ note: NoteEvent) -> (start: Int, end: Int) {
    precondition(
      NoteEvent.times.contains(note.onset) && NoteEvent.times.contains(note.offset)
        && note.onset <= note.offset
        && Pitch.range.contains(note.pitch) && 1...127 ~= note.velocity
        && 0...127 ~= note.program ?? 0,
      "a note that a file can hold"
    )
    let start = Int((note.onset / tickLength).rounded())
    return (start, max(start + 1, Int((note.offset / tickLength).rounded())))
  }

  /// A note in ticks, and its place among those that begin at the same tick: as a reader goes through the
  /// tracks.
  private struct Place {
    let note: NoteEvent
    let ticks: (start: Int, end: Int)
    let track: Int
    let index: Int

    init(_ note: NoteEvent, _ ticks: (start: Int, end: Int), track: Int, index: Int) {
      self.note = note
      self.ticks = ticks
      self.track = track
      self.index = index
    }

    var order: (Int, Int, Int, Int) { (ticks.start, track, note.pitch, index) }
  }

  private static func bigEndian(_ number: Int, bytes count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
