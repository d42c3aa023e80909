import Autograd
import Tensors
import Wiring

/// A network from sequences to logits at each position.
package protocol SequenceModel: Module {
  /// The logits [T', V] for an input in the order of the layout; T' = T for symbols, see
  /// `ModelSpec.positions(of:)` for audio.
  ///
  /// - Parameter dropout: nil outside training.
  /// - Throws: what the tape's monitor throws.
  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// The samples of a window for which there are logits, one row each, where the network answers for some of them only;
  /// nil where its rows are positions.
  var heardSamples: [Int]? { get }
  /// The parts of a batch that are computed by themselves.
  func groups(_ layout: SequenceLayout) -> [ExampleGroup]

  /// What makes calibrated probabilities of the logits; nil where the head needs none.
  var calibration: OutputCalibration? { get }

  /// How many layers a sequence of length 2^levels passes one after another, and what they are called.
  func depth(levels: Int) -> (layers: Int, kind: String)
  /// How its columns of switches are wired; nil in a network without switches.
  var wiring: BenesWiring? { get }
  /// The columns of switches for sequences of length 2^levels in their order; none in a network
  /// without.
  func switchColumns(levels: Int) -> [SwitchColumn]
  /// The layers from input to output for sequences of length 2^levels.
  func layerRows(levels: Int) -> [LayerRow]

  /// Floating-point operations of the matrix products of one forward pass; a training step has three times
  /// as many.
  func operations(_ layout: SequenceLayout) -> Double
  /// Whether a training step can keep the inputs of about √L of its L layers only.
  var hasLowMemory: Bool { get }
  /// Bytes that the forward and backward pass of a group of examples need at their peak beside values and gradients,
  /// roughly.
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double
  /// Bytes that a forward pass over examples of one length needs at its peak beside the values, roughly.
  func passBytes(length: Double, examples: Double) -> Double
}

/// Layers of a model that share their weights.
package struct LayerRow: Hashable, Sendable {
  /// The path of the weights, as in the names of the parameters.
  package let path: String
  /// How many layers use them.
  package let count: Int
  /// The widths from input to output.
  package let widths: [Int]
  /// The number of learned values.
  package let parameters: Int
  /// How positions move behind each layer.
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

  /// What is told of layers.
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

  /// Bytes of values, gradients and the optimizer's two moments.
  package var stateBytes: Double { 4 * floatBytes * Double(parameterCount) }

  /// Bytes of the values alone, and of the gradients of a group.
  private var valueBytes: Double { floatBytes * Double(parameterCount) }

  /// Bytes that training at these sizes takes at most, roughly: the program, the state with the weights as forward
  /// and backward passes read them, and a step.
  package func trainingBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    programBytes + stateBytes + 2 * valueBytes + batchBytes(layout, isLow: isLow)
  }

  /// Bytes that the groups of a batch need at their peak beside the state, roughly: the passes of those that run side by
  /// side, and the gradients of all.
  package func batchBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let groups = groups(layout)
    let passes = groups.map { stepBytes($0.layout, isLow: isLow) }.sorted(by: >)
    let sideBySide = SequenceLayout.sideBySide(groups, isLow: isLow)
    let width = max(1, min(sideBySide, WorkerPool.shared.threads))
    return passes.prefix(width).reduce(0, +) + Double(groups.count) * valueBytes
  }

  /// Bytes that a forward pass over examples of that length takes at most, roughly.
  package func forwardBytes(length: Double, examples: Double) -> Double {
    programBytes + stateBytes + valueBytes + passBytes(length: length, examples: examples)
  }
}

let floatBytes = 4.0
/// The program and its libraries before anything is allocated.
private let programBytes = 30e6
