import Audio
import CommandLanguage
import Figures
import Files
import Foundation
import Sessions
import Tasks

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
      notes = try Self.table(bytes, file)
    }
  }

  /// The notes of comma-separated values, whose header tells what they are.
  private static func table(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> [NoteEvent] {
    let rows: CSVRows
    do {
      rows = try CSVRows(parsing: bytes)
      guard rows.columns.contains("start_time") else { return try NotesFile.notes(rows) }
    } catch {
      let place = [file] + [error.line].compactMap { $0.map(String.init) }
      throw Diagnostic(
        "\(place.joined(separator: ":")): \(error.message)",
        remedy: error.remedy
      )
    }
    do {
      return try LabelFile(parsing: Data(bytes), file: file).notes
    } catch {
      throw error.all.first?.diagnostic ?? Diagnostic("\(file) holds no labels")
    }
  }
}
