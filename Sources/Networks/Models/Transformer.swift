import Autograd
import Tensors

/// The encoder of a transformer, or of a universal transformer.
///
/// The transformer has `layers` layers and adds the code of positions to the embedding. The universal one
/// applies a single layer `layers` times and adds the codes of positions and of the step before each.
/// Blanks are symbols like others, as in the other networks. O(n²). "Attention Is All You Need"
/// (NeurIPS 2017), "Universal Transformers" (ICLR 2019), without its halting.
struct Transformer: SequenceModel {
  private let spec: ModelSpec
  private let embedding: Parameter
  /// Vectors of the first positions, where they are learned.
  private let positions: Parameter?
  private let layers: [EncoderLayer]
  private let norm: LayerNorm
  private let output: Linear

  /// The factor that brings the embedding to the size of the position code.
  private static let embeddingScale: Float = 4

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    embedding = values.table(spec.inputSymbols, spec.maps)
    positions =
      spec.hasLearnedPositions ? values.table(ModelSpec.learnedPositions, spec.maps) : nil
    var layers: [EncoderLayer] = []
    for _ in 0..<(spec.network == .universal ? 1 : spec.layers) {
      layers.append(EncoderLayer(maps: spec.maps, heads: spec.heads, using: &values))
    }
    self.layers = layers
    norm = LayerNorm(maps: spec.maps, using: &values)
    output = Linear(from: spec.maps, to: spec.outputSymbols, using: &values)
  }

  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let code: Variable
    if let positions {
      let longest = layout.segments.first?.length ?? 0
      guard longest <= ModelSpec.learnedPositions else {
        throw TooManyPositions(length: longest, largest: ModelSpec.learnedPositions)
      }
      code = tape.lookup(layout.positions, in: tape.use(positions))
    } else {
      code = tape.constant(SinusoidalCode.positions(layout, maps: spec.maps))
    }
    let isUniversal = spec.network == .universal
    let stack = LayerStack(
      layers: (0..<spec.layers).map { number in
        { x, tape in
          var x = x
          if isUniversal {
            let step = tape.constant(SinusoidalCode.step(number, maps: spec.maps))
            x = tape.addRow(tape.add(x, 1, code), step)
          }
          return try layers[isUniversal ? 0 : number](
            x,
            number: number,
            layout: layout,
            dropout: dropout,
            on: tape
          )
        }
      }
    )
    let embedded = tape.lookup(input.symbols, in: tape.use(embedding))
    let scaled =
      isUniversal
      ? tape.add(embedded, Self.embeddingScale - 1, embedded)
      : tape.add(code, Self.embeddingScale, embedded)
    return output(norm(try stack(scaled, on: tape), on: tape), on: tape)
  }

  var members: [(name: String, member: Member)] {
    [("embedding", .parameter(embedding))]
      + (positions.map { [(name: "positions", member: .parameter($0))] } ?? [])
      + [
        ("layers", .module(ModuleList(modules: layers))), ("norm", .module(norm)),
        ("output", .module(output)),
      ]
  }

  func depth(levels: Int) -> (layers: Int, kind: String) {
    (spec.layers, "attention layer\(spec.layers == 1 ? "" : "s")")
  }

  func layerRows(levels: Int) -> [LayerRow] {
    let m = spec.maps
    let times = spec.network == .universal ? spec.layers : 1
    let inner = layers.indices.flatMap { layer in
      [
        row("layers.\(layer).attention", times, [m, m]),
        row("layers.\(layer).feedforward", times, [m, 4 * m, m]),
      ]
    }
    return [row("embedding", 1, [spec.inputSymbols, m])]
      + (positions == nil ? [] : [row("positions", 1, [ModelSpec.learnedPositions, m])]) + inner
      + [row("norm", 1, [m, m]), row("output", 1, [m, spec.outputSymbols])]
  }

  /// 24 m² + 4 n m per position and layer, 2 m V per position.
  func operations(_ layout: SequenceLayout) -> Double {
    let m = Double(spec.maps)
    return layout.segments.reduce(0) { sum, segment in
      let layer = 24 * m * m + 4 * Double(segment.length) * m
      return sum + Double(segment.rows)
        * (layer * Double(spec.layers) + 2 * m * Double(spec.outputSymbols))
    }
  }

  var hasLowMemory: Bool { spec.network == .transformer }

  /// A layer keeps 18 m-vectors a position, and the probabilities of its heads: heads · n a position.
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let (m, rows) = (Double(spec.maps), Double(layout.rows))
    let weights = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows) * Double(segment.length) * Double(spec.heads)
    }
    let layer = 18 * m * rows + weights
    let count = spec.layers
    let segment = LayerStack.segmentSize(layers: count)
    let kept =
      isLow
      ? rows * m * Double((count + segment - 1) / segment) + layer * Double(segment)
      : layer * Double(count)
    let scratch = 2 * 256 * Double(layout.segments.first?.length ?? 0)
    let atOnce = rows * (14 * m + 3 * Double(spec.outputSymbols))
    let learned = positions == nil ? 0 : Double(ModelSpec.learnedPositions) * m
    return floatBytes * (kept + atOnce + scratch + learned)
  }

  func passBytes(length: Double, examples: Double) -> Double {
    let m = Double(spec.maps)
    let floats = 15 * m + 2 * Double(spec.outputSymbols) + 4
    return floatBytes * (length * examples * floats + 2 * 256 * length)
  }
}
