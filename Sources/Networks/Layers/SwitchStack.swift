import Autograd
import Tensors

/// A layer of a network: a switch unit on all pairs, and the shuffle behind it.
struct SwitchLayer {
  let unit: ResidualSwitchUnit
  let shuffle: Shuffle
  /// Sequences of log2(n) ≤ level pass unchanged.
  let level: Int
}

/// The switch layers of a network in their order, and what they share in one pass.
struct SwitchStack {
  let layers: [SwitchLayer]
  let layout: SequenceLayout
  let norm: NormAxis
  let dropout: DropoutSource?

  /// All layers; on a tape of low budget in segments of √L layers that keep their input only.
  ///
  /// - Parameter x: consumed, since a long one takes much memory.
  func callAsFunction(_ x: consuming Variable, on tape: Tape) throws -> Variable {
    let isSegmented = tape.isRecording && tape.budget.isLow
    let runs = tape.isRecording ? (isSegmented ? 4 : 3) : 1
    try tape.monitor?.begin(layers: runs * layers.count)
    tape.budget.grow(inputBytes: layers.count * x.value.count * MemoryLayout<Float>.stride)
    guard isSegmented else { return try run(layers.indices, x, on: tape) }
    let size = Self.segmentSize(layers: layers.count)
    for start in stride(from: 0, to: layers.count, by: size) {
      let segment = start..<min(start + size, layers.count)
      x = try tape.segment(x) { tape, x in try run(segment, x, on: tape) }
    }
    return x
  }

  /// Layers of a segment: √L, so that the inputs of segments and those within one are equally many.
  static func segmentSize(layers: Int) -> Int {
    Int(Double(layers).squareRoot().rounded(.up))
  }

  private func run(
    _ range: Range<Int>,
    _ x: consuming Variable,
    on tape: Tape
  ) throws -> Variable {
    for index in range {
      let layer = layers[index]
      x = tape.switchLayer(
        x,
        layout: layout,
        level: layer.level,
        weights: layer.unit.weights,
        norm: norm,
        shuffle: layer.shuffle,
        dropout: dropout?.layer(index)
      )
      try tape.monitor?.advance(layers: 1)
    }
    return x
  }
}
