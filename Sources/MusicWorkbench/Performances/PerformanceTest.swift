import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Wording

/// `test` on performances: hears held-out recordings as a whole and compares notes, or windows of them.
struct PerformanceTest {
  let model: Session.BoundModel
  let data: PerformanceData

  /// Windows of made-up music where no number is given.
  private static let usualCount = 64

  /// - Parameter count: windows; nil for recordings as a whole, of made-up music for the usual number.
  func run(count: Int?, in session: Session) throws -> Value {
    if case .made = data.source { return try report(windows(count: count, in: session), session) }
    guard count == nil else { return try report(windows(count: count, in: session), session) }
    try Self.check(data)
    return try wholes(Self.recordings(data), in: session)
  }

  /// Refuses data with nothing to test on.
  static func check(_ data: PerformanceData) throws(Diagnostic) {
    if case .made = data.source { return }
    guard recordings(data).isEmpty else { return }
    throw Diagnostic(
      "there is no recording to test on",
      remedy:
        "put some into a folder called test in \(data.form.path ?? "path="), or choose `data performances`"
    )
  }

  private static func recordings(_ data: PerformanceData) -> [PlayedRecording] {
    let tests = data.heldOut(.test)
    return tests.isEmpty ? data.heldOut(.validation) : tests
  }

  /// The score of windows.
  ///
  /// - Parameters:
  ///   - count: nil for the usual number.
  ///   - seed: of made-up music; nil for that of the training.
  func windows(count: Int?, seed: UInt64? = nil, in session: Session) throws -> PlayingScore {
    try Self.check(data)
    let count = count ?? Self.usualCount
    if case .made = data.source {
      let source = RandomSource(seed: seed ?? model.trainer.settings.seed)
      return try score(
        (0..<count).map { number in
          { data.window(madeFor: .testData, number, source: source) }
        },
        in: session
      )
    }
    let recordings = Self.recordings(data)
    let samples = recordings.reduce(0) { $0 + $1.recording.count }
    return try score(
      recordings.flatMap { recording in
        let own = recording.recording.count
        let wanted = max(1, count * own / max(1, samples))
        return (0..<wanted).map { number in
          { data.window(of: recording, from: number * own / wanted) }
        }
      },
      in: session
    )
  }

  private func score(
    _ windows: [() -> PerformanceData.Window],
    in session: Session
  ) throws -> PlayingScore {
    let start = ContinuousClock.now
    var score = PlayingScore()
    for (number, window) in windows.enumerated() {
      func progress() -> WorkProgress {
        WorkProgress(
          activity: "test",
          done: number,
          total: windows.count,
          unit: "windows",
          seconds: start.secondsAgo,
          detail: ""
        )
      }
      session.emit(progress())
      try session.checkInterruption()
      let monitor = session.monitor { _ in progress() }
      score.add(try model.trainer.score(window(), in: data, monitor: monitor))
    }
    return score
  }

  private func report(_ score: PlayingScore, _ session: Session) -> Value {
    let loss = score.loss / Double(max(1, score.windows))
    session.emit(
      String(format: "%d windows  loss %.4f  onset F1 %.4f", score.windows, loss, score.f1),
      .arithmetic
    )
    return .record([
      "windows": .number(Double(score.windows)), "loss": .number(loss), "f1": .number(score.f1),
    ])
  }

  private func wholes(_ recordings: [PlayedRecording], in session: Session) throws -> Value {
    let listener = Listener(name: model.slot.name, trainer: model.trainer, ear: .playing(data))
    var table = [["recording", "notes", "precision", "recall", "onset F1", "with ends", "frames"]]
    var (onsets, ends): ([Double], [Double]) = ([], [])
    var frames: [Double] = []
    var values: [(Labelled.Label, Value)] = []
    for recording in recordings {
      let heard = try listener.playing(
        of: recording.recording,
        called: recording.name,
        data,
        in: session
      )
      let notes = PlayingReader().read(heard, rate: PerformanceForm.frameRate).notes
      let reference = recording.playing.sounding
      let onset = NoteScore(reference: reference, estimate: notes)
      let end = NoteScore(reference: reference, estimate: notes, tolerance: .offsets)
      let precision = try averagePrecision(heard, recording.playing)
      onsets.append(onset.f1)
      ends.append(end.f1)
      frames.append(precision)
      values.append((.text(recording.name), .number(onset.f1)))
      let cells = [onset.precision, onset.recall, onset.f1, end.f1, precision]
      table.append(
        [recording.name, grouped(reference.count)] + cells.map { String(format: "%.4f", $0) }
      )
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    if recordings.count > 1 {
      let means = [onsets, ends, frames].map { String(format: "%.4f", mean($0)) }
      table.append(["mean", "", "", ""] + means)
    }
    for line in TextTable(rows: table, numbers: [1, 2, 3, 4, 5, 6]).lines(width: session.width) {
      session.emit(line, .arithmetic)
    }
    return .record([
      "recordings": .labelled(Labelled(values)), "f1": .number(mean(onsets)),
      "f1_with_ends": .number(mean(ends)), "average_precision": .number(mean(frames)),
    ])
  }

  /// The average precision of the notes that sound at the frames of a recording.
  private func averagePrecision(_ heard: HeardPlaying, _ playing: Playing) throws -> Double {
    let roll = LabelRoll(playing.sounding)
    let times = (0..<heard.frames).map { Double($0) / PerformanceForm.frameRate }
    var precision = AveragePrecision()
    try precision.add(
      scores: heard.probabilities,
      labels: roll.flags(at: times).map { $0 != 0 }
    )
    return precision.value()
  }
}
