import Audio
import CommandLanguage
import Figures
import Files
import Foundation
import Sessions
import Tasks
import Wording

/// The notes of a file: MIDI, a table (`NoteTable`), or mir_eval lines.
struct NoteList {
  let notes: [NoteEvent]
  /// The spans in which the sustain pedal is down; of MIDI files only.
  private(set) var pedals: [PedalSpan] = []
  /// The remarks about notes that were left out or changed.
  private(set) var remarks: [String] = []

  /// The file-name extensions of note files.
  static let extensions = ["mid", "midi", "rmi", "kar", "csv", "txt"]

  /// Parses the bytes of a file in the format that they, and not only the file's name, indicate.
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
          remarks.append("\(file): \(counted(percussion, "note")) of percussion left out")
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
        if ValuedIntervals.begin(bytes) {
          notes = try ValuedIntervals.notes(parsing: bytes)
        } else {
          let table = try NoteTable(parsing: bytes)
          notes = table.notes
          remarks = table.remarks.texts.map { "\(file): \($0)" }
        }
      } catch {
        let place = [file] + [error.line].compactMap { $0.map(String.init) }
        throw Diagnostic(
          "\(place.joined(separator: ":")): \(error.message)",
          remedy: error.remedy
        )
      }
    }
  }
}
