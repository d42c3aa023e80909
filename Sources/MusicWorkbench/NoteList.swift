import Audio
import CommandLanguage
import Figures
import Files
import Foundation
import Sessions
import Tasks

/// The notes of a file: MIDI, comma-separated values in the columns of `NotesFile` or of MusicNet, or the lines of
/// mir_eval.
struct NoteList {
  let notes: [NoteEvent]
  /// When the sustain pedal is down, of MIDI files.
  private(set) var pedals: [PedalSpan] = []
  /// What a user should know about notes that were left out or changed.
  private(set) var remarks: [String] = []

  /// The extensions of files of notes.
  static let extensions = ["mid", "midi", "rmi", "kar", "csv", "txt"]

  /// Reads the bytes of a file; what they are decides how, not only the file's name.
  init(parsing bytes: Data, of file: String) throws(Diagnostic) {
    let bytes = Array(bytes)
    let ending = (file as NSString).pathExtension.lowercased()
    if MIDIFile.isIn(bytes) || ["mid", "midi", "rmi", "kar"].contains(ending) {
      do {
        let content = try MIDIFile(parsing: bytes)
        notes = content.notes
        pedals = content.pedals
        remarks = content.remarks.texts.map { "\(file): \($0)" }
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
      notes = try Self.notes(ofText: bytes, file)
    }
  }

  /// The notes of a table, whose header tells what they are, or of lines of numbers.
  private static func notes(
    ofText bytes: [UInt8],
    _ file: String
  ) throws(Diagnostic) -> [NoteEvent] {
    let rows: CSVRows
    do {
      if ValuedIntervals.begin(bytes) { return try ValuedIntervals.notes(parsing: bytes) }
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
