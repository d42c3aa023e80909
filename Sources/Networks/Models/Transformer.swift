import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let transformer = NetworkKind(
    "transformer",
    summary: "the encoder of a transformer, in which all positions see each other",
    about: """
      `layers` times x + attention(norm(x)), then x + W2·gelu(W1·norm(x)), 4 `maps` wide inside; attention \
      is softmax(q·k/√d)·v in `heads` heads over all positions. Blanks are symbols like others. O(n²). \
      "Attention Is All You Need" (NeurIPS 2017), with the norms of "On Layer Normalization in the \
      Transformer Architecture" (ICML 2020).
      """,
    settings: [.maps, .layers, .heads, .positions],
    flaw: Transformer.flaw,
    core: { Transformer($0, isUniversal: false, using: &$1) }
  )

  package static let universal = NetworkKind(
    "universal",
    summary: "a universal transformer, whose one layer is applied several times",
    about: """
      One layer of a transformer, applied `layers` times; before each, the codes of the position and of the \
      step are added. O(n²). "Universal Transformers" (ICLR 2019). With `halting=on` each position has a \
      probability p = σ(w·x + b) of ending at each step and ends when they add up to 0.99; its result is \
      p∘state + (1-p)∘result over its steps, with what is left up to 1 for p at its last. What is left counts \
      0.01 in what training minimises, not in the loss that it shows: "Adaptive Computation Time for Recurrent \
      Neural Networks" (2016).
      """,
    settings: [.maps, .layers, .heads, .halting],
    flaw: Transformer.flaw,
    core: { Transformer($0, isUniversal: true, using: &$1) }
  )
}

/// The encoder of a transformer, or of a universal transformer.
///
/// The transformer has `layers` layers and adds the position code to its input. The universal one applies a single
/// layer `layers` times and adds the codes of positions and of the step before each; all positions take equally many
/// steps, or each decides how many.
/// Blanks are ordinary symbols, as in the other networks. O(n²). "Attention Is All You Need" (NeurIPS 2017), "Universal
/// Transformers" (ICLR 2019).
struct Transformer: NetworkCore {
  private let maps: Int
  private let heads: Int
  /// The number of layers that a sequence passes.
  private let count: Int
  private let isUniversal: Bool
  /// The vectors of the first positions, if they are learned.
  private let positions: Parameter?
  private let layers: [EncoderLayer]
  private let norm: LayerNorm
  /// The module that decides how many times the layer is applied at a position; nil for `count` times.
  private let halting: AdaptiveHalting?

  /// The factor that scales the input to the size of the position code.
  private static let inputScale: Float = 4

  init(_ spec: ModelSpec, isUniversal: Bool, using values: inout InitialValues) {
    maps = spec.maps
    heads = spec.heads
    count = spec.layers
    self.isUniversal = isUniversal
    positions =
      !isUniversal && spec.positions == .learned
      ? values.table(ModelSpec.learnedPositions, spec.maps) : nil
    var layers: [EncoderLayer] = []
    for _ in 0..<(isUniversal ? 1 : spec.layers) {
      layers.append(EncoderLayer(maps: spec.maps, heads: spec.heads, using: &values))
    }
    self.layers = layers
    norm = LayerNorm(maps: spec.maps, using: &values)
    halting =
      isUniversal && spec.halting ? AdaptiveHalting(maps: spec.maps, using: &values) : nil
  }

  static func flaw(_ spec: ModelSpec) -> ModelFlaw? {
    spec.maps.isMultiple(of: spec.heads)
      ? nil
      : ModelFlaw(
        "heads=\(spec.heads) does not divide maps=\(spec.maps)",
        remedy: "choose a divisor: each head has maps / heads of the maps"
      )
  }

  func callAsFunction(
    _ x: consuming Variable,
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
      code = tape.constant(SinusoidalCode.positions(layout, maps: maps))
    }
    func coded(_ x: Variable, step: Int, on tape: Tape) -> Variable {
      guard isUniversal else { return x }
      let step = tape.constant(SinusoidalCode.step(step, maps: maps))
      return tape.addRow(tape.add(x, 1, code), step)
    }
    func layer(_ x: Variable, number: Int, on tape: Tape) throws -> Variable {
      try layers[isUniversal ? 0 : number](
        x,
        number: number,
        layout: layout,
        dropout: dropout,
        on: tape
      )
    }
    let scaled =
      isUniversal ? tape.add(x, Self.inputScale - 1, x) : tape.add(code, Self.inputScale, x)
    if let halting {
      let result = try halting(
        scaled,
        steps: count,
        on: tape,
        prepare: { coded($0, step: $1, on: tape) },
        transform: { try layer($0, number: $1, on: tape) }
      )
      return norm(result, on: tape)
    }
    let stack = LayerStack(
      layers: (0..<count).map { number in
        { x, tape in
          try layer(coded(x, step: number, on: tape), number: number, on: tape)
        }
      }
    )
    return norm(try stack(scaled, on: tape), on: tape)
  }

  func title(ofLayers count: Int) -> String { "attention layer\(count == 1 ? "" : "s")" }

  /// Returns the layers: 8 m² + 4 n m operations a position for attention, 16 m² for the products after it.
  func layers(levels: Int) -> [CoreLayer] {
    let m = Double(maps)
    let times = isUniversal ? count : 1
    let inner = layers.indices.flatMap { layer in
      [
        CoreLayer(
          "layers.\(layer).attention",
          count: times,
          widths: [maps, maps],
          operations: 8 * m * m + 4 * Double(1 << levels) * m
        ),
        CoreLayer(
          "layers.\(layer).feedforward",
          count: times,
          widths: [maps, 4 * maps, maps],
          operations: 16 * m * m,
          isCounted: false
        ),
      ]
    }
    let learned = CoreLayer(
      "positions",
      widths: [ModelSpec.learnedPositions, maps],
      isCounted: false
    )
    let decision = CoreLayer(
      "halting.probability",
      count: count,
      widths: [maps, 1],
      isCounted: false
    )
    return (positions == nil ? [] : [learned]) + inner
      + [CoreLayer("norm", widths: [maps, maps], isCounted: false)]
      + (halting == nil ? [] : [decision])
  }

  var hasLowMemory: Bool { !isUniversal }

  /// A layer keeps 18 m-vectors a position, and the probabilities of its heads: heads · n a position. Halting keeps six
  /// more m-vectors a step.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let (m, rows) = (Double(maps), Double(layout.rows))
    let weights = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows) * Double(segment.length) * Double(heads)
    }
    let kept = keptFloats(
      layers: count,
      layer: (halting == nil ? 18 : 24) * m * rows + weights,
      input: rows * m,
      isLow: isLow
    )
    let scratch = 2 * 256 * Double(layout.segments.first?.length ?? 0)
    let learned = positions == nil ? 0 : Double(ModelSpec.learnedPositions) * m
    return kept + 14 * m * rows + scratch + learned
  }

  func passFloats(length: Double, examples: Double) -> Double {
    length * examples * 15 * Double(maps) + 2 * 256 * length
  }
}
