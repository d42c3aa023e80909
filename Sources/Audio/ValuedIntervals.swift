import Files
import Foundation
import Tensors
import Wording

/// Notes in the format of mir_eval (`mir_eval.io.load_valued_intervals`).
///
/// Each line has onset and offset in seconds, pitch in Hz and optionally a velocity, separated by blanks, tabs or commas; `#`
/// begins a comment. There is no header.
///
/// Pitches are rounded to the nearest note at equal temperament. Two pitches are then equal to a score if they round to the
/// same note, whereas mir_eval requires them to be less than half a semitone apart.
package enum ValuedIntervals {
  private static let columns = 3...4

  /// Returns true if the first line that is neither blank nor a comment fits the format.
  package static func begin(_ bytes: [UInt8]) -> Bool {
    var lines = Lines(bytes)
    guard let fields = lines.next()?.fields else { return false }
    return columns.contains(fields.count) && fields.allSatisfy { Double($0) != nil }
  }

  /// Reads notes; the default velocity is 64.
  ///
  /// - Throws: `TableError` with the line of the error.
  package static func notes(parsing bytes: [UInt8]) throws(TableError) -> [NoteEvent] {
    var notes: [NoteEvent] = []
    var looksLikeNumbers = true
    var lines = Lines(bytes)
    while let (line, fields) = lines.next() {
      guard columns.contains(fields.count) else {
        throw TableError(
          line: line,
          "\(counted(fields.count, "value is", "values are")) there, and not onset, offset and pitch",
          "write three numbers, or four with a velocity"
        )
      }
      guard notes.count < MIDITracks.mostEvents else {
        throw TableError("it has more than \(MIDITracks.mostEvents) notes", "divide it")
      }
      let onset = try number(fields[0], "onset", in: NoteEvent.times, line)
      let offset = try number(fields[1], "offset", in: NoteEvent.times, line)
      guard onset <= offset else {
        throw TableError(
          line: line,
          "the note ends at \(fields[1]) s, before it begins at \(fields[0]) s",
          "the offset must not be less than the onset"
        )
      }
      let frequency = try number(fields[2], "pitch in Hz", in: frequencies, line)
      var note = NoteEvent(onset: onset, offset: offset, pitch: pitch(frequency))
      if fields.count > 3 {
        let velocity = try number(fields[3], "velocity", in: 0...127, line)
        note.velocity = max(1, Int(velocity.rounded()))
      }
      looksLikeNumbers = looksLikeNumbers && Int(fields[2]).map(Pitch.range.contains) == true
      notes.append(note)
    }
    if looksLikeNumbers, !notes.isEmpty {
      throw TableError(

        "its pitches are numbers of notes rather than frequencies",
        "write the line `onset,offset,pitch` above them, or frequencies with a decimal point"
      )
    }
    return notes
  }

  /// The frequencies from half a semitone below the lowest note to half a semitone above the highest, in Hz.
  private static let frequencies =
    Pitch.frequency(-0.499)...Pitch.frequency(127.499)

  private static func pitch(_ frequency: Double) -> Int {
    Int((69 + 12 * Real.log2(frequency / 440)).rounded())
  }

  private static func number(
    _ text: String,
    _ name: String,
    in range: ClosedRange<Double>,
    _ line: Int
  ) throws(TableError) -> Double {
    guard let number = Double(text), range.contains(number) else {
      let (low, high) = (
        String(format: "%g", range.lowerBound), String(format: "%g", range.upperBound)
      )
      throw TableError(
        line: line,
        "`\(text)` is no \(name) from \(low) to \(high)",
        "write a number such as 1.5"
      )
    }
    return number
  }

  /// The lines of a text that are neither blank nor comments, split into fields.
  private struct Lines {
    private var rest: ArraySlice<UInt8>
    private var line = 0

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let parting = Set(" \t,\r".utf8)

    init(_ bytes: [UInt8]) {
      rest = bytes.starts(with: Self.byteOrderMark) ? bytes[3...] : bytes[...]
    }

    mutating func next() -> (line: Int, fields: [String])? {
      while !rest.isEmpty {
        line += 1
        let content = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest[content.endIndex...].dropFirst()
        let fields = content.prefix { $0 != UInt8(ascii: "#") }.split { Self.parting.contains($0) }
        if !fields.isEmpty { return (line, fields.map { String(decoding: $0, as: UTF8.self) }) }
      }
      return nil
    }
  }
}
