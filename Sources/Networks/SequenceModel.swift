import Autograd
import Tensors
import Wiring

/// A network from sequences to logits at each position.
package protocol SequenceModel: Module {
  /// Returns the logits [T', V] for an input in the order of the layout; T' = T for symbols, see
  /// `ModelSpec.positions(of:)` for audio.
  ///
  /// - Parameter dropout: nil outside training.
  /// - Throws: any error that the tape's monitor throws.
  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// The samples of a window that have logits, one row each, if the network answers for some of them only; nil if its
  /// rows are positions.
  var heardSamples: [Int]? { get }
  /// Returns the parts of a batch that are computed separately.
  func groups(_ layout: SequenceLayout) -> [ExampleGroup]

  /// The calibration that turns logits into probabilities; nil if the head needs none.
  var calibration: OutputCalibration? { get }

  /// Returns the number of layers that a sequence of length 2^levels passes one after another, and their name.
  func depth(levels: Int) -> (layers: Int, kind: String)
  /// The wiring of its columns of switches; nil in a network without switches.
  var wiring: BenesWiring? { get }
  /// Returns the columns of switches for sequences of length 2^levels in order; empty in a network without switches.
  func switchColumns(levels: Int) -> [SwitchColumn]
  /// Returns the layers from input to output for sequences of length 2^levels.
  func layerRows(levels: Int) -> [LayerRow]

  /// Returns the floating-point operations of the matrix products of one forward pass; a training step has three times
  /// as many.
  func operations(_ layout: SequenceLayout) -> Double
  /// True if a training step can keep only the inputs of about √L of its L layers.
  var hasLowMemory: Bool { get }
  /// Returns the bytes that the forward and backward pass of a group of examples need at their peak in addition to
  /// values and gradients, approximately.
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double
  /// Returns the bytes that a forward pass over examples of one length needs at its peak in addition to the values,
  /// approximately.
  func passBytes(length: Double, examples: Double) -> Double
}

/// Layers of a model that share their weights.
package struct LayerRow: Hashable, Sendable {
  /// The path of the weights, as in the names of the parameters.
  package let path: String
  /// The number of layers that use them.
  package let count: Int
  /// The widths from input to output.
  package let widths: [Int]
  /// The number of learned values.
  package let parameters: Int
  /// The shuffle of positions after each layer.
  package let shuffle: Shuffle
}

extension SequenceModel {
  package var heardSamples: [Int]? { nil }
  package func groups(_ layout: SequenceLayout) -> [ExampleGroup] { layout.groups }
  package var calibration: OutputCalibration? { nil }

  package var wiring: BenesWiring? { nil }

  package func switchColumns(levels: Int) -> [SwitchColumn] {
    wiring?.columns(levels: levels) ?? []
  }

  /// Returns the rows that describe layers.
  func rows(of layers: [CoreLayer]) -> [LayerRow] {
    let parameters = parameters
    return layers.map { layer in
      let own = parameters.filter { $0.name == layer.path || $0.name.hasPrefix(layer.path + ".") }
      return LayerRow(
        path: layer.path,
        count: layer.count,
        widths: layer.widths,
        parameters: own.reduce(0) { $0 + $1.parameter.learnedCount },
        shuffle: layer.shuffle
      )
    }
  }

  /// The bytes of values, gradients and the optimizer's two moments.
  package var stateBytes: Double { 4 * floatBytes * Double(parameterCount) }

  /// The bytes of the values alone, or of the gradients of one group.
  private var valueBytes: Double { floatBytes * Double(parameterCount) }

  /// Returns the bytes that training at these sizes takes at most, approximately: the program, the state with the
  /// weights packed for forward and backward passes, and a step.
  package func trainingBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    programBytes + stateBytes + 2 * valueBytes + batchBytes(layout, isLow: isLow)
  }

  /// Returns the bytes that the groups of a batch need at their peak in addition to the state, approximately: the
  /// passes of the groups that run side by side, and the gradients of all groups.
  package func batchBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let groups = groups(layout)
    let passes = groups.map { stepBytes($0.layout, isLow: isLow) }.sorted(by: >)
    let sideBySide = SequenceLayout.sideBySide(groups, isLow: isLow)
    let width = max(1, min(sideBySide, WorkerPool.shared.threads))
    return passes.prefix(width).reduce(0, +) + Double(groups.count) * valueBytes
  }

  /// Returns the bytes that a forward pass over examples of that length takes at most, approximately.
  package func forwardBytes(length: Double, examples: Double) -> Double {
    programBytes + stateBytes + valueBytes + passBytes(length: length, examples: examples)
  }
}

let floatBytes = 4.0
/// The bytes of the program and its libraries before anything is allocated.
private let programBytes = 30e6
