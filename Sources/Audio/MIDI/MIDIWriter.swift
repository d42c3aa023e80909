/// Writes notes as a Standard MIDI File.
///
/// Times are kept to half a tick, 0.53 ms at most, counted from the start of the file, so that they do not
/// drift; the tempo changes the bars that a score program draws, and never when a note sounds.
package struct MIDIWriter: Sendable {
  /// How notes are laid out.
  package enum Format: Int, CaseIterable, Sendable {
    /// All in one track.
    case singleTrack = 0
    /// The tempo in a track, and the notes of each program in one that is named after it.
    case trackPerProgram = 1
  }

  package let format: Format
  /// What the file says of its making.
  package let text: String?
  let clock: MIDIClock

  /// Quarter notes a minute that a file can have here.
  package static let tempi = 4.0...1000.0

  /// - Parameters:
  ///   - format: how notes are laid out.
  ///   - tempo: quarter notes a minute, one of `tempi`.
  ///   - text: what the file says of its making, at most 127 bytes.
  package init(format: Format = .trackPerProgram, tempo: Double = 120, text: String? = nil) {
    precondition(Self.tempi.contains(tempo), "a tempo that can be written")
    self.init(format: format, clock: MIDIClock(tempo: tempo), text: text)
  }

  /// - Parameters:
  ///   - format: how notes are laid out.
  ///   - grid: the beats and bars that the file has.
  ///   - text: what the file says of its making, at most 127 bytes.
  package init(format: Format = .trackPerProgram, grid: BeatGrid, text: String? = nil) {
    self.init(format: format, clock: MIDIClock(grid), text: text)
  }

  init(format: Format = .trackPerProgram, clock: MIDIClock, text: String?) {
    precondition(text?.utf8.count ?? 0 < 128, "a short text")
    self.format = format
    self.text = text
    self.clock = clock
  }

  /// The length of a tick in seconds, where the tempo changes that of the longest.
  package var tickLength: Double { clock.tickLength }

  /// The bytes of a file with the notes and the pedals, in any order; a note is at least one tick long.
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
