import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let conv = NetworkKind(
    "conv",
    summary: "residual layers of dilated convolutions",
    about: """
      `layers` times x + W2·gelu(W1·norm(x) + b1) + b2, where W1 reads a position and those 1, 2, 4, … 512 \
      before and behind it, one distance a layer. O(n). After "Multi-Scale Context Aggregation by Dilated \
      Convolutions" (ICLR 2016).
      """,
    settings: [.maps, .layers],
    usualLayers: DilatedConvolutions.cycle,
    core: { DilatedConvolutions($0, using: &$1) }
  )
}

/// Residual layers of dilated convolutions of width 3.
///
///     x ← x + W₂ · gelu(W₁ ∗ norm(x) + b₁) + b₂
///
/// Layer i looks 2^(i mod 10) positions to both sides, so that L ≤ 10 layers see 2^L − 1 positions each way. Outside an
/// example there are zeros. O(n). After "Multi-Scale Context Aggregation by Dilated Convolutions" (ICLR 2016) and
/// "Neural Machine Translation in Linear Time" (2016).
struct DilatedConvolutions: NetworkCore {
  private let maps: Int
  private let layers: [ConvolutionLayer]
  private let norm: LayerNorm

  /// The number of layers after which the distances start again.
  static let cycle = 10

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    maps = spec.maps
    var layers: [ConvolutionLayer] = []
    for layer in 0..<spec.layers {
      layers.append(
        ConvolutionLayer(maps: spec.maps, distance: 1 << (layer % Self.cycle), using: &values)
      )
    }
    self.layers = layers
    norm = LayerNorm(maps: spec.maps, using: &values)
  }

  /// The number of positions that a position sees to each side.
  private var reach: Int { layers.reduce(0) { $0 + $1.distance } }

  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let stack = LayerStack(
      layers: layers.enumerated().map { number, layer in
        { x, tape in
          var y = layer(x, layout: layout, on: tape)
          if let dropout = dropout?.wholeLayer(number) {
            y = tape.dropout(y, layout: layout, dropout)
          }
          return tape.add(x, 1, y)
        }
      }
    )
    return norm(try stack(x, on: tape), on: tape)
  }

  func title(ofLayers count: Int) -> String {
    "convolutions that see \(reach) positions to each side,"
  }

  /// Returns the layers, of 16 m² operations a position.
  func layers(levels: Int) -> [CoreLayer] {
    layers.indices.map { layer in
      CoreLayer(
        "layers.\(layer)",
        widths: [3 * maps, 2 * maps, maps],
        operations: 16 * Double(maps * maps)
      )
    } + [CoreLayer("norm", widths: [maps, maps], isCounted: false)]
  }

  /// A layer keeps ten m-vectors a position: its norm's output, the neighbours, the input and the output of gelu.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(maps)
    let kept = keptFloats(layers: layers.count, layer: 10 * m, input: m, isLow: isLow)
    return Double(layout.rows) * (kept + 10 * m)
  }

  func passFloats(length: Double, examples: Double) -> Double {
    length * examples * 10 * Double(maps)
  }
}

private struct ConvolutionLayer: Module {
  let distance: Int
  private let norm: LayerNorm
  private let convolution, outer: Linear

  init(maps: Int, distance: Int, using values: inout InitialValues) {
    self.distance = distance
    norm = LayerNorm(maps: maps, using: &values)
    convolution = Linear(from: 3 * maps, to: 2 * maps, using: &values)
    outer = Linear(from: 2 * maps, to: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, layout: SequenceLayout, on tape: Tape) -> Variable {
    let seen = tape.neighbours(norm(x, on: tape), distance: distance, layout: layout)
    return outer(tape.gelu(convolution(seen, on: tape)), on: tape)
  }
}
