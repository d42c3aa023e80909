import Audio
import CommandLanguage
import Figures
import Files
import Foundation
import Sessions
import Tasks
import Wording

/// The notes of a file: MIDI, a table (`NoteTable`), or the lines of
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
