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
    var start = MIDITrackBytes()
    for message in [textMessage, tempoMessage].compactMap(\.self) { start.add(message, at: 0) }
    let contents = format == .singleTrack ? tracks(notes, after: start) : [start] + tracks(notes)
    var bytes = MIDIFile.signature + Self.bigEndian(6, bytes: 4)
    for number in [format.rawValue, contents.count, division] {
      bytes += Self.bigEndian(number, bytes: 2)
    }
    for content in contents {
      let track = content.bytes
      bytes += Array("MTrk".utf8) + Self.bigEndian(track.count, bytes: 4) + track
    }
    return bytes
  }

  /// A message about a note or a program.
  private struct Event {
    let tick: Int
    let track: UInt8
    let message: (status: UInt8, first: UInt8, second: UInt8)

    /// Where one note ends and another begins, the end comes first.
    var order: (Int, Int) { (tick, message.status & 0xF0 == 0x80 ? 0 : 1) }

    var bytes: [UInt8] {
      let (status, first, second) = message
      return status & 0xF0 == 0xC0 ? [status, first] : [status, first, second]
    }
  }

  /// The notes in the order of time: in one track, behind what it begins with, or a track for each program.
  private func tracks(
    _ notes: [NoteEvent],
    after start: MIDITrackBytes = MIDITrackBytes()
  ) -> [MIDITrackBytes] {
    let programs = Set(notes.map(\.program)).sorted { ($0 ?? -1) < ($1 ?? -1) }
    let tracks = Dictionary(uniqueKeysWithValues: programs.enumerated().map { ($1, $0) })
    var places = notes.enumerated().map { index, note in
      Place(note, ticks(note), track: tracks[note.program] ?? 0, index: index)
    }
    // The sort of the standard library is stable.
    places.sort { $0.order < $1.order }
    var channels = MIDIChannels()
    var events: [Event] = []
    for place in places {
      let (note, start, end) = (notes[Int(place.index)], place.start, place.end)
      let (channel, program) = channels.channel(for: note, from: start, to: end)
      let track = format == .singleTrack ? 0 : place.track
      let (number, pitch, velocity) = (UInt8(channel), UInt8(note.pitch), UInt8(note.velocity))
      if let program {
        events.append(Event(tick: start, track: track, message: (0xC0 | number, UInt8(program), 0)))
      }
      events.append(Event(tick: start, track: track, message: (0x90 | number, pitch, velocity)))
      events.append(Event(tick: end, track: track, message: (0x80 | number, pitch, 64)))
    }
    events.sort { $0.order < $1.order }
    var contents = [MIDITrackBytes](
      repeating: start,
      count: format == .singleTrack ? 1 : programs.count
    )
    for event in events { contents[Int(event.track)].add(event.bytes, at: event.tick) }
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
    let start: Int
    let end: Int
    let index: Int32
    let track: UInt8
    private let pitch: UInt8

    init(_ note: NoteEvent, _ ticks: (start: Int, end: Int), track: Int, index: Int) {
      (start, end) = ticks
      self.index = Int32(index)
      self.track = UInt8(track)
      pitch = UInt8(note.pitch)
    }

    var order: (Int, UInt8, UInt8) { (start, track, pitch) }
  }

  private static func bigEndian(_ number: Int, bytes count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
