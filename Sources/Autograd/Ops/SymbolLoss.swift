import Tensors

/// The symbol loss and the values reported with it.
package struct SymbolLossResult {
  /// The weighted sum of the examples' losses.
  package let loss: Variable
  /// The loss of every example, in the order of the layout.
  package let exampleLosses: [Double]
  /// The most likely symbol at each position.
  package let predictions: [Int32]
}

/// The smoothing and averaging of the symbols' cross-entropy.
package enum SymbolLossForm: String, CaseIterable, Sendable {
  /// The loss of the residual network's code. Target 1−s on the label and q = s/(C−1) on the other classes; the
  /// attainable minimum −[(1−s) ln(1−s) + (C−1) q ln(q + 1e-20)] is subtracted; positions whose label is blank weigh
  /// 0.01, the others 1, divided by the mean weight of the example's positions.
  case weighted
  /// The loss of the gated network's code. Target 1−s+s/C on the label and s/C on the other classes; all positions
  /// weigh the same, nothing is subtracted.
  case plain

  fileprivate var blankWeight: Float { self == .weighted ? 0.01 : 1 }

  /// Returns the share of the target outside the label.
  fileprivate func beside(smoothing: Float, classes: Int) -> Float {
    self == .weighted ? smoothing : smoothing * Float(classes - 1) / Float(classes)
  }

  /// Returns the constant added to the excess over the minimum.
  fileprivate func floor(smoothing: Float, classes: Int) -> Double {
    guard self == .plain, smoothing > 0 else { return 0 }
    let beside = Double(self.beside(smoothing: smoothing, classes: classes))
    let each = beside / Double(classes - 1)
    return -((1 - beside) * Real.log(1 - beside) + beside * Real.log(each + 1e-20))
  }
}

extension Tape {
  /// Returns the label-smoothed softmax cross-entropy.
  ///
  /// - Parameters:
  ///   - logits: [T, C].
  ///   - labels: T numbers in 0 ..< C.
  ///   - weights: the weight of an example of each segment in the loss; if nil, the loss is the mean over the segments
  ///     of the means over their examples.
  ///   - smoothing: s.
  package func symbolLoss(
    _ logits: Variable,
    labels: [Int32],
    layout: SequenceLayout,
    weights: [Double]? = nil,
    smoothing: Float,
    form: SymbolLossForm = .weighted
  ) -> SymbolLossResult {
    let classes = logits.shape[1]
    let beside = form.beside(smoothing: smoothing, classes: classes)
    let floor = form.floor(smoothing: smoothing, classes: classes)
    precondition(logits.shape[0] == layout.rows && labels.count == layout.rows, "a label each")
    precondition(labels.allSatisfy { $0 >= 0 && Int($0) < classes }, "labels below \(classes)")
    let examples = ExampleTable(layout, weights: weights)
    var losses = [Double](repeating: 0, count: examples.count)
    var predictions = [Int32](repeating: 0, count: layout.rows)
    var dLogits = isRecording ? Tensor(zeros: logits.shape) : nil

    func evaluate(
      into gradient: UnsafeMutablePointer<Float>?,
      _ labels: UnsafePointer<Int32>,
      _ losses: UnsafeMutablePointer<Double>,
      _ predictions: UnsafeMutablePointer<Int32>
    ) {
      logits.value.withPointer { logits in
        WorkerPool.shared.run(parts: examples.count) { index in
          let example = examples[index]
          losses[index] = kernels.symbol_loss(
            .init(
              positions: example.length,
              classes: classes,
              logits: logits + example.firstRow * classes,
              labels: labels + example.firstRow,
              smoothing: beside,
              blank_weight: form.blankWeight,
              scale: Float(example.weight),
              d_logits: gradient.map { $0 + example.firstRow * classes },
              predictions: predictions + example.firstRow
            )
          )
        }
      }
    }
    dLogits.withMutablePointer { evaluate(into: $0, labels, &losses, &predictions) }
    if floor != 0 { losses = losses.map { $0 + floor } }

    let variable = record(examples.scalar(losses)) { [dLogits] gradient, gradients in
      guard var dLogits else { return }
      let factor = gradient.scalar
      if factor != 1 {
        dLogits.withMutablePointer { for i in 0..<layout.rows * classes { $0[i] *= factor } }
      }
      gradients.add(dLogits, to: logits)
    }
    return SymbolLossResult(loss: variable, exampleLosses: losses, predictions: predictions)
  }
}

/// The examples of a layout, numbered through all segments.
struct ExampleTable {
  struct Example {
    let firstRow: Int
    let length: Int
    /// The example's weight in the loss.
    let weight: Double
  }

  private let examples: [Example]

  /// - Parameter weights: the weights of the examples of each segment; the layout's `exampleWeights` if nil.
  init(_ layout: SequenceLayout, weights: [Double]? = nil) {
    let weights = weights ?? layout.exampleWeights
    precondition(weights.count == layout.segments.count, "a weight for each segment")
    examples = zip(layout.segments, weights).flatMap { segment, weight in
      (0..<segment.batch).map {
        Example(
          firstRow: segment.firstRow + $0 * segment.length,
          length: segment.length,
          weight: weight
        )
      }
    }
  }

  /// Creates a table of sequences of any lengths, one after another.
  init(lengths: [Int]) {
    var row = 0
    examples = lengths.map { length in
      defer { row += length }
      return Example(firstRow: row, length: length, weight: 0)
    }
  }

  var count: Int { examples.count }

  subscript(index: Int) -> Example { examples[index] }

  /// Returns the weighted sum of the examples' losses.
  func scalar(_ losses: [Double]) -> Tensor {
    Tensor([Float(zip(examples, losses).reduce(0) { $0 + $1.0.weight * $1.1 })], [])
  }
}
