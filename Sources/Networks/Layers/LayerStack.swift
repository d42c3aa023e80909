import Autograd
import Tensors

/// The layers of a network in order, each from [T, m] to [T, m].
struct LayerStack {
  let layers: [(Variable, Tape) throws -> Variable]

  /// Runs all layers; on a low-budget tape in segments of √L layers that only keep their input.
  ///
  /// - Parameters:
  ///   - x: consumed, since a long one takes much memory.
  ///   - isDivisible: true if the layers need nothing of each other but their results.
  func callAsFunction(
    _ x: consuming Variable,
    isDivisible: Bool = true,
    on tape: Tape
  ) throws -> Variable {
    let isSegmented = isDivisible && tape.isRecording && tape.budget.isLow
    let runs = tape.isRecording ? (isSegmented ? 4 : 3) : 1
    try tape.monitor?.begin(layers: runs * layers.count)
    tape.budget.grow(inputBytes: layers.count * x.value.count * MemoryLayout<Float>.stride)
    tape.probe?.observe(x.value)
    guard isSegmented else { return try run(layers.indices, x, on: tape) }
    let size = Self.segmentSize(layers: layers.count)
    for start in stride(from: 0, to: layers.count, by: size) {
      let segment = start..<min(start + size, layers.count)
      x = try tape.segment(x) { tape, x in try run(segment, x, on: tape) }
    }
    return x
  }

  /// Returns the number of layers in a segment: √L, so that there are as many segments as layers within one.
  static func segmentSize(layers: Int) -> Int {
    Int(Double(layers).squareRoot().rounded(.up))
  }

  private func run(
    _ range: Range<Int>,
    _ x: consuming Variable,
    on tape: Tape
  ) throws -> Variable {
    for index in range {
      x = tape.mark(try layers[index](x, tape), layers: 2)
      tape.probe?.observe(x.value)
      try tape.monitor?.advance(layers: 1)
    }
    return x
  }
}
