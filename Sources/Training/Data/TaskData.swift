import Autograd
import Networks
import Tasks
import Tensors

/// What a model is trained on: batches as a function of the seed and the step, and the head that learns them.
package protocol TaskData: Sendable {
  /// What `data` calls it.
  var name: String { get }
  /// One line on what is learned.
  var about: String { get }
  /// What a model reads.
  var input: InputKind { get }
  /// Symbols of the input alphabet, the blank included; values of a place of a spectrogram; 0 for other audio.
  var inputSymbols: Int { get }
  /// Values of the output at each position: symbols, the blank included, or notes.
  var outputSymbols: Int { get }
  /// Samples of a window, of data whose examples are windows of samples; nil for others.
  var window: Int? { get }
  /// Lengths of the batches, ascending powers of two; places of a window for audio.
  var bins: [Int] { get }
  /// Examples of each length in a training step.
  var batchSize: Int { get }
  /// Whether there is anything to train on.
  var hasExamples: Bool { get }
  /// Whether there is anything to validate on.
  var hasHeldOutExamples: Bool { get }
  /// What is made of the logits.
  var head: any Head { get }
  /// What a checkpoint keeps of it.
  var description: DataDescription { get }

  /// The batch of one training step: `batchSize` examples of every length, with targets of the head.
  ///
  /// - Parameter interruption: called before each example.
  /// - Throws: what `interruption` throws.
  func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch

  /// The same batch, of which some examples are needed only: the others may be missing from it.
  ///
  /// - Parameter examples: their numbers in the batch, consecutive ones.
  /// - Throws: what `interruption` throws.
  func trainingBatch(
    _ examples: Range<Int>,
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch

  /// Measures a training on held-out examples, the same ones each time, and changes nothing in it.
  ///
  /// - Parameter count: examples of each length, windows or passages.
  /// - Throws: what `monitor` throws.
  func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord
}

extension TaskData {
  package var window: Int? { nil }

  /// How the examples of a training step are arranged.
  var layout: SequenceLayout { SequenceLayout(bins.map { (length: $0, batch: batchSize) }) }

  /// All examples of the batch, of data that draws them one after another from one stream.
  package func trainingBatch(
    _ examples: Range<Int>,
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch {
    try trainingBatch(step: step, source: source, interruption: interruption)
  }
}
