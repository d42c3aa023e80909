import Autograd
import Tensors
import Wiring

extension ResidualShuffleExchange {
  package var wiring: BenesWiring? { units.wiring }

  /// Of audio, 2^levels values are read, which the convolutions halve.
  package func switchColumns(levels: Int) -> [SwitchColumn] {
    units.wiring.columns(levels: levels - spec.halvings)
  }

  /// The number of switch layers for 2^levels positions behind the convolutions.
  private func switchLayers(levels: Int) -> Int { units.wiring.columns(levels: levels).count }

  package func depth(levels: Int) -> (layers: Int, kind: String) {
    (switchColumns(levels: levels).count, "switch layers")
  }

  /// A switch unit reads and writes pairs of positions.
  package func layerRows(levels: Int) -> [LayerRow] {
    let maps = spec.maps
    let pair = [2 * maps, 4 * maps, 2 * maps]
    let rows =
      inputRows + rows(of: units.wiring, levels: levels - spec.halvings, widths: pair)
      + [row("output", 1, [maps, spec.outputSymbols])]
    return calibration == nil ? rows : rows + [row("calibration", 1, [spec.outputSymbols])]
  }

  private var inputRows: [LayerRow] {
    guard spec.input == .audio else {
      let name = [.symbols: "embedding", .words: "words"][spec.input, default: "front.last"]
      return [row(name, 1, [spec.inputSymbols, spec.maps])]
    }
    let widths = AudioFrontEnd.widths(maps: spec.maps, convolutions: spec.convolutions)
    return (0..<spec.convolutions).map { index in
      row("front.convolutions.\(index)", 1, [4 * widths[index], widths[index + 1]])
    } + [row("front.last", 1, [widths[spec.convolutions], spec.maps])]
  }

  /// 32 m² per pair and switch layer, 2 m V per position.
  package func operations(_ layout: SequenceLayout) -> Double {
    let m = Double(spec.maps)
    let front = frontProducts.reduce(0) { $0 + 2 * Double(layout.rows) * $1.share * $1.weights }
    return spec.positions(of: layout).segments.reduce(front) { sum, segment in
      let layers = Double(switchLayers(levels: segment.levels))
      return sum + Double(segment.rows)
        * (16 * m * m * layers + 2 * m * Double(spec.outputSymbols))
    }
  }

  /// The products over audio or vectors: rows per value that is read, values that a row gives, and weights.
  private var frontProducts: [(share: Double, outputs: Double, weights: Double)] {
    guard spec.input != .symbols else { return [] }
    let rows = inputRows
    return rows.enumerated().map { index, row in
      let share = 1 / Double(1 << min(index + 1, spec.halvings))
      let outputs = row.widths[1]
      return (share, Double(outputs), Double(row.widths[0] * outputs))
    }
  }

  /// Floats that the convolutions keep per value that is read: windows, norm and gelu of each.
  private var frontFloats: Double {
    frontProducts.reduce(0) { $0 + $1.share * ($1.weights / $1.outputs + 3 * $1.outputs) }
  }

  package var hasLowMemory: Bool { true }

  package func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(spec.maps)
    let front = floatBytes * Double(layout.rows) * frontFloats
    let layout = spec.positions(of: layout)
    let positions = Double(layout.rows)
    let layers = switchLayers(levels: layout.levels)
    let channels = Double(SwitchLayerSizes.channels(maps: spec.maps))
    let norm = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows / 2) * Double(switchLayers(levels: segment.levels))
    }
    let segment = LayerStack.segmentSize(layers: layers)
    let inputs = isLow ? (layers + segment - 1) / segment + segment : layers
    let inputBytes = floatBytes * Double(layout.rows * spec.maps * layers)
    let kept = ActivationBudget.usual(inputBytes: inputBytes)
    let normBytes = isLow ? 0 : min(kept, floatBytes * channels * norm)
    let slab = Double(SwitchLayerSizes.slabPairs(layout)) * (2 * m + 3 * channels)
    // The weights are held packed for the passes, too.
    let floats =
      positions * (m * Double(inputs + 4) + 3 * Double(spec.outputSymbols)) + slab
      + 1.2 * Double(parameterCount)
    return floatBytes * floats + normBytes + front
  }

  package func passBytes(length: Double, examples: Double) -> Double {
    let m = Double(spec.maps)
    let front = floatBytes * length * examples * frontFloats
    let length = length / Double(1 << spec.halvings)
    let channels = Double(SwitchLayerSizes.channels(maps: spec.maps))
    let norm = floatBytes * length / 2 * examples * channels
    let held =
      length > Double(SwitchLayerSizes.longestUndivided)
      ? min(Double(ActivationBudget.usualHeld), norm) : 0
    let floats =
      length * examples * (2 * m + 2 * Double(spec.outputSymbols) + 4)
      + 1.25 * Double(parameterCount)
    return max(front, held + floatBytes * floats)
  }
}
