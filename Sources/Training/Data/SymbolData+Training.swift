import Autograd
import Networks
import Processes
import Tasks
import Tensors

extension SymbolData: TaskData {
  package var name: String { task.name }
  package var about: String { task.summary }
  package var input: InputKind { .symbols }
  package var inputSymbols: Int { task.inputSymbols }
  package var outputSymbols: Int { task.outputSymbols }
  package var head: any Head { SymbolHead() }

  package var description: DataDescription {
    var description = DataDescription(task: name, bins: bins, batchSize: batchSize)
    description.options = task.checkpointOptions
    if options.padding != .end { description.options["padding"] = options.padding.rawValue }
    if let count = options.count { description.options["count"] = String(count) }
    if options.hard > 0 { description.options["hard"] = String(options.hard) }
    return description
  }

  /// Validates on examples of each length of the data, the same ones each time.
  package func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    let source = RandomSource(seed: trainer.settings.seed)
    // A length without held-out examples does not count.
    let bins = testedBins
    var portions: [(bin: Int, first: Int, size: Int, share: Double)] = []
    for bin in bins {
      let size = max(1, Evaluation.positionsPerPass / bin)
      let available = task.testCount(above: length(below: bin), upTo: bin) ?? count
      let total = min(count, available)
      for first in stride(from: 0, to: total, by: size) {
        let size = min(size, total - first)
        portions.append((bin, first, size, Double(size) / Double(total * bins.count)))
      }
    }
    let means = try ProcessGroup.current.map(
      .validation,
      count: portions.count,
      poll: { try monitor?.check() }
    ) { number in
      let portion = portions[number]
      let batch = Batch([
        portion.bin: try freshExamples(
          bin: portion.bin,
          from: portion.first,
          count: portion.size,
          source: source,
          interruption: monitor?.check
        )
      ])
      let (logits, tape) = try trainer.model.forward(batch, monitor: monitor)
      let result = trainer.loss(of: logits, batch, on: tape)
      return [
        result.losses.reduce(0, +) / Double(portion.size), result.means(batch.layout).accuracy,
      ]
    }
    var (loss, accuracy) = (0.0, 0.0)
    for (portion, means) in zip(portions, means) {
      loss += portion.share * means[0]
      accuracy += portion.share * means[1]
    }
    return ValidationRecord(step: trainer.step, loss: loss, accuracy: accuracy)
  }
}

extension DataOptions {
  /// Reads the options from a checkpoint's description; missing ones have their defaults.
  ///
  /// - Throws: `CheckpointError.badMetadata` for values that are not valid.
  package init(_ description: DataDescription) throws(CheckpointError) {
    self.init(
      padding: try description.value("padding") { Padding(rawValue: $0) } ?? .end,
      count: try description.value("count") {
        Int($0).flatMap { (1...DataOptions.largestCount).contains($0) ? $0 : nil }
      },
      hard: try description.value("hard") {
        Double($0).flatMap { (0...1).contains($0) ? $0 : nil }
      } ?? 0
    )
  }
}

extension DataDescription {
  /// Returns the number of input symbols if it is a choice and not the default.
  ///
  /// - Throws: `CheckpointError.badMetadata` for a number that is not valid.
  package func alphabet() throws(CheckpointError) -> Int? {
    try value("alphabet") {
      Int($0).flatMap { (2...TaskCatalog.largestAlphabet).contains($0) ? $0 : nil }
    }
  }

  /// Returns the description of a file of pairs, the source of the examples.
  ///
  /// - Throws: `CheckpointError.badMetadata`.
  package func pairs() throws(CheckpointError) -> PairTask.Description {
    try decoded(PairTask.checkpointKey) { PairTask.Description.shares.contains($0.heldOut) }
  }
}
