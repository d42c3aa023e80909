import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let rse = NetworkKind(
    "rse",
    summary: "the Residual Shuffle-Exchange network",
    about: """
      `blocks` Beneš blocks of 2 (log2 n - 1) switch layers for sequences of length n, and a last switch \
      layer, each on all pairs x of neighbouring positions: h = norm(x·W1), c = gelu(h)·W2 + b, \
      y = σ(2r)∘x + 0.109 c. The positions are shuffled between the layers. O(n log n). "Residual \
      Shuffle-Exchange Networks for Fast Processing of Long Sequences" (AAAI 2021).
      """,
    settings: [.maps, .blocks, .tying, .norm],
    releasedNames: ReleasedNames.residual,
    core: { ResidualShuffleExchange($0, using: &$1) }
  )
}

/// The Residual Shuffle-Exchange network: Beneš blocks and a last switch layer.
///
/// Sequences of any power-of-two length n ≥ 2 pass through the columns of switches of a `BenesWiring`, at a cost of
/// O(n log n). "Residual Shuffle-Exchange Networks for Fast Processing of Long Sequences" (AAAI 2021).
struct ResidualShuffleExchange: NetworkCore {
  private let maps: Int
  private let norm: NormAxis
  private let units: SwitchUnits<ResidualSwitchUnit>

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    maps = spec.maps
    norm = spec.norm
    units = SwitchUnits(BenesWiring(blocks: spec.blocks, tying: spec.tying)) { _ in
      ResidualSwitchUnit(maps: spec.maps, using: &values)
    }
  }

  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let stack = LayerStack(
      layers: units.wiring.columns(levels: layout.levels).enumerated().map { number, column in
        let weights = units[column].weights
        return { x, tape in
          tape.switchLayer(
            x,
            layout: layout,
            level: column.level,
            weights: weights,
            norm: norm,
            shuffle: column.shuffle,
            dropout: dropout?.layer(number)
          )
        }
      }
    )
    return try stack(x, on: tape)
  }

  var members: [(name: String, member: Member)] { units.members }
  var wiring: BenesWiring? { units.wiring }

  func title(ofLayers count: Int) -> String { "switch layers" }

  /// Returns the layers: a switch unit reads and writes pairs of positions, 32 m² operations a pair.
  func layers(levels: Int) -> [CoreLayer] {
    layers(
      of: units.wiring,
      levels: levels,
      widths: [2 * maps, 4 * maps, 2 * maps],
      operations: 16 * Double(maps * maps)
    )
  }

  /// Returns the number of switch layers for 2^levels positions.
  private func count(levels: Int) -> Int { units.wiring.columns(levels: levels).count }

  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let (m, positions) = (Double(maps), Double(layout.rows))
    let layers = count(levels: layout.levels)
    let channels = Double(SwitchLayerSizes.channels(maps: maps))
    let norm = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows / 2) * Double(count(levels: segment.levels))
    }
    let segment = LayerStack.segmentSize(layers: layers)
    let inputs = isLow ? (layers + segment - 1) / segment + segment : layers
    let inputBytes = floatBytes * Double(layout.rows * maps * layers)
    let kept = ActivationBudget.usual(inputBytes: inputBytes) / floatBytes
    let normFloats = isLow ? 0 : min(kept, channels * norm)
    let slab = Double(SwitchLayerSizes.slabPairs(layout)) * (2 * m + 3 * channels)
    // The packed weights are held for the passes as well.
    return positions * m * Double(inputs + 4) + slab + 1.2 * Double(parameterCount) + normFloats
  }

  func passFloats(length: Double, examples: Double) -> Double {
    let norm = length / 2 * examples * Double(SwitchLayerSizes.channels(maps: maps))
    let held =
      length > Double(SwitchLayerSizes.longestUndivided)
      ? min(Double(ActivationBudget.usualHeld) / floatBytes, norm) : 0
    return held + length * examples * 2 * Double(maps) + 1.25 * Double(parameterCount)
  }
}
