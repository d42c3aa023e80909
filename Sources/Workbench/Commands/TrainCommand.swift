import Autograd
import CommandLanguage
import Foundation
import Training

/// `train 500`
struct TrainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "train",
    summary: "Train the model for a number of steps",
    discussion: """
      The last line tells the step reached, loss and accuracy as means over the last 100 steps of this \
      `train` (fewer if it has fewer), and a digest of all weights. Training in parts, also over `save` \
      and `load`, gives the same weights as training at once. Ctrl-C stops after the last complete step.

      Long sequences need memory for what the backward pass wants back. With `memory=low` only about √L of the \
      L layers keep their input, and a step takes up to half as long again. `show speed` tells how fast it was.
      """,
    signature: Signature(
      positionals: [
        .required("steps", .integer(.from(1, through: 1e9)), "how many steps", unit: "steps")
      ],
      options: [
        .optional(
          "memory",
          .choice(StepMemory.allCases.map(\.rawValue)),
          "low: computes more again and keeps less; the weights become the same bits",
          default: "usual"
        ),
        .optional("of", .name(of: "model"), "the model", default: "the current one"),
      ]
    ),
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5",
        "five steps of a small model"
      ),
      .init(
        "data badd lengths=2048 batch=1; model rse maps=8; train 1 memory=low",
        "long sequences in little memory"
      ),
    ],
    category: Category.models
  )

  private let steps: Int
  private let memory: StepMemory
  private let name: String?

  /// Steps over which the summary averages.
  private static let window = 100
  /// Losses that a progress line is given at most.
  private static let largestCurve = 512

  init(_ arguments: BoundArguments) throws {
    steps = try arguments.integer("steps")
    memory = arguments.optionalText("memory").flatMap(StepMemory.init) ?? .usual
    name = arguments.optionalText("of")
  }

  func run(in session: Session) throws -> Value {
    let model = try session.boundModel(named: name)
    let trainer = model.trainer
    if let spec = model.slot.spec {
      let estimate = MemoryEstimate.training(
        spec,
        bins: model.data.bins,
        batchSize: model.data.batchSize,
        memory: memory
      )
      try estimate.check()
      estimate.tell(session)
    }
    warnIfPastSchedule(trainer, session)
    let first = trainer.step
    defer { if trainer.step > first { model.slot.data = model.data } }
    let start = ContinuousClock.now
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
    func progress(_ pass: PassMonitor?) -> WorkProgress {
      WorkProgress(
        activity: "train",
        done: trainer.step - first,
        total: steps,
        part: pass?.share ?? 0,
        unit: "steps",
        seconds: seconds,
        detail: trainer.log.last.map {
          String(format: "loss %.4f  accuracy %.4f", $0.loss, $0.accuracy)
        } ?? "",
        curve: Self.losses(trainer.log)
      )
    }
    do {
      try trainer.run(
        steps: steps,
        data: model.data,
        memory: memory,
        monitor: session.monitor(progress)
      ) { _ in
        session.observer(.progress(progress(nil)))
        try session.checkInterruption()
      }
    } catch is Interrupted {
      report(model, since: first, seconds, session)
      throw Interrupted(done: trainer.step > first ? statement(steps: trainer.step - first) : nil)
    } catch TrainingError.lossNotFinite(let step, let loss) {
      report(model, since: first, seconds, session)
      throw Diagnostic(
        "the loss became \(loss) in step \(step); the model is as it was after step \(trainer.step)",
        remedy: "use a smaller rate=, or go back to an earlier `save`"
      )
    }
    return report(model, since: first, seconds, session)
  }

  /// Losses of all steps so far, of evenly chosen ones where there are many.
  private static func losses(_ log: [StepRecord]) -> [Double] {
    let step = log.count / largestCurve + 1
    return stride(from: 0, to: log.count, by: step).map { log[$0].loss }
  }

  /// The statement that trains for so many steps as this one would.
  private func statement(steps: Int) -> String {
    var text = "train \(steps)"
    if memory != .usual { text += " memory=\(memory.rawValue)" }
    if let name { text += " of=\(name)" }
    return text
  }

  private func warnIfPastSchedule(_ trainer: Trainer, _ session: Session) {
    let end = trainer.settings.schedule.steps
    if trainer.step + steps > end {
      session.print(
        """
        the learning rate is 0 from step \(end) on, where the schedule ends; \
        `set schedule=\(max(2 * end, trainer.step + steps + 1))` extends it
        """
      )
    }
  }

  @discardableResult
  private func report(
    _ model: Session.BoundModel,
    since first: Int,
    _ seconds: Double,
    _ session: Session
  ) -> Value {
    let trainer = model.trainer
    let done = trainer.step - first
    guard done > 0 else { return .nothing }
    let last = trainer.log.suffix(min(done, Self.window))
    let loss = last.reduce(0) { $0 + $1.loss } / Double(last.count)
    let accuracy = last.reduce(0) { $0 + $1.accuracy } / Double(last.count)
    let digest = trainer.model.digest.short
    session.lastTraining = TrainingSpeed(steps: done, seconds: seconds, model: model)
    session.printResult(
      String(
        format: "step %d  loss %.4f  accuracy %.4f  weights %@",
        trainer.step,
        loss,
        accuracy,
        digest
      )
    )
    session.note(
      String(format: "%.1f s, %.1f steps/s", seconds, Double(done) / max(seconds, 1e-9))
    )
    return .record([
      "step": .number(Double(trainer.step)), "loss": .number(loss), "accuracy": .number(accuracy),
      "weights": .text(digest),
    ])
  }
}
