import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Training
import Wording

/// The scores of a transcription, as lines and as a record.
struct ScoreReport {
  private let onsets: NoteScore
  private let offsets: NoteScore
  private let shift: OnsetShift?
  private let frames: FrameScore
  private let onset: Double
  private let hop: Double

  /// - Parameters:
  ///   - reference: the notes played.
  ///   - estimate: the notes of the transcription.
  ///   - onset: the tolerance of onsets, in seconds.
  ///   - hop: the time from frame to frame, in seconds.
  init(reference: [NoteEvent], estimate: [NoteEvent], onset: Double, hop: Double) {
    self.onset = onset
    self.hop = hop
    func score(_ offsetRatio: Double?) -> NoteScore {
      let tolerance = NoteTolerance(onset: onset, offsetRatio: offsetRatio)
      return NoteScore(reference: reference, estimate: estimate, tolerance: tolerance)
    }
    onsets = score(nil)
    shift = OnsetShift(
      reference: reference,
      estimate: estimate,
      tolerance: NoteTolerance(onset: onset),
      score: onsets
    )
    offsets = score(NoteTolerance.offsets.offsetRatio)
    frames = FrameScore(reference: reference, estimate: estimate, hop: hop)
  }

  /// Shows the numbers of notes and two tables.
  func show(in session: Session) {
    let (exact, chroma) = (frames.exact, frames.chroma)
    let found =
      [["", "precision", "recall", "F1", "overlap"]] + [
        row("onsets within \(Self.milliseconds(onset))", values(onsets)),
        row("onsets and ends", values(offsets)),
        row("frames of \(Self.milliseconds(hop))", [exact.precision, exact.recall, exact.f1]) + [
          ""
        ],
        row("frames, any octave", [chroma.precision, chroma.recall, chroma.f1]) + [""],
      ]
    let errors =
      [["", "accuracy", "errors", "wrong", "missed", "extra"]] + [
        row("frames", Self.errors(exact)), row("frames, any octave", Self.errors(chroma)),
      ]
    let counts =
      "\(counted(onsets.reference, "note")) played, \(grouped(onsets.estimate)) transcribed, "
      + "\(grouped(onsets.matched)) right"
    session.emit(counts)
    if let shift { session.emit(Self.line(shift)) }
    for rows in [found, errors] { session.emit(TextTable(rows: rows, numbers: Set(1...5))) }
  }

  /// The value that `let` stores.
  var record: Record {
    [
      "played": .number(Double(onsets.reference)),
      "transcribed": .number(Double(onsets.estimate)),
      "shift": .record([
        "seconds": .number(shift?.seconds ?? 0),
        "f1": .number(shift?.score.f1 ?? onsets.f1),
      ]),
      "onsets": .record(Self.record(onsets)), "offsets": .record(Self.record(offsets)),
      "frames": .record(Self.record(frames.exact)), "chroma": .record(Self.record(frames.chroma)),
      "table": .table(table),
    ]
  }

  /// The rows of both tables, one after the other.
  private var table: Table {
    func row(_ name: String, _ record: Record) -> Record {
      var row: Record = ["counted": .text(name)]
      for field in record.fields { row[field.name] = field.value }
      return row
    }
    return Table(rows: [
      row("onsets", Self.record(onsets)), row("offsets", Self.record(offsets)),
      row("frames", Self.record(frames.exact)), row("chroma", Self.record(frames.chroma)),
    ])
  }

  private static func record(_ score: NoteScore) -> Record {
    [
      "right": .number(Double(score.matched)), "precision": .number(score.precision),
      "recall": .number(score.recall), "f1": .number(score.f1),
      "overlap": .number(score.averageOverlapRatio),
    ]
  }

  private static func record(_ score: FrameScore.Measures) -> Record {
    [
      "precision": .number(score.precision), "recall": .number(score.recall),
      "f1": .number(score.f1), "accuracy": .number(score.accuracy),
      "errors": .number(score.totalError), "wrong": .number(score.substitution),
      "missed": .number(score.miss), "extra": .number(score.falseAlarm),
    ]
  }

  private static func line(_ shift: OnsetShift) -> String {
    let direction = shift.seconds > 0 ? "late" : "early"
    return String(
      format: "notes are %.0f ms %@; without that F1 would be %.4f",
      1000 * abs(shift.seconds),
      direction,
      shift.score.f1
    )
  }

  private func values(_ score: NoteScore) -> [Double] {
    [score.precision, score.recall, score.f1, score.averageOverlapRatio]
  }

  private static func errors(_ score: FrameScore.Measures) -> [Double] {
    [score.accuracy, score.totalError, score.substitution, score.miss, score.falseAlarm]
  }

  private func row(_ name: String, _ values: [Double]) -> [String] {
    [name] + values.map { String(format: "%.4f", $0) }
  }

  private static func milliseconds(_ seconds: Double) -> String {
    NumberFormat.short((seconds * 1e6).rounded() / 1e3) + " ms"
  }
}
