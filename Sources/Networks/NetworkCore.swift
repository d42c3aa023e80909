import Autograd
import Tensors
import Wiring

/// The part of a network between its input layer and its output layer: [T, m] → [T, m].
///
/// A core declares its layers; depth, operations and the rows of `show model` follow from them.
package protocol NetworkCore: Module {
  /// Returns the states after the last layer.
  ///
  /// - Parameters:
  ///   - x: [T, m], the output of the input layer; consumed, since a long one takes much memory.
  ///   - dropout: nil outside training.
  /// - Throws: any error that the tape's monitor throws.
  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// Does the same for a text with a question.
  ///
  /// - Parameter marks: marks the part that each position belongs to; nil for other inputs. Most networks read a
  ///   question like any other words.
  func callAsFunction(
    _ x: consuming Variable,
    marks: PassageMarks?,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// Returns the layers for sequences of 2^levels positions, in the order of the parameters; those that share weights
  /// are one.
  func layers(levels: Int) -> [CoreLayer]
  /// Returns the name of `count` of its layers, such as `switch layers`.
  func title(ofLayers count: Int) -> String
  /// The wiring of its columns of switches; nil without switches.
  var wiring: BenesWiring? { get }

  /// True if a training step can keep only the inputs of about √L of its L layers.
  var hasLowMemory: Bool { get }
  /// Returns the floats that a training step needs at its peak, approximately, without parameters, input layer and
  /// logits.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double
  /// Returns the floats that a forward pass over examples of one length needs at its peak, approximately, without
  /// parameters, input layer and logits.
  func passFloats(length: Double, examples: Double) -> Double
}

/// Layers of a core that share their weights.
package struct CoreLayer: Sendable {
  /// The path of the weights, as in the names of the parameters.
  let path: String
  /// The number of layers that use them.
  let count: Int
  /// The widths from input to output.
  let widths: [Int]
  /// The shuffle of positions after each layer.
  let shuffle: Shuffle
  /// The floating-point operations of the matrix products of one layer, per position.
  let operations: Double
  /// True if it counts towards the network's depth.
  let isCounted: Bool

  init(
    _ path: String,
    count: Int = 1,
    widths: [Int],
    shuffle: Shuffle = .none,
    operations: Double = 0,
    isCounted: Bool = true
  ) {
    self.path = path
    self.count = count
    self.widths = widths
    self.shuffle = shuffle
    self.operations = operations
    self.isCounted = isCounted
  }
}

extension NetworkCore {
  package var wiring: BenesWiring? { nil }
  package var hasLowMemory: Bool { true }

  package func callAsFunction(
    _ x: consuming Variable,
    marks: PassageMarks?,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    try self(x, layout: layout, dropout: dropout, on: tape)
  }

  /// Returns the layers of the switch units of a wiring.
  ///
  /// - Parameter operations: the operations of one layer, per position.
  func layers(
    of wiring: BenesWiring,
    levels: Int,
    widths: [Int],
    operations: Double
  ) -> [CoreLayer] {
    let columns = wiring.columns(levels: levels)
    return wiring.units.map { unit in
      CoreLayer(
        unit.path,
        count: columns.count { $0.path == unit.path },
        widths: widths,
        shuffle: unit.shuffle,
        operations: operations
      )
    }
  }

  /// Returns the floats that a training step keeps of equal layers: those of each layer, or in low memory those of one
  /// segment and the inputs of all segments.
  func keptFloats(layers count: Int, layer: Double, input: Double, isLow: Bool) -> Double {
    guard isLow else { return layer * Double(count) }
    let segment = LayerStack.segmentSize(layers: count)
    return input * Double((count + segment - 1) / segment) + layer * Double(segment)
  }
}
