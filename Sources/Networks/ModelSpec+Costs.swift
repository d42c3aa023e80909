import Autograd
import Tensors

extension ModelSpec {
  /// Floating-point operations of the matrix products of one forward pass: 32 m² per pair and switch layer,
  /// 2 m V per position. A training step has three times as many.
  package func operations(_ sizes: [(length: Int, batch: Int)]) -> Double {
    let m = Double(maps)
    return sizes.reduce(0) { sum, size in
      let positions = Double(size.length) * Double(size.batch)
      let layers = Double(switchLayers(levels: size.length.trailingZeroBitCount))
      return sum + positions * (16 * m * m * layers + 2 * m * Double(outputSymbols))
    }
  }

  /// Bytes of values, gradients and the optimizer's two moments.
  package var trainingStateBytes: Double { 4 * floatBytes * Double(parameterCount) }

  /// Bytes that a training step keeps at most beside the inputs of its layers.
  package func keptBytes(_ layout: SequenceLayout) -> Double {
    let inputs = Double(layout.rows * maps * switchLayers(levels: layout.levels))
    return ActivationBudget.usual(inputBytes: floatBytes * inputs)
  }

  /// Bytes that training at these sizes takes at most, roughly: what the passes hold at their peak.
  package func trainingBytes(_ sizes: [(length: Int, batch: Int)], isLow: Bool) -> Double {
    let m = Double(maps)
    let layout = SequenceLayout(sizes)
    let positions = Double(layout.rows)
    let layers = switchLayers(levels: layout.levels)
    let channels = Double(SwitchLayerSizes.channels(maps: maps))
    let norm = sizes.reduce(0.0) { sum, size in
      let levels = size.length.trailingZeroBitCount
      return sum + Double(size.length / 2 * size.batch * switchLayers(levels: levels))
    }
    let segment = SwitchStack.segmentSize(layers: layers)
    let inputs = isLow ? (layers + segment - 1) / segment + segment : layers
    let normBytes = isLow ? 0 : min(keptBytes(layout), floatBytes * channels * norm)
    let slab = Double(SwitchLayerSizes.slabPairs(layout)) * (2 * m + 3 * channels)
    let floats =
      positions * (m * Double(inputs + 4) + 3 * Double(outputSymbols)) + slab
      + 1.3 * 4 * Double(parameterCount)
    return programBytes + floatBytes * floats + normBytes
  }

  /// Bytes that a forward pass over examples of that length takes at most, roughly.
  package func forwardBytes(length: Double, examples: Double) -> Double {
    let m = Double(maps)
    let norm = floatBytes * length / 2 * examples * Double(SwitchLayerSizes.channels(maps: maps))
    let held =
      length > Double(SwitchLayerSizes.longestUndivided)
      ? min(Double(ActivationBudget.usualHeld), norm) : 0
    let floats =
      length * examples * (2 * m + 2 * Double(outputSymbols) + 4) + 1.25 * Double(parameterCount)
    return programBytes + trainingStateBytes + held + floatBytes * floats
  }
}

private let floatBytes = 4.0
/// The program and its libraries before anything is allocated.
private let programBytes = 30e6
