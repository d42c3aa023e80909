import Audio
import CommandLanguage
import Foundation

/// The notes of a file: MIDI, or comma-separated values in the columns of `NotesFile` or of MusicNet.
struct NoteList {
  let notes: [NoteEvent]
  /// What a user should know about notes that were left out or changed.
  private(set) var remarks: [String] = []

  /// The extensions of files of notes.
  static let extensions = ["mid", "midi", "csv"]

  /// Reads the bytes of a file; what they are decides how, not only the file's name.
  init(parsing bytes: Data, of file: String) throws(Diagnostic) {
    let bytes = Array(bytes)
    let ending = (file as NSString).pathExtension.lowercased()
    if bytes.starts(with: MIDIFile.signature) || ending == "mid" || ending == "midi" {
      do {
        let content = try MIDIFile(parsing: bytes)
        notes = content.notes
        let (percussion, endless) = (content.percussionCount, content.endlessCount)
        if percussion > 0 {
          let notes = percussion == 1 ? "1 note" : "\(grouped(percussion)) notes"
          remarks.append("\(file): \(notes) of percussion left out")
        }
        if endless > 0 {
          remarks.append(
            endless == 1
              ? "\(file): 1 note never ends; it lasts to the file's end"
              : "\(file): \(grouped(endless)) notes never end; they last to the file's end"
          )
        }
      } catch {
        throw Diagnostic("\(file): \(error.message)", remedy: error.remedy)
      }
    } else {
      do {
        let rows = try CSVRows(parsing: bytes)
        notes =
          try rows.columns.contains("start_time")
          ? musicNetNotes(rows) : NotesFile.notes(rows)
      } catch {
        let place = ([file] + [error.line].compactMap { $0.map(String.init) })
        throw Diagnostic(
          "\(place.joined(separator: ":")): \(error.message)",
          remedy: error.remedy
        )
      }
    }
  }
}

/// The notes of a table of MusicNet labels; times are in samples at 44.1 kHz, instruments programs from 1.
private func musicNetNotes(_ rows: CSVRows) throws(CSVError) -> [NoteEvent] {
  func column(_ name: String) throws(CSVError) -> Int {
    guard let column = rows.columns.firstIndex(of: name) else {
      throw CSVError(
        line: 1,
        "the column `\(name)` is missing",
        "labels of MusicNet have start_time, end_time, instrument, note and others"
      )
    }
    return column
  }
  let (start, end) = (try column("start_time"), try column("end_time"))
  let (instrument, note) = (try column("instrument"), try column("note"))
  var notes: [NoteEvent] = []
  for row in rows.rows {
    let samples = 0...Int(NoteEvent.times.upperBound) * 44_100
    let first = try rows.integer(row, start, in: samples)
    let last = try rows.integer(row, end, in: samples)
    guard first <= last else {
      throw CSVError(line: row.line, "the note ends before it begins", "correct its times")
    }
    notes.append(
      NoteEvent(
        onset: Double(first) / 44_100,
        offset: Double(last) / 44_100,
        pitch: try rows.integer(row, note, in: Pitch.range),
        program: try rows.integer(row, instrument, in: 1...128) - 1
      )
    )
  }
  return notes
}
