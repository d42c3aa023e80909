import Files
import Foundation

/// Notes as comma-separated values: onset and offset in seconds, pitch as a MIDI note number, its name,
/// velocity 1 … 127, confidence 0 … 1.
package enum NotesFile {
  /// The columns that a written file has.
  package static let columns = ["onset", "offset", "pitch", "name", "velocity", "confidence"]

  /// Reads notes; the columns may come in any order.
  ///
  /// Needed are onset, offset, and pitch or name; a note without velocity has 64, one without confidence none.
  ///
  /// - Throws: `CSVError` with the line where something is wrong.
  package static func notes(_ rows: CSVRows) throws(CSVError) -> [NoteEvent] {
    let places = try Places(rows.columns)
    guard rows.rows.count <= mostNotes else {
      throw CSVError(line: nil, "it has more than \(mostNotes) notes", "divide it")
    }
    var notes: [NoteEvent] = []
    for row in rows.rows {
      let onset = try rows.number(row, places.onset, in: NoteEvent.times)
      let offset = try rows.number(row, places.offset, in: NoteEvent.times)
      guard onset <= offset else {
        throw CSVError(
          line: row.line,
          "the note ends at \(row.cells[places.offset]) s, before it begins at "
            + "\(row.cells[places.onset]) s",
          "the offset must not be less than the onset"
        )
      }
      var note = NoteEvent(onset: onset, offset: offset, pitch: try pitch(row, rows, places))
      if let velocity = places.velocity, !row.cells[velocity].isEmpty {
        note.velocity = try rows.integer(row, velocity, in: 1...127)
      }
      if let confidence = places.confidence, !row.cells[confidence].isEmpty {
        note.confidence = try rows.number(row, confidence, in: 0...1)
      }
      notes.append(note)
    }
    return notes
  }

  /// The text of a file with the notes in their order; times to the microsecond.
  package static func text(_ notes: [NoteEvent]) -> String {
    let lines = notes.map { note in
      let times = String(format: "%.6f,%.6f", note.onset, note.offset)
      let confidence = note.confidence.map { String(format: "%.4f", $0) } ?? ""
      return "\(times),\(note.pitch),\(Pitch.name(note.pitch)),\(note.velocity),\(confidence)\n"
    }
    return columns.joined(separator: ",") + "\n" + lines.joined()
  }

  private static let mostNotes = MIDITracks.mostEvents

  /// Where the columns are.
  private struct Places {
    let onset: Int
    let offset: Int
    let pitch: Int?
    let name: Int?
    let velocity: Int?
    let confidence: Int?

    init(_ names: [String]) throws(CSVError) {
      let known = NotesFile.columns.joined(separator: ", ")
      func place(_ name: String) -> Int? { names.firstIndex(of: name) }
      if let unknown = names.first(where: { !NotesFile.columns.contains($0) }) {
        throw CSVError(line: 1, "unknown column `\(unknown)`", "the columns are \(known)")
      }
      (pitch, name) = (place("pitch"), place("name"))
      (velocity, confidence) = (place("velocity"), place("confidence"))
      guard let onset = place("onset"), let offset = place("offset"), pitch != nil || name != nil
      else {
        let missing = ["onset", "offset"].first { place($0) == nil } ?? "pitch"
        throw CSVError(line: 1, "the column `\(missing)` is missing", "the columns are \(known)")
      }
      (self.onset, self.offset) = (onset, offset)
    }
  }

  private static func pitch(
    _ row: CSVRows.Row,
    _ rows: CSVRows,
    _ places: Places
  ) throws(CSVError) -> Int {
    let name = places.name.map { row.cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    let named = name.flatMap(Pitch.number)
    if let name, named == nil {
      throw CSVError(
        line: row.line,
        "`\(name)` is no name of a note",
        "write a name such as C4 or F#3, from \(Pitch.name(0)) to \(Pitch.name(127))"
      )
    }
    guard let column = places.pitch, named == nil || !row.cells[column].isEmpty else {
      guard let named else {
        throw CSVError(line: row.line, "the note has no name", "write a name such as C4")
      }
      return named
    }
    let number = try rows.integer(row, column, in: Pitch.range)
    if let name, let named, named != number {
      throw CSVError(
        line: row.line,
        "the pitch is \(number), but the name \(name), which is \(named)",
        "correct one of them, or leave the column `name` out"
      )
    }
    return number
  }
}
