import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Wording

/// `test` on performances: transcribes whole held-out recordings and compares their notes, or scores windows.
struct PerformanceTest {
  let model: Session.BoundModel
  let data: PerformanceData

  /// The default number of windows.
  private static let usualCount = 64

  /// - Parameter count: the number of windows; nil for whole recordings or, of generated music, the default number.
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

  /// Returns the score of windows.
  ///
  /// - Parameters:
  ///   - count: the number of windows; nil for the default number.
  ///   - seed: the seed of generated music; nil for the training's.
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
    let scores = try session.spread(windows.count) { number in
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
      return try model.trainer.score(windows[number](), in: data, monitor: monitor)
    }
    return scores.reduce(into: PlayingScore()) { $0.add($1) }
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
    let scores = try session.spread(recordings.count) { number in
      try score(recordings[number], listener, in: session)
    }
    var table = [["recording", "notes", "precision", "recall", "onset F1", "with ends", "frames"]]
    for (recording, score) in zip(recordings, scores) {
      let cells = [score.precision, score.recall, score.onsets, score.ends, score.frames]
      table.append(
        [recording.name, grouped(score.notes)] + cells.map { String(format: "%.4f", $0) }
      )
    }
    let values = zip(recordings, scores).map { recording, score in
      (Labelled.Label.text(recording.name), Value.number(score.onsets))
    }
    func mean(_ score: (RecordingScore) -> Double) -> Double {
      scores.map(score).reduce(0, +) / Double(scores.count)
    }
    if recordings.count > 1 {
      let means = [mean(\.onsets), mean(\.ends), mean(\.frames)].map {
        String(format: "%.4f", $0)
      }
      table.append(["mean", "", "", ""] + means)
    }
    session.emit(TextTable(rows: table, numbers: [1, 2, 3, 4, 5, 6]), .arithmetic)
    return .record([
      "recordings": .labelled(Labelled(values)), "f1": .number(mean(\.onsets)),
      "f1_with_ends": .number(mean(\.ends)), "average_precision": .number(mean(\.frames)),
      "table": .table(
        Table(
          rows: zip(recordings, scores).map { recording, score in
            [
              "recording": .text(recording.name), "notes": .number(Double(score.notes)),
              "precision": .number(score.precision), "recall": .number(score.recall),
              "f1": .number(score.onsets), "f1_with_ends": .number(score.ends),
              "average_precision": .number(score.frames),
            ]
          }
        )
      ),
    ])
  }

  /// The scores of a recording's notes.
  private struct RecordingScore: Codable {
    /// The number of notes of the reference.
    let notes: Int
    /// The scores of onsets within 50 ms.
    let precision, recall, onsets: Double
    /// The F1 of onsets and ends.
    let ends: Double
    /// The average precision of the notes that sound at each frame.
    let frames: Double
  }

  private func score(
    _ recording: PlayedRecording,
    _ listener: Listener,
    in session: Session
  ) throws -> RecordingScore {
    let heard = try listener.playing(
      of: recording.recording,
      called: recording.name,
      data,
      in: session
    )
    let notes = PlayingReader().read(heard, rate: PerformanceForm.frameRate).notes
    let reference = recording.playing.sounding
    let onset = NoteScore(reference: reference, estimate: notes)
    return RecordingScore(
      notes: reference.count,
      precision: onset.precision,
      recall: onset.recall,
      onsets: onset.f1,
      ends: NoteScore(reference: reference, estimate: notes, tolerance: .offsets).f1,
      frames: try averagePrecision(heard, recording.playing)
    )
  }

  /// Returns the average precision of the notes that sound at the frames of a recording.
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
