/// A writer of Standard MIDI Files.
///
/// Times are exact to half a tick, at most 0.53 ms, counted from the start of the file, so that they do not drift. The tempo
/// changes the bars that a score program draws, never the times of notes.
package struct MIDIWriter: Sendable {
  /// The layout of notes in tracks.
  package enum Format: Int, CaseIterable, Sendable {
    /// One track for everything.
    case singleTrack = 0
    /// A track for the tempo, and one for the notes of each program, named after it.
    case trackPerProgram = 1
  }

  package let format: Format
  /// The text in the file about its origin.
  package let text: String?
  let clock: MIDIClock

  /// The supported tempi, in quarter notes per minute.
  package static let tempi = 4.0...1000.0

  /// - Parameters:
  ///   - format: the layout of the notes.
  ///   - tempo: the tempo in quarter notes per minute, one of `tempi`.
  ///   - text: the text about the file's origin, at most 127 bytes.
  package init(format: Format = .trackPerProgram, tempo: Double = 120, text: String? = nil) {
    precondition(Self.tempi.contains(tempo), "a tempo that can be written")
    self.init(format: format, clock: MIDIClock(tempo: tempo), text: text)
  }

  /// - Parameters:
  ///   - format: the layout of the notes.
  ///   - grid: the beats and bars of the file.
  ///   - text: the text about the file's origin, at most 127 bytes.
  package init(format: Format = .trackPerProgram, grid: BeatGrid, text: String? = nil) {
    self.init(format: format, clock: MIDIClock(grid), text: text)
  }

  init(format: Format = .trackPerProgram, clock: MIDIClock, text: String?) {
    precondition(text?.utf8.count ?? 0 < 128, "a short text")
    self.format = format
    self.text = text
    self.clock = clock
  }

  /// The length of a tick in seconds; of the longest one if the tempo changes.
  package var tickLength: Double { clock.tickLength }

  /// Returns the bytes of a file with notes and pedals, in any order; a note is at least one tick long.
  ///
  /// A pedal is pressed in each channel that plays its program.
  package func bytes(_ notes: [NoteEvent], pedals: [PedalSpan] = []) -> [UInt8] {
    var others = clock.messages
    if let text { others.insert((0, MIDITrackBytes.text(text, kind: 0x01)), at: 0) }
    var contents = tracks(notes, pedals, with: others)
    if format == .trackPerProgram {
      var start = MIDITrackBytes()
      for (tick, bytes) in others { start.add(bytes, at: tick) }
      contents.insert(start, at: 0)
    }
    var bytes = MIDIFile.signature + Self.bigEndian(6, bytes: 4)
    for number in [format.rawValue, contents.count, clock.division] {
      bytes += Self.bigEndian(number, bytes: 2)
    }
    for content in contents {
      let track = content.bytes
      bytes += Array("MTrk".utf8) + Self.bigEndian(track.count, bytes: 4) + track
    }
    return bytes
  }

  private static func bigEndian(_ number: Int, bytes count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
