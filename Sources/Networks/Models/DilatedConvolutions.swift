import Autograd
import Tensors

/// Residual layers of dilated convolutions of width 3.
///
///     x ← x + W₂ · gelu(W₁ ∗ norm(x) + b₁) + b₂
///
/// Layer i looks 2^(i mod 10) positions to both sides, so that L ≤ 10 layers see 2^L − 1 positions each way.
/// Zeros stand outside of an example. O(n). After "Multi-Scale Context Aggregation by Dilated Convolutions"
/// (ICLR 2016) and "Neural Machine Translation in Linear Time" (2016).
struct DilatedConvolutions: SequenceModel {
  private let spec: ModelSpec
  private let embedding: Parameter
  private let layers: [ConvolutionLayer]
  private let norm: LayerNorm
  private let output: Linear

  /// Layers after which the distances begin again.
  static let cycle = 10

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    embedding = values.table(spec.inputSymbols, spec.maps)
    var layers: [ConvolutionLayer] = []
    for layer in 0..<spec.layers {
      layers.append(
        ConvolutionLayer(maps: spec.maps, distance: 1 << (layer % Self.cycle), using: &values)
      )
    }
    self.layers = layers
    norm = LayerNorm(maps: spec.maps, using: &values)
    output = Linear(from: spec.maps, to: spec.outputSymbols, using: &values)
  }

  /// How far a position sees to each side.
  var reach: Int { layers.reduce(0) { $0 + $1.distance } }

  func logits(
    of input: SequenceInput,
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
    let x = try stack(tape.lookup(input.symbols, in: tape.use(embedding)), on: tape)
    return output(norm(x, on: tape), on: tape)
  }

  var members: [(name: String, member: Member)] {
    [
      ("embedding", .parameter(embedding)), ("layers", .module(ModuleList(modules: layers))),
      ("norm", .module(norm)), ("output", .module(output)),
    ]
  }

  func depth(levels: Int) -> (layers: Int, kind: String) {
    (spec.layers, "convolutions that see \(reach) positions to each side,")
  }

  func layerRows(levels: Int) -> [LayerRow] {
    let m = spec.maps
    return [row("embedding", 1, [spec.inputSymbols, m])]
      + layers.indices.map { row("layers.\($0)", 1, [3 * m, 2 * m, m]) }
      + [row("norm", 1, [m, m]), row("output", 1, [m, spec.outputSymbols])]
  }

  /// 16 m² per position and layer, 2 m V per position.
  func operations(_ layout: SequenceLayout) -> Double {
    let m = Double(spec.maps)
    return Double(layout.rows)
      * (16 * m * m * Double(spec.layers) + 2 * m * Double(spec.outputSymbols))
  }

  var hasLowMemory: Bool { true }

  /// A layer keeps ten m-vectors a position: its norm's output, the neighbours, what gelu gets and gives.
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let (m, rows) = (Double(spec.maps), Double(layout.rows))
    let (layer, count) = (10 * m, spec.layers)
    let segment = LayerStack.segmentSize(layers: count)
    let kept =
      isLow
      ? m * Double((count + segment - 1) / segment) + layer * Double(segment)
      : layer * Double(count)
    return floatBytes * rows * (kept + 10 * m + 3 * Double(spec.outputSymbols))
  }

  func passBytes(length: Double, examples: Double) -> Double {
    let m = Double(spec.maps)
    return floatBytes * length * examples * (10 * m + 2 * Double(spec.outputSymbols) + 4)
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

  var members: [(name: String, member: Member)] {
    [("norm", .module(norm)), ("convolution", .module(convolution)), ("outer", .module(outer))]
  }
}
