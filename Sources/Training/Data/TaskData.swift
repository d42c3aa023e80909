import Autograd
import Networks
import Tasks
import Tensors

/// The data that a model is trained on: batches as a function of the seed and the step, and the head that learns them.
package protocol TaskData: Sendable {
  /// The name of the task in `data NAME`.
  var name: String { get }
  /// A one-line description of the task.
  var about: String { get }
  /// The kind of input that a model reads.
  var input: InputKind { get }
  /// The number of input symbols, including the blank; for spectrograms the values of a place; 0 for other audio.
  var inputSymbols: Int { get }
  /// The number of outputs at each position: symbols, including the blank, or notes.
  var outputSymbols: Int { get }
  /// The number of samples of a window, for data whose examples are windows of samples; nil for others.
  var window: Int? { get }
  /// The lengths of the batches, ascending powers of two; for audio the places of a window.
  var bins: [Int] { get }
  /// The number of examples of each length in a training step.
  var batchSize: Int { get }
  /// True if there is anything to train on.
  var hasExamples: Bool { get }
  /// True if there is anything to validate on.
  var hasHeldOutExamples: Bool { get }
  /// The head that interprets the logits.
  var head: any Head { get }
  /// The description that a checkpoint stores.
  var description: DataDescription { get }

  /// Returns the batch of one training step: `batchSize` examples of every length, with targets of the head.
  ///
  /// - Parameter interruption: called before each example.
  /// - Throws: any error that `interruption` throws.
  func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch

  /// Returns the same batch when only some of its examples are needed: the others may be missing.
  ///
  /// - Parameter examples: the numbers of the needed examples in the batch, consecutive.
  /// - Throws: any error that `interruption` throws.
  func trainingBatch(
    _ examples: Range<Int>,
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch

  /// Measures a training on held-out examples, the same ones each time; leaves the training unchanged.
  ///
  /// - Parameter count: the number of examples of each length, windows or passages.
  /// - Throws: any error that `monitor` throws.
  func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord
}

extension TaskData {
  package var window: Int? { nil }

  /// The layout of a training step's examples.
  var layout: SequenceLayout { SequenceLayout(bins.map { (length: $0, batch: batchSize) }) }

  /// Returns all examples of the batch, for data that draw them one after another from one stream.
  package func trainingBatch(
    _ examples: Range<Int>,
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch {
    try trainingBatch(step: step, source: source, interruption: interruption)
  }
}
