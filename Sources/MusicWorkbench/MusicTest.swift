import CommandLanguage
import Figures
import Foundation
import Networks
import Sessions
import Tasks
import Training
import Wording

/// `test` on music: transcribes held-out recordings or generated music, and scores the middle frames of windows.
struct MusicTest {
  let model: Session.BoundModel
  let data: MusicData
  /// The number of windows of each recording; nil for all.
  let count: Int?

  /// The default number of windows of generated music.
  private static let usualCount = 1024
  /// The published average precisions on MusicNet, in percent.
  private static let published: [(name: String, network: NetworkKind, percent: String)] = [
    ("cgRNN", .cgrnn, "53.0"), ("deep real network", .deepreal, "69.8"),
    ("deep complex network", .deepcomplex, "72.9"),
    ("complex transformer", .complextransformer, "74.22"),
    ("translation-invariant network", .translationinvariant, "77.3"),
    ("RSE network", .rse, "78.02"),
  ]

  /// The published average precisions by network.
  static let publishedNetworks = Dictionary(
    uniqueKeysWithValues: published.compactMap { _, network, percent in
      Double(percent).map { (network, $0) }
    }
  )

  func run(in session: Session) throws -> Value {
    let rows = try measure(in: session)
    return report(rows, rows.reduce(into: MusicScore()) { $0.add($1.score) }, in: session)
  }

  /// Refuses data without recordings to test on.
  static func check(_ data: MusicData) throws(Diagnostic) {
    guard data.heldOut(.test).isEmpty else { return }
    throw Diagnostic(
      "there is no recording to test on",
      remedy: data.hasExamples
        ? "`split=\(data.form.split.rawValue)` finds none in \(data.form.path ?? ""); try the other split="
        : "name their folder with `data musicnet path=…`, or choose `data notes`"
    )
  }

  /// Returns the scores of the recordings.
  ///
  /// - Throws: a diagnostic if there are none; `Interrupted`.
  func measure(in session: Session) throws -> [(name: String, score: MusicScore)] {
    try Self.check(data)
    let music = data.heldOut(.test)
    let wanted = music.map { piece in
      let windows = piece.windows ?? Self.usualCount
      return min(count ?? windows, piece.windows ?? .max)
    }
    let start = ContinuousClock.now
    var (done, name) = (0, "")
    func progress() -> WorkProgress {
      WorkProgress(
        activity: "test",
        done: done,
        total: wanted.reduce(0, +),
        unit: "frames",
        seconds: start.secondsAgo,
        detail: name
      )
    }
    var rows: [(name: String, score: MusicScore)] = []
    var frames = 0
    for (piece, wanted) in zip(music, wanted) {
      let first = frames
      name = piece.name
      let windows = piece.windows ?? wanted
      let score = try model.trainer.score(
        of: piece,
        (0..<wanted).map { $0 * windows / wanted },
        in: data,
        monitor: session.monitor { _ in progress() }
      ) {
        done = first + $0
        session.emit(progress())
        try session.checkInterruption()
      }
      rows.append((piece.name, score))
      frames += score.frames
    }
    return rows
  }

  private func report(
    _ rows: [(name: String, score: MusicScore)],
    _ total: MusicScore,
    in session: Session
  ) -> Value {
    var all = rows
    if rows.count > 1 { all.append(("all", total)) }
    var table = [["recording", "frames", "average precision", "precision", "recall", "F1"]]
    var precisions: [(Labelled.Label, Value)] = []
    var records: [Record] = []
    for row in all {
      var precision = row.score.averagePrecision
      let average = precision.value()
      let found = row.score.frameScore.exact
      let values: [Double] = [average, found.precision, found.recall, found.f1]
      var cells: [String] = [row.name, grouped(row.score.frames)]
      for value in values { cells.append(String(format: "%.4f", value)) }
      table.append(cells)
      precisions.append((.text(row.name), .number(average)))
      records.append([
        "recording": .text(row.name), "frames": .number(Double(row.score.frames)),
        "average_precision": .number(average), "precision": .number(found.precision),
        "recall": .number(found.recall), "f1": .number(found.f1),
      ])
    }
    session.emit(TextTable(rows: table, numbers: [1, 2, 3, 4, 5]), .arithmetic)
    if data.form.path != nil {
      let figures = Self.published.map { "\($0.name) \($0.percent)" }.joined(separator: ", ")
      session.emit(
        "split \(data.form.split.rawValue); the last three columns at a probability of 0.5"
      )
      session.emit("published, average precision in % on all of MusicNet: \(figures)")
    }
    var record: Record = [
      "recordings": .labelled(Labelled(precisions)), "frames": .number(Double(total.frames)),
      "loss": .number(total.loss / Double(max(1, total.frames))),
      "f1": .number(total.frameScore.exact.f1),
    ]
    record["average_precision"] = precisions.last?.1
    record[Record.tableName] = .table(Table(rows: records))
    return .record(record)
  }
}
