import Autograd
import Networks
import Processes
import Tasks
import Tensors

/// The settings of a model's training; part of the training state, not of a single `train`.
package struct TrainingSettings: Hashable, Sendable {
  package var seed: UInt64
  package var schedule: RateSchedule
  /// The fraction that dropout keeps over the log2(n) layers of a pass.
  package var keep: Float
  /// The label smoothing s.
  package var smoothing: Float
  package var loss: SymbolLossForm
  /// True if each gradient is clipped by its own second moment.
  package var clipping: Bool

  package init(
    seed: UInt64,
    schedule: RateSchedule,
    keep: Float = 0.9,
    smoothing: Float = 0.01,
    loss: SymbolLossForm = .weighted,
    clipping: Bool = true
  ) {
    self.seed = seed
    self.schedule = schedule
    self.keep = keep
    self.smoothing = smoothing
    self.loss = loss
    self.clipping = clipping
  }

  /// Creates the settings of a network's released code.
  package init(
    releasedWith network: NetworkKind,
    seed: UInt64,
    schedule: RateSchedule,
    keep: Float = 0.9
  ) {
    let released = network.releasedTraining
    self.init(
      seed: seed,
      schedule: schedule,
      keep: keep,
      smoothing: released.smoothing,
      loss: released.loss,
      clipping: released.clipping
    )
  }
}

/// The memory that a training step may take; does not affect what it computes.
package enum StepMemory: String, Sendable, CaseIterable {
  /// Keeps the inputs of all layers and, up to a bound, values that save computation.
  case usual
  /// Keeps the inputs of about √L of the L layers: a step takes up to half as long again.
  case low

  var budget: ActivationBudget { self == .low ? .low : ActivationBudget() }
}

/// A model in training: its parameters, the optimizer's moments, the step, and the log.
package final class Trainer {
  package let model: any SequenceModel
  /// The head that interprets the model's logits.
  package let head: any Head
  package var settings: TrainingSettings
  package private(set) var optimizer: RAdam
  /// The number of steps done.
  package private(set) var step: Int
  /// One record per step done.
  package private(set) var log: [StepRecord]
  /// The measurements on examples that training never sees, in the order of the steps.
  package private(set) var validations: [ValidationRecord] = []
  private let parameters: [Parameter]
  private let exchangeBuffers = ExchangeBuffers()

  /// Creates a training that starts, or resumes from a state.
  ///
  /// - Parameters:
  ///   - head: the head of the data.
  ///   - moments: the moments of the parameters; nil for zeros.
  package init(
    model: any SequenceModel,
    head: any Head = SymbolHead(),
    settings: TrainingSettings,
    moments: [RAdam.Moments]? = nil
  ) {
    self.model = model
    self.head = head
    self.settings = settings
    parameters = model.parameters.map(\.parameter)
    optimizer = moments.map(RAdam.init) ?? RAdam(parameters)
    step = 0
    log = []
  }

  /// Resumes from a saved state. The parameters are the model's own.
  package func restore(
    step: Int,
    moments: [RAdam.Moments],
    log: [StepRecord],
    validations: [ValidationRecord] = []
  ) {
    self.step = step
    self.log = log
    self.validations = validations
    optimizer.moments = moments
  }

  /// Adds a measurement to the log; replaces measurements of the same step and later ones.
  package func add(_ validation: ValidationRecord) {
    validations.removeAll { $0.step >= validation.step }
    validations.append(validation)
  }

  /// Trains for a number of steps on batches of the data.
  ///
  /// - Parameters:
  ///   - memory: the memory that a step may take.
  ///   - monitor: follows the layers of each step; an error that it throws discards the unfinished step.
  ///   - observer: receives the record of each finished step.
  /// - Throws: `TrainingError`, or any error that `monitor` or `observer` throws. The state is then that after the
  ///   last complete step.
  package func run(
    steps: Int,
    data: any TaskData,
    memory: StepMemory = .usual,
    monitor: PassMonitor? = nil,
    observer: (StepRecord) throws -> Void
  ) throws {
    let source = RandomSource(seed: settings.seed)
    let examples = ownExamples(data.layout)
    for _ in 0..<steps {
      let start = ContinuousClock.now
      let batch = try data.trainingBatch(
        examples,
        step: step + 1,
        source: source,
        interruption: monitor?.check
      )
      try observer(takeStep(batch, since: start, memory: memory, monitor: monitor))
    }
  }

  /// Returns the examples of a batch that this process computes; at least one, as a batch is not empty.
  private func ownExamples(_ layout: SequenceLayout) -> Range<Int> {
    let groups = model.groups(layout)
    let own = groups[ProcessGroup.current.part(of: groups.count)]
    guard let first = own.first, let last = own.last else { return 0..<1 }
    return first.examples.lowerBound..<last.examples.upperBound
  }

  /// Takes one step on one batch.
  ///
  /// - Parameter start: the time when the step began, for the seconds in its record.
  package func takeStep(
    _ batch: Batch,
    since start: ContinuousClock.Instant = .now,
    memory: StepMemory = .usual,
    monitor: PassMonitor? = nil
  ) throws -> StepRecord {
    let next = step + 1
    let result = try computeGradients(batch, step: next, memory: memory, monitor: monitor)
    // The last chance to stop: neither a cancelled pass nor non-finite numbers may reach the parameters.
    try monitor?.check()
    if let index = parameters.firstIndex(where: { !$0.hasFiniteGradient }) {
      let name = model.parameters[index].name
      throw TrainingError.gradientNotFinite(step: next, parameter: name)
    }
    let rate = settings.schedule.rate(step: next)
    optimizer.update(parameters, step: next, rate: rate, clipping: settings.clipping)
    step = next
    let record = StepRecord(
      step: next,
      loss: result.loss,
      accuracy: result.accuracy,
      rate: rate,
      seconds: start.secondsAgo
    )
    log.append(record)
    return record
  }

  /// Runs the forward and backward pass: stores the gradients in the parameters and changes nothing else.
  package func computeGradients(
    _ batch: Batch,
    step: Int,
    memory: StepMemory = .usual,
    monitor: PassMonitor? = nil
  ) throws -> (loss: Double, accuracy: Double) {
    let groups = model.groups(batch.layout)
    let processes = ProcessGroup.current
    guard processes.isShared else {
      let outcomes = try computeGroups(groups, batch, step: step, memory: memory, monitor: monitor)
      ParameterGradients.setGradients(of: parameters, to: outcomes.map(\.gradients))
      return HeadLoss.means(
        outcomes.flatMap(\.loss.losses),
        outcomes.flatMap(\.loss.accuracies),
        batch.layout
      )
    }
    let share = SharedStep(
      processes,
      groups: groups.count,
      parameters: parameters,
      buffers: exchangeBuffers
    )
    let own = share.ownGroups
    var result: Result<[GroupOutcome], TrainingError>
    do {
      result = .success(
        try computeGroups(
          Array(groups[own]),
          from: own.lowerBound,
          batch,
          step: step,
          memory: memory,
          monitor: monitor
        )
      )
    } catch let error as TrainingError {
      result = .failure(error)
    }
    let isCompared = step.isMultiple(of: SharedStep.stepsBetweenComparisons)
    let (losses, accuracies) = try share.finish(
      result,
      digest: isCompared ? model.digest.short : nil
    ) { try monitor?.check() }
    return HeadLoss.means(losses, accuracies, batch.layout)
  }

  /// Runs the forward and backward passes of consecutive groups of examples, the first of which has number `first` in
  /// the batch.
  private func computeGroups(
    _ groups: [ExampleGroup],
    from first: Int = 0,
    _ batch: Batch,
    step: Int,
    memory: StepMemory,
    monitor: PassMonitor?
  ) throws -> [GroupOutcome] {
    try BatchPass(
      groups: groups,
      compute: { number, monitor in
        try self.computeGroup(
          batch.part(groups[number]),
          number: first + number,
          step: step,
          memory: memory,
          monitor: monitor
        )
      },
      isLow: memory == .low,
      monitor: monitor
    ).run()
  }

  /// Runs the forward and backward pass of one group of examples.
  private func computeGroup(
    _ batch: Batch,
    number: Int,
    step: Int,
    memory: StepMemory,
    monitor: PassMonitor
  ) throws -> GroupOutcome {
    let tape = Tape(isRecording: true, budget: memory.budget, monitor: monitor)
    let dropout = DropoutSource(
      keep: settings.keep,
      source: RandomSource(seed: settings.seed),
      step: step,
      group: number
    )
    let logits = try model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: dropout,
      on: tape
    )
    let result = self.loss(of: logits, batch, on: tape)
    let loss = Double(result.loss.value.scalar)
    guard loss.isFinite else { throw TrainingError.lossNotFinite(step: step, loss: loss) }
    let gradients = ParameterGradients()
    let charged = tape.withCharges(
      result.loss,
      examples: batch.layout.examples,
      weight: batch.weights[0]
    )
    try tape.backward(from: charged, into: gradients)
    return GroupOutcome(loss: result, gradients: gradients)
  }

  /// Returns the loss of the logits of a batch, and the values that training reports for its examples.
  package func loss(of logits: Variable, _ batch: Batch, on tape: Tape) -> HeadLoss {
    head.loss(of: logits, batch, model: model, settings: settings, on: tape)
  }
}
