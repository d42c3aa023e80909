import Files
import Foundation

/// The notes of a text table; its columns may come in any order and among others.
///
/// The table has one of two forms:
/// - onset and offset or duration in seconds, pitch as a MIDI note number or note name, and optionally velocity (1 … 127, 64
///   by default) and confidence (0 … 1);
/// - MusicNet's labels: start_time and end_time in samples at 44,100 Hz, note as a MIDI note number, and optionally instrument,
///   the General MIDI program counted from 1. These notes are sorted by onset, then pitch; labels without duration are dropped.
///
/// Lines that are not notes are skipped and listed in `remarks`.
package struct NoteTable: Sendable {
  package private(set) var notes: [NoteEvent] = []
  /// The remarks on lines that were skipped or changed.
  package private(set) var remarks = LineRemarks()

  private static let mostNotes = MIDITracks.mostEvents
  /// The sample rate of MusicNet's times.
  private static let labelRate = 44_100.0
  /// The time by which labels may exceed the end of the audio, in seconds; the excess is cut off.
  private static let tolerance = 1.0

  /// Reads the bytes of a file.
  ///
  /// - Parameter seconds: the length of the audio that MusicNet's labels belong to; nil to skip the check.
  /// - Throws: `TableError` if the bytes are not such a table, or none of its lines is a note.
  package init(parsing bytes: [UInt8], seconds: Double? = nil) throws(TableError) {
    if let kind = OtherKind(bytes) { throw TableError(kind.reason, kind.remedy) }
    guard var reader = TableReader(bytes) else {
      throw TableError("the file is empty", Self.form)
    }
    let places = try Places(reader)
    while reader.next() {
      guard notes.count < Self.mostNotes else {
        throw TableError("it has more than \(Self.mostNotes) notes", "divide it")
      }
      do throws(Fault) {
        let note =
          try places.isOfMusicNet
          ? Self.label(reader, places, seconds) : note(reader, places)
        if let note { notes.append(note) }
      } catch {
        remarks.skip(reader.line, error.reason)
      }
    }
    remarks.add(reader.remarks)
    guard !notes.isEmpty || remarks.skipped == 0 else {
      throw TableError("no line is a note: \(remarks.texts[0])", Self.form)
    }
    if places.isOfMusicNet {
      notes.sort { ($0.onset, $0.pitch, $0.offset) < ($1.onset, $1.pitch, $1.offset) }
    }
  }

  private static let form =
    "the first line names columns such as onset,offset,pitch, and each further one is a note"

  /// The reason why a line is not a note; it omits values so that equal reasons share a remark.
  private struct Fault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// The indices of the columns.
  private struct Places {
    let onset: Int
    let offset: Int
    /// True if the offset is given as the time from the onset.
    let isDuration: Bool
    let pitch: Int?
    let name: Int?
    let velocity: Int?
    let confidence: Int?
    let instrument: Int?
    let isOfMusicNet: Bool

    /// The accepted names of each column, the project's own first.
    private static let onsets = ["onset", "onset_time", "start", "start_time", "start_time_s"]
    private static let offsets = ["offset", "offset_time", "end", "end_time", "end_time_s"]
    private static let pitches = [
      "pitch", "note", "midi", "pitch_midi", "midi_note", "note_number",
    ]
    private static let names = ["name", "note_name", "pitch_name"]

    init(_ reader: TableReader) throws(TableError) {
      let own = Self.onsets + Self.offsets + Self.pitches + Self.names
      let columns = reader.columns
      if let twice = own.first(where: { name in columns.count { $0 == name } > 1 }) {
        throw TableError(line: 1, "two columns are named `\(twice)`", "name each column once")
      }
      func column(_ names: [String]) -> Int? {
        reader.column(names)
          ?? columns.firstIndex { Self.withoutUnit($0).map(names.contains) == true }
      }
      isOfMusicNet = Set(["start_time", "end_time", "note"]).isSubset(of: columns)
      velocity = column(["velocity"])
      confidence = column(["confidence"])
      instrument = column(["instrument"])
      (pitch, name) = (column(Self.pitches), column(Self.names))
      let onset = column(Self.onsets)
      let offset = column(Self.offsets) ?? column(["duration"])
      isDuration = column(Self.offsets) == nil
      guard let onset, let offset, pitch != nil || name != nil else {
        let missing = onset == nil ? "onset" : offset == nil ? "offset" : "pitch"
        let found = columns.prefix(8).map { "`\($0.prefix(20))`" }.joined(separator: ", ")
        throw TableError(
          line: reader.line,
          "there is no column `\(missing)` among \(found)",
          "onset, offset (in seconds) and pitch or name are needed; or start_time, end_time (in samples at "
            + "44,100 Hz) and note, as in MusicNet"
        )
      }
      (self.onset, self.offset) = (onset, offset)
    }

    /// Returns the name of a column such as `onset (s)` or `pitch [MIDI]` without its unit; nil if it has none or
    /// another unit than the expected ones.
    private static func withoutUnit(_ name: String) -> String? {
      guard let last = name.last, last == ")" || last == "]",
        let start = name.lastIndex(of: last == ")" ? "(" : "[")
      else { return nil }
      let unit = name[start...].dropFirst().dropLast().trimmingCharacters(in: .whitespaces)
      guard ["s", "sec", "secs", "second", "seconds", "midi"].contains(unit) else { return nil }
      return name[..<start].trimmingCharacters(in: .whitespaces)
    }
  }

  // MARK: Lines

  /// Reads a note with times in seconds.
  private mutating func note(_ line: TableReader, _ places: Places) throws(Fault) -> NoteEvent {
    let (onset, offset) = try Self.times(line, places, in: NoteEvent.times)
    var note = NoteEvent(onset: onset, offset: offset, pitch: try pitch(line, places))
    if let column = places.velocity, !line.isEmpty(column) {
      note.velocity = velocity(line.number(column), line.line)
    }
    if let column = places.confidence, !line.isEmpty(column) {
      note.confidence = line.number(column).flatMap { (0...1).contains($0) ? $0 : nil }
      if note.confidence == nil {
        remarks.change(line.line, "a confidence beyond 0 … 1 is left out")
      }
    }
    return note
  }

  /// Reads a label of MusicNet; nil if it has no duration.
  private static func label(
    _ line: TableReader,
    _ places: Places,
    _ seconds: Double?
  ) throws(Fault) -> NoteEvent? {
    let samples = NoteEvent.times.upperBound * labelRate
    let (start, end) = try times(line, places, in: 0...samples)
    let number = places.pitch.flatMap(line.number).flatMap { Int(exactly: $0) }
    guard let number, Pitch.range.contains(number) else {
      throw Fault("its note is no whole number from 0 to 127")
    }
    var program = 0
    if let column = places.instrument {
      guard let own = line.number(column).flatMap({ Int(exactly: $0) }), (1...128).contains(own)
      else { throw Fault("its instrument is no whole number from 1 to 128") }
      program = own - 1
    }
    let (onset, offset) = (start / labelRate, end / labelRate)
    if let seconds, offset > seconds + tolerance {
      throw Fault(
        String(
          format: "it ends after the audio, which has %.2f s: do they belong together?",
          seconds
        )
      )
    }
    let last = min(offset, seconds ?? offset)
    guard last > onset else { return nil }
    return NoteEvent(onset: onset, offset: last, pitch: number, program: program)
  }

  private static func times(
    _ line: TableReader,
    _ places: Places,
    in range: ClosedRange<Double>
  ) throws(Fault) -> (Double, Double) {
    guard !line.mayHaveDecimalCommas else {
      throw Fault("its commas may belong to numbers: part the values by semicolons")
    }
    guard let onset = line.number(places.onset), range.contains(onset) else {
      throw Fault("its \(line.columns[places.onset]) is no time from 0")
    }
    let start = places.isDuration ? onset : 0
    guard let offset = line.number(places.offset).map({ start + $0 }), range.contains(offset)
    else {
      throw Fault("its \(line.columns[places.offset]) is no time from 0")
    }
    guard onset <= offset else { throw Fault("it ends before it begins") }
    return (onset, offset)
  }

  /// Returns the pitch of a line, by its number or else by its name.
  private mutating func pitch(_ line: TableReader, _ places: Places) throws(Fault) -> Int {
    let name = places.name.flatMap { line.isEmpty($0) ? nil : line.text($0) }
    let named = name.flatMap(Pitch.number)
    if let column = places.pitch, !line.isEmpty(column) {
      // Some tables have names in the pitch column.
      let number =
        line.number(column).flatMap { Int(exactly: $0) } ?? Pitch.number(line.text(column))
      guard let number, Pitch.range.contains(number) else {
        throw Fault("its pitch is no note from 0 to 127")
      }
      if name != nil, named != number {
        remarks.change(line.line, "pitch and name differ, and the pitch counts")
      }
      return number
    }
    guard name != nil else { throw Fault("it has no pitch") }
    guard let named else { throw Fault("its name is not one such as C4, F#3 or B♭2") }
    return named
  }

  private mutating func velocity(_ number: Double?, _ line: Int) -> Int {
    guard let number else {
      remarks.change(line, "a velocity that is no number is taken as 64")
      return 64
    }
    let nearest = Int(min(max(number, 1), 127).rounded())
    if abs(Double(nearest) - number) > 0.5 {
      remarks.change(line, "a velocity beyond 1 … 127 is taken as the nearest")
    }
    return nearest
  }
}

extension NoteTable {
  /// The columns of a written file.
  package static let columns = ["onset", "offset", "pitch", "name", "velocity", "confidence"]

  /// Returns the text of a file with notes in the given order; times are rounded to the microsecond.
  package static func text(_ notes: [NoteEvent]) -> String {
    let lines = notes.map { note in
      let times = String(format: "%.6f,%.6f", note.onset, note.offset)
      let confidence = note.confidence.map { String(format: "%.4f", $0) } ?? ""
      return "\(times),\(note.pitch),\(Pitch.name(note.pitch)),\(note.velocity),\(confidence)\n"
    }
    return columns.joined(separator: ",") + "\n" + lines.joined()
  }
}
