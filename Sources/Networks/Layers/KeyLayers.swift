import Autograd
import Tensors

/// The input layer that turns a spectrogram into positions of m maps by way of the keys of a piano.
///
/// All keys share their weights: a(key) = gelu(gelu(taps · A + a) · B + b), 64 and then 32 values a key, see `KeyTaps`.
/// A position is a product of the features of all keys, and of the whole row of the spectrogram.
struct KeyFront: Module {
  private let first: Linear
  private let second: Linear
  private let gathered: Linear
  private let whole: Parameter

  /// The number of values of a key after the first and after the second product.
  static let widths = (64, 32)

  init(maps: Int, using values: inout InitialValues) {
    first = Linear(from: KeyTaps.count, to: Self.widths.0, using: &values)
    second = Linear(from: Self.widths.0, to: Self.widths.1, using: &values)
    gathered = Linear(from: PianoKeys.count * Self.widths.1, to: maps, using: &values)
    whole = values.matrix(KeyTaps.columns, maps)
  }

  /// Maps [T, columns] → the positions [T, m], and the features of each key, [T · 88, 32].
  func callAsFunction(
    _ values: [Float],
    layout: SequenceLayout,
    on tape: Tape
  ) -> (positions: Variable, keys: Variable) {
    precondition(
      values.count == layout.rows * KeyTaps.columns,
      "\(values.count) values for \(layout.rows) places"
    )
    let rows = Tensor(values, [layout.rows, KeyTaps.columns])
    let taps = tape.constant(KeyTaps.read(rows, layout: layout))
    let keys = tape.gelu(second(tape.gelu(first(taps, on: tape)), on: tape))
    let all = tape.reshape(keys, to: [layout.rows, PianoKeys.count * Self.widths.1])
    let row = tape.matmul(tape.constant(rows), tape.use(whole))
    return (tape.add(gathered(all, on: tape), 1, row), keys)
  }
}

/// The output layer that predicts the keys of a piano, and its pedal, from the positions of a network and the features
/// of the keys.
///
/// All keys share their weights: gelu(heard · C + told · D + d) · E + e, where each key receives 16 values of the
/// position. The remaining outputs are a product of the position alone.
struct KeyReadout: Module {
  private let told: Linear
  private let heard: Parameter
  private let inner: Linear
  private let last: Linear
  private let rest: Linear

  /// The number of values that a key receives, and the number between its two products.
  private static let (toldWidth, innerWidth) = (16, 64)
  /// The initial bias of the outputs: most are near 0.
  private static let start: Float = -3

  /// - Parameter outputs: 88 times the values of a key, and fewer than 88 others.
  init(maps: Int, outputs: Int, using values: inout InitialValues) {
    told = Linear(from: maps, to: PianoKeys.count * Self.toldWidth, using: &values)
    heard = values.matrix(KeyFront.widths.1, Self.innerWidth)
    inner = Linear(from: Self.toldWidth, to: Self.innerWidth, using: &values)
    last = Linear(
      weight: values.matrix(Self.innerWidth, outputs / PianoKeys.count),
      bias: values.constant(Self.start, outputs / PianoKeys.count)
    )
    rest = Linear(
      weight: values.matrix(maps, outputs % PianoKeys.count),
      bias: values.constant(Self.start, outputs % PianoKeys.count)
    )
  }

  /// Returns the paths of the weights, and their widths.
  static func layers(maps: Int, outputs: Int) -> [(path: String, widths: [Int])] {
    [
      ("output.told", [maps, PianoKeys.count * toldWidth]),
      ("output.heard", [KeyFront.widths.1, innerWidth]),
      ("output.inner", [toldWidth, innerWidth]),
      ("output.last", [innerWidth, outputs / PianoKeys.count]),
      ("output.rest", [maps, outputs % PianoKeys.count]),
    ]
  }

  /// Returns the floating-point operations of the products at a position.
  static func operations(maps: Int, outputs: Int) -> Double {
    layers(maps: maps, outputs: outputs).enumerated().reduce(0) { sum, layer in
      let isOfKeys = (1...3).contains(layer.offset)
      let product = layer.element.widths[0] * layer.element.widths[1]
      return sum + 2 * Double((isOfKeys ? PianoKeys.count : 1) * product)
    }
  }

  /// Returns true if an output of that many values has keys and something else.
  static func fits(_ outputs: Int) -> Bool {
    outputs > PianoKeys.count && !outputs.isMultiple(of: PianoKeys.count)
  }

  /// Maps [T, m] and [T · 88, 32] → [T, outputs].
  func callAsFunction(_ positions: Variable, keys: Variable, on tape: Tape) -> Variable {
    let rows = positions.shape[0]
    let told = tape.reshape(
      told(positions, on: tape),
      to: [rows * PianoKeys.count, Self.toldWidth]
    )
    let both = tape.add(inner(told, on: tape), 1, tape.matmul(keys, tape.use(heard)))
    let values = last(tape.gelu(both), on: tape)
    let ofKeys = tape.reshape(values, to: [rows, PianoKeys.count * values.shape[1]])
    return tape.joinColumns(ofKeys, rest(positions, on: tape))
  }
}

extension ModelSpec {
  /// The layers of `KeyFront`: the paths of their weights, their widths, and the number of their runs at a position.
  var keyFrontLayers: [(path: String, widths: [Int], share: Int)] {
    let (a, b) = KeyFront.widths
    return [
      ("front.first", [KeyTaps.count, a], PianoKeys.count),
      ("front.second", [a, b], PianoKeys.count),
      ("front.gathered", [PianoKeys.count * b, maps], 1),
      ("front.whole", [KeyTaps.columns, maps], 1),
    ]
  }
}
