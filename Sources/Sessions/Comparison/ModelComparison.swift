import CommandLanguage
import Foundation
import Tensors
import Tasks
import Training
import Wording

/// Trains models alike, one after another, and measures them alike.
package final class ModelComparison {
  /// What `compare` was told.
  package struct Request {
    /// Steps of each model.
    package var steps: Int
    /// Seconds after which a model's training ends; what comes of it is not compared by replays.
    var timeLimit: Double?
    /// Lengths of the test; nil for those of the data.
    package var lengths: [Int]?
    /// Examples of each length; nil for the usual numbers.
    package var count: Int?
  }

  /// What was found of one model.
  private struct Row {
    let name: String
    let parameters: Int
    let step: Int
    let loss: Double
    let scores: [(length: Int, score: SymbolScore)]
    let speed: TrainingSpeed?
    let peakBytes: Double
  }

  private let request: Request
  private let models: [Session.BoundModel]
  private let session: Session
  /// Statements that train as far as the models were trained.
  private var done: [String] = []

  /// Examples of each length that the loss is measured on.
  private static let validationCount = 256
  /// The width of tables that replays compare, the same in any window.
  private static let comparedWidth = 80

  package init(_ request: Request, models: [Session.BoundModel], session: Session) {
    self.request = request
    self.models = models
    self.session = session
  }

  /// Trains and measures all models.
  ///
  /// - Throws: `Interrupted`; what was trained stays.
  package func run() throws -> Value {
    do {
      let trained = try models.enumerated().map { index, model in
        session.emit("\(model.slot.name), \(index + 1) of \(models.count)", .volatile)
        return try train(model)
      }
      let rows = try zip(models, trained).map { try measure($0, $1.speed, $1.peakBytes) }
      report(rows)
      return .record(record(rows))
    } catch is Interrupted {
      guard request.timeLimit == nil else {
        throw Interrupted(hasMore: !done.isEmpty)
      }
      throw Interrupted(done: done.isEmpty ? nil : done.joined(separator: "; "))
    }
  }

  private func train(
    _ model: Session.BoundModel
  ) throws -> (speed: TrainingSpeed?, peakBytes: Double) {
    let others = Double(StorageStatistics.heldBytes) - model.trainer.model.stateBytes
    StorageStatistics.beginPeak()
    let run = TrainingRun(
      session: session,
      model: model,
      steps: request.steps,
      timeLimit: request.timeLimit
    )
    defer {
      if run.done > 0 { done.append("train \(run.done) of=\(model.slot.name)") }
    }
    _ = try run.run()
    return (session.lastTraining, Double(StorageStatistics.peakBytes) - others)
  }

  private func measure(
    _ model: Session.BoundModel,
    _ speed: TrainingSpeed?,
    _ peakBytes: Double
  ) throws -> Row {
    let start = ContinuousClock.now
    let validation = try model.trainer.validate(
      on: model.data.typed(as: SymbolData.self),
      count: request.count ?? Self.validationCount,
      comparing: session.seed,
      monitor: session.monitor { pass in
        WorkProgress(
          activity: "validate",
          done: 0,
          total: 1,
          part: pass.share,
          unit: "passes",
          seconds: start.secondsAgo,
          detail: model.slot.name
        )
      }
    )
    let test = try test(of: model)
    let scores = try test.run(in: session)
    model.slot.noteTest(scores, on: test.data)
    return Row(
      name: model.slot.name,
      parameters: model.trainer.model.parameterCount,
      step: model.trainer.step,
      loss: validation.loss,
      scores: scores,
      speed: speed,
      peakBytes: peakBytes
    )
  }

  /// The test of a model; the same examples for all of them.
  package func test(of model: Session.BoundModel) throws(Diagnostic) -> LengthTest {
    let data: SymbolData = try model.data.typed()
    return LengthTest(
      model: model,
      data: data,
      lengths: request.lengths ?? data.testedBins,
      count: request.count,
      seed: session.seed,
      activity: "test"
    )
  }

  // MARK: What is told

  private func report(_ rows: [Row]) {
    let lengths = rows.first?.scores.map { String($0.length) } ?? []
    let heading = ["model", "parameters", "steps", "loss"] + lengths
    let compared = TextTable(
      rows: [heading]
        + rows.map { row in
          [
            row.name, grouped(row.parameters), grouped(row.step), String(format: "%.4f", row.loss),
          ] + row.scores.map { String(format: "%.4f", $0.score.accuracy) }
        },
      numbers: Set(1..<heading.count)
    )
    if request.timeLimit == nil {
      compared.lines(width: Self.comparedWidth).forEach { session.emit($0, .arithmetic) }
    } else {
      compared.lines(width: session.width).forEach { session.emit($0, .volatile) }
    }
    let costs = TextTable(
      rows: [["model", "seconds", "steps/s", "peak memory"]]
        + rows.map { row in
          [
            row.name, String(format: "%.1f", row.speed?.seconds ?? 0),
            String(format: "%.1f", row.speed?.stepsPerSecond ?? 0), ByteCount.text(row.peakBytes),
          ]
        },
      numbers: [1, 2, 3]
    )
    costs.lines(width: session.width).forEach { session.emit($0, .volatile) }
  }

  private func record(_ rows: [Row]) -> Record {
    func column(_ value: (Row) -> Value) -> Value {
      .labelled(Labelled(rows.map { (.text($0.name), value($0)) }))
    }
    return [
      "models": .texts(rows.map(\.name)), "parameters": column { .number(Double($0.parameters)) },
      "step": column { .number(Double($0.step)) }, "loss": column { .number($0.loss) },
      "accuracy": column { row in
        .labelled(
          Labelled(
            row.scores.map { (.number(Double($0.length)), .number($0.score.accuracy)) }
          )
        )
      },
      "seconds": column { .number($0.speed?.seconds ?? 0) },
      "steps_per_second": column { .number($0.speed?.stepsPerSecond ?? 0) },
      "peak_bytes": column { .number($0.peakBytes) },
    ]
  }
}
