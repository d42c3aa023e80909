import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let se = NetworkKind(
    "se",
    summary: "the Neural Shuffle-Exchange network before it, with gated switch units",
    about: """
      Wired in the same way, with a gated switch unit: u = x + s∘k for the skip input s from the block before, \
      two resets r = σ(u·R + b + 1/2), the candidate c = tanh of both (u∘r)·C + b, the gate \
      z = σ(u·G + b + 1/2), y = z∘swap(x) + (1-z)∘c. O(n log n). Its released code has a loss of its own and \
      does not limit gradients. "Neural Shuffle-Exchange Networks" (NeurIPS 2019).
      """,
    settings: [.maps, .blocks],
    embedding: .squashed,
    outputBias: .zero,
    releasedTraining: ReleasedTraining(smoothing: 0, loss: .plain, clipping: false),
    releasedNames: { _ in .gated },
    core: { NeuralShuffleExchange($0, using: &$1) }
  )
}

/// The Neural Shuffle-Exchange network: gated switch units, wired as in the residual network, and skip connections from
/// each block to the next.
///
/// The skip input of layer i of a block is the input of layer i of the previous block; that of the last layer is the
/// input of the last block. Symbols are read as tanh(30 · row). "Neural Shuffle-Exchange Networks — Sequence Processing
/// in O(n log n) Time" (NeurIPS 2019).
struct NeuralShuffleExchange: NetworkCore {
  private let maps: Int
  private let blocks: Int
  private let units: SwitchUnits<GatedSwitchUnit>

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    maps = spec.maps
    blocks = spec.blocks
    units = SwitchUnits(BenesWiring(blocks: spec.blocks)) { block in
      let hasSkip = (block ?? spec.blocks - 1) > 0
      return GatedSwitchUnit(maps: spec.maps, hasSkip: hasSkip, using: &values)
    }
  }

  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let columns = units.wiring.columns(levels: layout.levels)
    // The inputs of the previous block's columns; at length 2 a block has none.
    let inBlock = units.wiring.columns(ofBlock: 0, levels: layout.levels).count
    var skips: [Variable?] = Array(repeating: nil, count: inBlock)
    let layers = columns.enumerated().map { number, column in
      let unit = units[column]
      let active = column.level == 0 ? layout : layout.longer(thanLevel: column.level)
      return { (x: Variable, tape: Tape) throws -> Variable in
        let input = tape.leadingRows(x, active.rows)
        let skip = inBlock == 0 ? nil : skips[number % inBlock]
        if inBlock > 0 { skips[number % inBlock] = input }
        var y = unit(input, skip: skip, on: tape)
        if let dropout = dropout?.layer(number) {
          y = tape.dropout(y, layout: active, dropout)
        }
        y = tape.shuffle(y, layout: active, column.shuffle)
        return tape.replaceLeadingRows(of: x, by: y)
      }
    }
    return try LayerStack(layers: layers)(x, isDivisible: false, on: tape)
  }

  var members: [(name: String, member: Member)] { units.members }
  var wiring: BenesWiring? { units.wiring }

  func title(ofLayers count: Int) -> String { "switch layers" }

  /// Returns the layers, of 32 m² operations a pair.
  func layers(levels: Int) -> [CoreLayer] {
    layers(
      of: units.wiring,
      levels: levels,
      widths: [2 * maps, 2 * maps],
      operations: 16 * Double(maps * maps)
    )
  }

  var hasLowMemory: Bool { false }

  /// A layer keeps its input, the sum with the skip, both resets and their results, the gate, the candidate and the
  /// exchanged input: nine m-vectors per position, and some smaller values.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(maps)
    let layers = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows) * Double(units.wiring.columns(levels: segment.levels).count)
    }
    return 9.5 * m * layers + 12 * m * Double(layout.rows)
  }

  /// A pass holds the inputs of a block for the next one.
  func passFloats(length: Double, examples: Double) -> Double {
    let held = blocks > 1 ? 2 * (Real.log2(length) - 1) : 0
    return length * examples * Double(maps) * (held + 10)
  }
}
