import Autograd
import CommandLanguage
import Foundation
import Processes
import Tasks
import Training

/// One training: steps, with checkpoints and validations between them, and their output.
package final class TrainingRun {
  private let session: Session
  private let model: Session.BoundModel
  private let steps: Int
  /// The time, in seconds, after which no further step begins; results are not compared then.
  private let timeLimit: Double?
  private let memory: StepMemory
  private var keeper: CheckpointKeeper?
  private var watch: ValidationWatch?
  private var log: TrainingLogFile?
  private let first: Int
  private let start = ContinuousClock.now
  /// The number of steps that really ran: without those that a checkpoint has saved, but with those discarded for
  /// a better state.
  private var stepsRun = 0

  /// The number of steps that the summary averages over.
  private static let window = 100
  /// The maximum number of losses in a progress line.
  private static let largestCurve = 512

  package init(
    session: Session,
    model: Session.BoundModel,
    steps: Int,
    timeLimit: Double? = nil,
    memory: StepMemory = .usual,
    checkpoints: CheckpointKeeper.Request? = nil,
    validations: ValidationWatch.Request? = nil,
    log: String? = nil
  ) {
    self.session = session
    self.model = model
    self.steps = steps
    self.timeLimit = timeLimit
    self.memory = memory
    first = model.trainer.step
    keeper = checkpoints.map {
      CheckpointKeeper($0, model: model, run: session.nextRunKey())
    }
    watch = validations.map { ValidationWatch($0, firstStep: model.trainer.step) }
    self.log = log.map { TrainingLogFile(path: $0) }
  }

  /// The number of steps done so far.
  package var done: Int { trainer.step - first }

  private var trainer: Trainer { model.trainer }
  private var isOutOfTimeForAny: Bool {
    get throws {
      try ProcessGroup.current.any(timeLimit.map { seconds >= $0 } ?? false) {
        try session.checkInterruption()
      }
    }
  }
  private var last: Int { first + steps }
  private var seconds: Double { start.secondsAgo }

  /// Trains, and returns the record of `train`.
  ///
  /// - Throws: `Interrupted`, or a diagnostic; the state is then the one after the last complete step.
  package func run() throws -> Value {
    if watch != nil, !model.data.hasHeldOutExamples {
      throw Diagnostic(
        "no example of these lengths is held out to validate on",
        remedy: "leave out validate=, or hold more out with `data file=… held-out=0.2`"
      )
    }
    if timeLimit == nil { warnIfPastSchedule(last) }
    defer { if trainer.step > first { model.slot.data = model.data } }
    try resume()
    try log?.open(in: session, with: trainer.log.filter { $0.step > first })
    do {
      defer { log?.close() }
      while trainer.step < last, watch?.isOver != true {
        try trainer.run(
          steps: nextPause - trainer.step,
          data: model.data,
          memory: memory,
          monitor: session.monitor(progress)
        ) { _ in
          stepsRun += 1
          if let last = trainer.log.last { try log?.add(last) }
          session.emit(progress(nil))
          try session.checkInterruption()
          if timeLimit != nil, try isOutOfTimeForAny { throw TimeIsUp() }
        }
        try pause()
      }
    } catch is TimeIsUp {
      warnIfPastSchedule(trainer.step)
    } catch let interruption as Interrupted {
      report()
      try keep()
      throw interruption
    } catch let error as TrainingError {
      report()
      throw diagnostic(of: error)
    }
    goBackToBest()
    return report()
  }

  /// If checkpoints are on, writes one of an interrupted training, and emits the path of the one that holds its state.
  private func keep() throws {
    guard keeper != nil, trainer.step > first else { return }
    if keeper?.last?.step != trainer.step {
      try keeper?.write(in: session, isInterruptible: false)
    }
    if let path = keeper?.last?.path { session.emit("wrote \(path)", .volatile) }
  }

  /// Returns a diagnostic of the error that ended the training, and of where it can continue.
  private func diagnostic(of error: TrainingError) -> Diagnostic {
    let what =
      switch error {
      case .lossNotFinite(let step, let loss): "the loss became \(loss) in step \(step)"
      case .gradientNotFinite(let step, let parameter):
        "the gradient of `\(parameter)` was not finite in step \(step)"
      }
    let last = keeper?.last.map { "`load \($0.path)` goes back to step \($0.step)" }
    return Diagnostic(
      "\(what); the model is as it was after step \(trainer.step)",
      remedy: "make the steps smaller with `set rate=` or `set clipping=on`; "
        + (last ?? "`load` goes back to what was saved, checkpoint= keeps states on the way")
    )
  }

  /// The next step after which something is due.
  private var nextPause: Int {
    [keeper?.interval, watch?.request.interval].compactMap { $0 }
      .map { (trainer.step / $0 + 1) * $0 }
      .reduce(last, min)
  }

  private func pause() throws {
    if let watch, isDue(every: watch.request.interval) { try validate() }
    if let keeper, isDue(every: keeper.interval) || watch?.isOver == true {
      try self.keeper?.write(in: session)
    }
  }

  /// Returns true if work at an interval of steps is due; it also is after the last step.
  private func isDue(every interval: Int) -> Bool {
    trainer.step % interval == 0 || trainer.step == last
  }

  private func validate() throws {
    guard let request = watch?.request else { return }
    let record = try trainer.validate(
      on: model.data,
      count: request.count,
      monitor: session.monitor(progress)
    )
    trainer.add(record)
    let isBest = watch?.note(record, of: trainer) ?? false
    show(record, isBest: isBest)
    if isBest, request.keepsBest { try keeper?.writeBest(in: session) }
  }

  private func show(_ record: ValidationRecord, isBest: Bool) {
    session.emit(
      String(
        format: "step %d  validation loss %.4f  %@ %.4f%@",
        record.step,
        record.loss,
        trainer.head.metric,
        record.accuracy,
        isBest ? "  best" : ""
      ),
      .arithmetic
    )
  }

  private func goBackToBest() {
    guard let watch, watch.request.keepsBest, let state = watch.bestState, state.step < trainer.step
    else { return }
    let reached = trainer.step
    trainer.goBack(to: state)
    session.emit(
      "back from step \(reached) to step \(state.step), the best validation",
      .arithmetic
    )
  }

  /// Resumes from the last checkpoint of a run that was cut off, if wanted.
  private func resume() throws {
    guard session.host.resumes else { return }
    let (bestKeeper, freshWatch) = (keeper, watch)
    let path = try keeper?.resume(upTo: last, in: session) { checkpoint in
      guard var watch = freshWatch, watch.request.keepsBest else { return true }
      watch.resume(checkpoint.validations) { _ in nil }
      guard let best = watch.best, best.step != checkpoint.step else { return true }
      return (try? bestKeeper?.best(ofStep: best.step, in: session)) != nil
    }
    guard let path else { return }
    session.emit("resumed from \(path)", .volatile)
    let earlier = try watch?.resume(trainer.validations) { step in
      step == trainer.step ? trainer.state : try keeper?.best(ofStep: step, in: session)
    }
    for (record, isBest) in earlier ?? [] { show(record, isBest: isBest) }
  }

  // MARK: Output

  private func progress(_ pass: PassMonitor?) -> WorkProgress {
    WorkProgress(
      activity: "train",
      done: done,
      total: expectedSteps,
      earlier: done - stepsRun,
      part: pass?.share ?? 0,
      unit: "steps",
      seconds: seconds,
      detail: trainer.log.last.map {
        String(format: "loss %.4f  accuracy %.4f", $0.loss, $0.accuracy)
      } ?? "",
      curve: losses
    )
  }

  /// The expected number of steps; under a time limit, at the speed so far.
  private var expectedSteps: Int {
    guard let timeLimit, seconds > 0 else { return steps }
    let here = Int(Double(stepsRun) * timeLimit / seconds)
    return min(steps, max(done + 1, done - stepsRun + here))
  }

  /// The losses of all steps so far, or of evenly spaced ones if there are many.
  private var losses: [Double] {
    let log = trainer.log
    let step = log.count / Self.largestCurve + 1
    return stride(from: 0, to: log.count, by: step).map { log[$0].loss }
  }

  private func warnIfPastSchedule(_ last: Int) {
    let end = trainer.settings.schedule.steps
    if last > end {
      // The shorter work of an interrupted training would give another text.
      session.emit(
        """
        the learning rate is 0 from step \(end) on, where the schedule ends; \
        `set schedule=\(max(2 * end, last + 1))` extends it
        """,
        .volatile
      )
    }
  }

  @discardableResult
  private func report() -> Value {
    guard done > 0 else { return .nothing }
    let last = trainer.log.suffix(min(done, Self.window))
    let loss = last.reduce(0) { $0 + $1.loss } / Double(last.count)
    let accuracy = last.reduce(0) { $0 + $1.accuracy } / Double(last.count)
    let digest = trainer.model.digest.short
    if stepsRun > 0 {
      session.lastTraining = TrainingSpeed(steps: stepsRun, seconds: seconds, model: model)
    }
    let line = String(
      format: "step %d  loss %.4f  accuracy %.4f  weights %@",
      trainer.step,
      loss,
      accuracy,
      digest
    )
    if timeLimit == nil { session.emit(line, .arithmetic) } else { session.emit(line, .volatile) }
    session.emit(
      String(format: "%.1f s, %.1f steps/s", seconds, Double(stepsRun) / max(seconds, 1e-9)),
      .volatile
    )
    var record: Record = [
      "step": .number(Double(trainer.step)), "loss": .number(loss), "accuracy": .number(accuracy),
      "weights": .text(digest),
    ]
    if watch != nil, let validation = trainer.validations.last {
      record["validation_loss"] = .number(validation.loss)
      record["validation_accuracy"] = .number(validation.accuracy)
    }
    return .record(record)
  }
}

/// The signal that the time of a training is over; its last step is complete.
private struct TimeIsUp: Error {}
