import Autograd
import Tensors
import Wiring

/// The part of a network between its input layer and its output layer: [T, m] → [T, m].
///
/// A core declares its layers; depth, operations and the rows of `show model` follow from them.
package protocol NetworkCore: Module {
  /// The states behind the last layer.
  ///
  /// - Parameters:
  ///   - x: [T, m], what the input layer gives; consumed, since a long one takes much memory.
  ///   - dropout: nil outside training.
  /// - Throws: what the tape's monitor throws.
  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// The same of a text with a question.
  ///
  /// - Parameter marks: what the positions are part of; nil for other inputs. Most networks read a question as any
  ///   other words.
  func callAsFunction(
    _ x: consuming Variable,
    marks: PassageMarks?,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// The layers for sequences of 2^levels positions, those that share weights as one, in the order of the parameters.
  func layers(levels: Int) -> [CoreLayer]
  /// What so many of its layers are called, such as `switch layers`.
  func title(ofLayers count: Int) -> String
  /// How its columns of switches are wired; nil without switches.
  var wiring: BenesWiring? { get }

  /// Whether a training step can keep the inputs of about √L of its L layers only.
  var hasLowMemory: Bool { get }
  /// Floats that a training step needs at its peak, roughly, without parameters, input layer and logits.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double
  /// Floats that a forward pass over examples of one length needs at its peak, roughly, without parameters, input
  /// layer and logits.
  func passFloats(length: Double, examples: Double) -> Double
}

/// Layers of a core that share their weights.
package struct CoreLayer: Sendable {
  /// The path of the weights, as in the names of the parameters.
  let path: String
  /// How many layers use them.
  let count: Int
  /// The widths from input to output.
  let widths: [Int]
  /// How positions move behind each layer.
  let shuffle: Shuffle
  /// Floating-point operations of the matrix products of one layer, per position.
  let operations: Double
  /// Whether it counts in the depth of the network.
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

  /// The layers of the switch units of a wiring.
  ///
  /// - Parameter operations: of one layer, per position.
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

  /// Floats that a training step keeps of equal layers: what each keeps, or in low memory that of one segment and the
  /// inputs of all segments.
  func keptFloats(layers count: Int, layer: Double, input: Double, isLow: Bool) -> Double {
    guard isLow else { return layer * Double(count) }
    let segment = LayerStack.segmentSize(layers: count)
    return input * Double((count + segment - 1) / segment) + layer * Double(segment)
  }
}
