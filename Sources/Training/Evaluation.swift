import Autograd
import Networks
import Tasks
import Tensors

/// An evaluation of models on examples, without training.
package struct Evaluation {
  private let model: any SequenceModel
  private let monitor: PassMonitor?

  /// The maximum number of positions per forward pass (at least one example).
  package static let positionsPerPass = 1 << 15

  package init(model: any SequenceModel, monitor: PassMonitor? = nil) {
    self.model = model
    self.monitor = monitor
  }

  /// Returns the most likely symbols for examples padded to `length`, in order.
  package func predictions(for inputs: [[Int32]], length: Int) throws -> [[Int32]] {
    var result: [[Int32]] = []
    let perPass = max(1, Self.positionsPerPass / length)
    for start in stride(from: 0, to: inputs.count, by: perPass) {
      let part = inputs[start..<min(start + perPass, inputs.count)]
      let batch = Batch([length: part.map { Example(input: $0, target: []) }])
      let logits = try model.forward(batch, monitor: monitor).logits
      let symbols = logits.value.largestColumns
      for example in 0..<part.count {
        result.append(Array(symbols[example * length..<(example + 1) * length]))
      }
    }
    return result
  }

  /// Returns the accuracy that training reports (see `trainingAccuracy`) over examples padded to `length`.
  package func trainingAccuracy(_ examples: [Example], length: Int) throws -> Double {
    let predictions = try predictions(for: examples.map(\.input), length: length)
    let batch = Batch([length: examples])
    return Training.trainingAccuracy(
      labels: batch.labels,
      predictions: predictions.flatMap { $0 },
      layout: batch.layout
    )
  }
}

extension Tensor {
  /// The index of the largest value of each row of [r, c]: for logits the most likely symbols.
  var largestColumns: [Int32] {
    [Int32](unsafeUninitializedCapacity: shape[0]) { buffer, count in
      count = shape[0]
      guard let out = buffer.baseAddress else { return }
      withPointer { kernels.argmax(shape[0], shape[1], $0, out) }
    }
  }
}
