import Audio
import Figures
import Foundation
import Plotting
import Sessions

/// A piano roll: seconds below, pitch names at the left, probabilities as colours, notes as boxes.
///
/// Long pieces take several rows, and very long ones several pages.
package struct PianoRoll {
  /// The probability of each note at each frame.
  struct Probabilities {
    /// T × 128 values, 0 … 1.
    let values: [Float]
    /// The number of frames per second.
    let frameRate: Double
    /// The time of frame 0 in seconds.
    var start = 0.0

    /// The number of frames, T.
    var frames: Int { values.count / 128 }
  }

  /// Found notes compared with those of a reference.
  struct Verdict {
    /// The found notes that are in the reference.
    let right: [NoteEvent]
    /// The notes of the reference that were not found.
    let missed: [NoteEvent]
    /// The found notes that are not in the reference.
    let extra: [NoteEvent]
  }

  /// The notes shown as boxes.
  enum Notes {
    /// Notes alone.
    case found([NoteEvent])
    /// Right, missed and extra notes, in three colours.
    case compared(Verdict)

    var all: [NoteEvent] {
      switch self {
      case .found(let notes): notes
      case .compared(let verdict): verdict.right + verdict.missed + verdict.extra
      }
    }

    /// The precision, recall and F1 of the notes; nil if they were not compared.
    var scores: String? {
      guard case .compared(let verdict) = self else { return nil }
      let right = Double(verdict.right.count)
      func percent(_ total: Double) -> String {
        total > 0 ? "\(Int((100 * right / total).rounded())) %" : "–"
      }
      let (missed, extra) = (Double(verdict.missed.count), Double(verdict.extra.count))
      return "precision \(percent(right + extra)), recall \(percent(right + missed)), "
        + "F1 \(percent(right + (missed + extra) / 2))"
    }
  }

  var title: String
  var subtitle: String?
  var probabilities: Probabilities?
  var notes: Notes
  /// The pitches shown; nil for those of the notes.
  var pitches: ClosedRange<Int>?
  /// The stretch shown, in seconds; nil for all of it.
  var seconds: ClosedRange<Double>?
  /// The length of a row in seconds; nil for about 30, less for short pieces.
  var rowSeconds: Double?

  /// The maximum number of rows on a page.
  var rowsPerPage = 8
  /// True if the keys of a piano are drawn beside the pitches.
  var hasKeyboard = false

  /// The pages, at least one; each is created on demand.
  var pages: LazyMapCollection<Range<Int>, Figure> {
    let extent = extent
    let length = extent.upperBound - extent.lowerBound
    let (rows, rowLength) = rowSeconds.map { Self.rows(length, of: $0) } ?? Self.rows(length)
    let count = (rows + rowsPerPage - 1) / rowsPerPage
    return (0..<count).lazy.map { page in
      let starts = (page * rowsPerPage..<min(rows, (page + 1) * rowsPerPage)).map {
        extent.lowerBound + Double($0) * rowLength
      }
      return figure(starts: starts, rowLength: rowLength, page: count > 1 ? (page, count) : nil)
    }
  }

  /// Returns the number of rows of a given length, and that length.
  private static func rows(_ length: Double, of given: Double) -> (count: Int, seconds: Double) {
    let seconds = max(0.01, given)
    return (max(1, Int((length / seconds - 1e-6).rounded(.up))), seconds)
  }

  /// Returns the number and length of rows of about 30 seconds, stretched slightly if the last one would be nearly
  /// empty.
  private static func rows(_ length: Double) -> (count: Int, seconds: Double) {
    let count = max(1, Int((length / 30 - 0.1).rounded(.up)))
    return (count, count == 1 ? length : (length / Double(count)).rounded(.up))
  }

  private func figure(starts: [Double], rowLength: Double, page: (Int, Int)?) -> Figure {
    let range = pitchRange
    let panels = starts.enumerated().map { index, start in
      panel(
        start...start + rowLength,
        range,
        isFirst: index == 0,
        isLast: index == starts.count - 1
      )
    }
    let axis = PitchAxis(range: range)
    let height = min(panels.count == 1 ? 300 : 200, max(84, Double(range.count) * axis.keyHeight))
    return Figure(
      title: [title, notes.scores, page.map { "page \($0.0 + 1) of \($0.1)" }].compactMap { $0 }
        .joined(separator: " · "),
      subtitle: subtitle,
      panels: panels,
      size: Size(900, 90 + Double(panels.count) * (height + 44))
    )
  }

  /// The pitches shown: those given, or those of the notes and one more on either side, at least an octave.
  private var pitchRange: ClosedRange<Int> {
    if let pitches {
      return max(0, min(127, pitches.lowerBound))...min(127, max(0, pitches.upperBound))
    }
    let all = notes.all.map(\.pitch).filter(Pitch.range.contains)
    guard let low = all.min(), let high = all.max() else { return 48...84 }
    let missing = max(0, 11 - (high - low))
    return max(0, low - 1 - missing / 2)...min(127, high + 1 + (missing + 1) / 2)
  }

  /// The stretch shown, or all of it, in seconds.
  private var extent: ClosedRange<Double> {
    if let seconds, seconds.upperBound > seconds.lowerBound { return seconds }
    let frames = probabilities.map { $0.start + Double($0.frames) / $0.frameRate } ?? 0
    return 0...max(frames, notes.all.map(\.offset).max() ?? 0, 1)
  }
}
