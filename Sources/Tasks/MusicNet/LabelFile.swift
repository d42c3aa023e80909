import Audio
import Files
import Foundation

/// The notes of a recording as MusicNet publishes them: a CSV file whose header names at least `start_time`,
/// `end_time`, `instrument` and `note`, in any order.
///
/// Times are samples at 44,100 Hz, instruments General MIDI programs counted from 1. Other columns are passed
/// over, as are notes without duration.
package struct LabelFile: Sendable {
  /// The notes in the order of onset, then pitch.
  package let notes: [NoteEvent]

  /// Samples per second of the times.
  private static let rate = 44_100.0
  /// How far labels may go beyond the end of the audio, in seconds; what is beyond is cut off.
  private static let tolerance = 1.0
  /// After so many faults the rest of a file is not told of.
  private static let mostFaults = 10
  private static let columns = ["start_time", "end_time", "instrument", "note"]
  private static let form = "the header must name start_time, end_time, instrument and note"

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - file: What faults call it.
  ///   - seconds: The length of the audio; nil to leave it unchecked.
  /// - Throws: `Faults`: what is wrong, line by line.
  package init(
    parsing bytes: Data,
    file: String,
    seconds: Double? = nil
  ) throws(Faults) {
    var reader = CSVReader([UInt8](bytes))
    guard reader.next() else {
      throw Faults([DataFault(file: file, "it is empty", Self.form)])
    }
    let names = (0..<reader.count).map(reader.text)
    let missing = Self.columns.filter { !names.contains($0) }
    guard missing.isEmpty else {
      let reason = "there is no column \(missing.joined(separator: ", "))"
      throw Faults([DataFault(file: file, line: 1, reason, Self.form)])
    }
    let places = Self.columns.compactMap { names.firstIndex(of: $0) }
    var notes: [NoteEvent] = []
    var faults: [DataFault] = []
    while faults.count < Self.mostFaults, reader.next() {
      do throws(Row.Fault) {
        let row = try Row(reader, places)
        if let note = try row.note(seconds: seconds) { notes.append(note) }
      } catch {
        faults.append(DataFault(file: file, line: reader.line, error.reason, error.remedy))
      }
    }
    if reader.isUnfinished {
      faults.append(
        DataFault(
          file: file,
          line: reader.line,
          "a quote is never closed",
          "close it, or remove it"
        )
      )
    }
    guard faults.isEmpty else { throw Faults(faults) }
    self.notes = notes.sorted {
      ($0.onset, $0.pitch, $0.offset) < ($1.onset, $1.pitch, $1.offset)
    }
  }

  /// The faults of a file, at least one.
  package struct Faults: Error {
    package let all: [DataFault]

    init(_ all: [DataFault]) { self.all = all }
  }

  /// The four columns that are used, of one line.
  private struct Row {
    struct Fault: Error {
      let reason: String
      let remedy: String
    }

    let start, end, instrument, pitch: Double

    init(_ line: CSVReader, _ places: [Int]) throws(Fault) {
      func value(_ column: Int) throws(Fault) -> Double {
        let (name, place) = (LabelFile.columns[column], places[column])
        guard place < line.count else {
          throw Fault(reason: "there is no \(name)", remedy: "complete the line, or remove it")
        }
        guard let value = line.number(place), value.isFinite else {
          throw Fault(
            reason: "`\(line.text(place).prefix(20))` is no number for \(name)",
            remedy: "mend the line, or remove it"
          )
        }
        return value
      }
      start = try value(0)
      end = try value(1)
      instrument = try value(2)
      pitch = try value(3)
    }

    /// The note of the line; nil where it has no duration.
    func note(seconds: Double?) throws(Fault) -> NoteEvent? {
      guard let pitch = Int(exactly: pitch), Pitch.range.contains(pitch) else {
        throw Fault(reason: "the note \(number(pitch)) is not within 0 to 127", remedy: "mend it")
      }
      guard let program = Int(exactly: instrument), (1...128).contains(program) else {
        throw Fault(
          reason: "the instrument \(number(instrument)) is not within 1 to 128",
          remedy: "mend it"
        )
      }
      guard start >= 0 else {
        throw Fault(reason: "the note begins before the audio", remedy: "mend its start_time")
      }
      guard end >= start else {
        throw Fault(
          reason: "the note ends before it begins",
          remedy: "exchange its start_time and end_time, or remove it"
        )
      }
      let (onset, offset) = (start / LabelFile.rate, end / LabelFile.rate)
      if let seconds, offset > seconds + LabelFile.tolerance {
        let place = String(format: "%.2f s", offset)
        let end = String(format: "%.2f s", seconds)
        throw Fault(
          reason: "the note ends at \(place), the audio at \(end)",
          remedy: "check that audio and labels belong together, at 44,100 samples per second"
        )
      }
      let last = min(offset, seconds ?? offset)
      guard last > onset else { return nil }
      return NoteEvent(onset: onset, offset: last, pitch: pitch, program: program - 1)
    }

    private func number(_ value: Double) -> String {
      Int(exactly: value).map(String.init) ?? String(value)
    }
  }
}
