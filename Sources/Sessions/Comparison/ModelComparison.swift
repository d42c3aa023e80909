import CommandLanguage
import Foundation
import Networks
import Tensors
import Tasks
import Training
import Wording

/// A comparison of models that are trained one after another under identical conditions and measured the same way.
package final class ModelComparison {
  /// The result of one model.
  private struct Row {
    let name: String
    let parameters: Int
    let step: Int
    let loss: Double
    let network: NetworkKind
    let score: ComparedScore
    let speed: TrainingSpeed?
    let peakBytes: Double

    /// The published result of its network, in percent.
    var published: Double? { score.published[network] }
  }

  private let request: ComparisonRequest
  private let models: [Session.BoundModel]
  private let session: Session
  /// The statements that train the models as far as they were trained.
  private var done: [String] = []

  /// The number of examples for the loss, of symbols of each length.
  private static let validationCount = 256

  package init(_ request: ComparisonRequest, models: [Session.BoundModel], session: Session) {
    self.request = request
    self.models = models
    self.session = session
  }

  /// Trains and measures all models.
  ///
  /// - Throws: `Interrupted`; trained models keep their state.
  package func run() throws -> Value {
    do {
      let trained = request.isSpread ? try trainSpread() : try models.indices.map(train)
      let rows = try zip(models, trained).map { try measure($0, $1.speed, $1.peakBytes) }
      report(rows)
      keep(rows)
      return .record(record(rows))
    } catch is Interrupted {
      guard request.timeLimit == nil else {
        throw Interrupted(hasMore: !done.isEmpty)
      }
      throw Interrupted(done: done.isEmpty ? nil : done.joined(separator: "; "))
    }
  }

  /// Trains each model in one of the processes, and sends it to the others.
  private func trainSpread() throws -> [(speed: TrainingSpeed?, peakBytes: Double)] {
    let outcomes = try session.spread(models.count) { index in
      let (speed, peakBytes) = try train(index)
      let (slot, trainer) = (models[index].slot, models[index].trainer)
      var state = Data()
      try slot.checkpoint(trainer, data: models[index].data)?.file().write {
        state.append(contentsOf: $0)
      }
      return Trained(
        state: state,
        steps: speed?.steps ?? 0,
        seconds: speed?.seconds ?? 0,
        peakBytes: peakBytes
      )
    }
    return try zip(models, outcomes).map { model, outcome in
      let checkpoint = try Checkpoint(parsing: outcome.state)
      if checkpoint.step > model.trainer.step { try checkpoint.restore(model.trainer) }
      model.slot.data = model.data
      let speed = TrainingSpeed(steps: outcome.steps, seconds: outcome.seconds, model: model)
      return (speed, outcome.peakBytes)
    }
  }

  /// A model that a process has trained.
  private struct Trained: Codable {
    /// The model's checkpoint.
    let state: Data
    let steps: Int
    let seconds, peakBytes: Double
  }

  private func train(_ index: Int) throws -> (speed: TrainingSpeed?, peakBytes: Double) {
    let model = models[index]
    session.emit("\(model.slot.name), \(index + 1) of \(models.count)", .volatile)
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
      on: model.data,
      count: request.count ?? Self.validationCount,
      comparing: request.seed,
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
    return Row(
      name: model.slot.name,
      parameters: model.trainer.model.parameterCount,
      step: model.trainer.step,
      loss: validation.loss,
      network: model.slot.request.form.network,
      score: try model.data.compared(model, request, in: session),
      speed: speed,
      peakBytes: peakBytes
    )
  }

  // MARK: Output

  private func report(_ rows: [Row]) {
    let hasPublished = rows.contains { $0.published != nil }
    func number(_ value: Double) -> String { String(format: "%.4f", value) }
    func published(_ text: @autoclosure () -> String) -> [String] { hasPublished ? [text()] : [] }
    let heading =
      ["model", "parameters", "steps", "loss"] + (rows.first?.score.measures.map(\.title) ?? [])
      + published("published")
    let measured = rows.map { row in
      [row.name, grouped(row.parameters), grouped(row.step), number(row.loss)]
        + row.score.measures.map { number($0.value) }
        + published(row.published.map { String(format: "%.2f %%", $0) } ?? "")
    }
    let baselines = (rows.first?.score.baselines ?? []).map { baseline in
      [baseline.name, "", "", ""] + baseline.values.map(number) + published("")
    }
    let compared = TextTable(
      rows: [heading] + measured + baselines,
      numbers: Set(1..<heading.count)
    )
    if request.timeLimit == nil {
      session.emit(compared, .arithmetic, width: Session.comparedWidth)
    } else {
      session.emit(compared, .volatile)
    }
    if let data = models.first?.data {
      let stability: OutputStability = request.timeLimit == nil ? .stable : .volatile
      session.emit("loss: \(type(of: data).comparedLoss)", stability)
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
    session.emit(costs, .volatile)
  }

  /// Stores the rows for the figure of the comparison.
  private func keep(_ rows: [Row]) {
    var last = LastComparison()
    last.rows = rows.map { row in
      LastComparison.Row(
        name: row.name,
        parameters: row.parameters,
        seconds: row.speed?.seconds ?? 0,
        measure: row.score.measures.first,
        about: models.first?.data.about ?? "",
        step: row.step
      )
    }
    session[state: LastComparison.self] = last
  }

  private func tableRow(_ row: Row) -> Record {
    var record: Record = [
      "model": .text(row.name), "network": .text(row.network.rawValue),
      "parameters": .number(Double(row.parameters)), "step": .number(Double(row.step)),
      "loss": .number(row.loss),
    ]
    for measure in row.score.measures {
      let label = String(measure.label.description.map { $0.isLetter || $0.isNumber ? $0 : "_" })
      record["accuracy_" + label] = .number(measure.value)
    }
    record["seconds"] = .number(row.speed?.seconds ?? 0)
    record["steps_per_second"] = .number(row.speed?.stepsPerSecond ?? 0)
    record["peak_bytes"] = .number(row.peakBytes)
    return record
  }

  private func record(_ rows: [Row]) -> Record {
    func column(_ value: (Row) -> Value) -> Value {
      .labelled(Labelled(rows.map { (.text($0.name), value($0)) }))
    }
    return [
      "models": .texts(rows.map(\.name)), "parameters": column { .number(Double($0.parameters)) },
      "step": column { .number(Double($0.step)) }, "loss": column { .number($0.loss) },
      "accuracy": column { row in
        .labelled(Labelled(row.score.measures.map { ($0.label, .number($0.value)) }))
      },
      "seconds": column { .number($0.speed?.seconds ?? 0) },
      "steps_per_second": column { .number($0.speed?.stepsPerSecond ?? 0) },
      "peak_bytes": column { .number($0.peakBytes) },
      "table": .table(Table(rows: rows.map(tableRow))),
    ]
  }
}
