import Audio
import Foundation

extension Recording {
  /// The length in seconds that the file declares, which exceeds `seconds` if it is cut off.
  var promisedSeconds: Double { seconds + missingSeconds }

  /// Returns the notes as far as they can be heard, if the recording is cut off.
  func heard(_ notes: [NoteEvent]) -> [NoteEvent] {
    guard missingSeconds > 0 else { return notes }
    return notes.filter { $0.onset < seconds }.map { note in
      var note = note
      note.offset = min(note.offset, seconds)
      return note
    }
  }
}

extension NoteTable {
  /// Returns the notes of a recording, from which a network learns.
  ///
  /// - Parameters:
  ///   - file: the table's name in errors.
  ///   - seconds: the length of the recording as its file declares it.
  /// - Throws: `DataFault`, also if lines had to be skipped: missing notes would be learned as silence.
  static func labels(
    _ bytes: Data,
    file: String,
    seconds: Double
  ) throws(DataFault) -> [NoteEvent] {
    let table: NoteTable
    do {
      table = try NoteTable(parsing: [UInt8](bytes), seconds: seconds)
    } catch {
      throw DataFault(file: file, line: error.line, error.message, error.remedy)
    }
    guard !table.remarks.areOfLoss else {
      throw DataFault(
        file: file,
        table.remarks.texts.joined(separator: "; "),
        "mend these lines, or remove them"
      )
    }
    return table.notes
  }
}
