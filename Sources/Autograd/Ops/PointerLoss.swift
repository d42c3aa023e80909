import Tensors

/// What the loss of pointing reports beside its value.
package struct PointerLossResult {
  /// The mean over the segments of the mean over their examples.
  package let loss: Variable
  /// The loss of every example, in the order of the layout.
  package let exampleLosses: [Double]
  /// The position of the highest score of every example, the first of equals.
  package let best: [Int32]
  /// The share of examples whose best position is an answer, mean over the segments.
  package let accuracy: Double
}

extension Tape {
  /// Softmax cross-entropy over the positions of each example, blanks among them.
  ///
  /// The score of a position is its logit of the class `PointerLabel.answer`; the other logits are not used. Target:
  /// 1 − s evenly on the answers, s evenly on all positions. An example without an answer has no more than the
  /// part of s.
  ///
  /// - Parameters:
  ///   - logits: [T, C].
  ///   - labels: T of `PointerLabel`.
  ///   - smoothing: s.
  package func pointerLoss(
    _ logits: Variable,
    labels: [Int32],
    layout: SequenceLayout,
    smoothing: Float
  ) -> PointerLossResult {
    let classes = logits.shape[1]
    precondition(logits.shape[0] == layout.rows && labels.count == layout.rows, "a label each")
    precondition(classes > Int(PointerLabel.answer), "\(classes) logits at each position")
    let examples = ExampleTable(layout)
    let segments = Double(layout.segments.count)
    var losses = [Double](repeating: 0, count: examples.count)
    var best = [Int32](repeating: 0, count: examples.count)
    var dLogits = isRecording ? Tensor(zeros: logits.shape) : nil

    func evaluate(into gradient: UnsafeMutablePointer<Float>?, _ labels: UnsafePointer<Int32>) {
      logits.value.withPointer { logits in
        for index in 0..<examples.count {
          let example = examples[index]
          losses[index] = withUnsafeMutablePointer(to: &best[index]) { best in
            kernels.pointer_loss(
              .init(
                positions: example.length,
                classes: classes,
                scored: Int(PointerLabel.answer),
                logits: logits + example.firstRow * classes,
                labels: labels + example.firstRow,
                smoothing: smoothing,
                scale: Float(1 / (Double(example.batch) * segments)),
                d_logits: gradient.map { $0 + example.firstRow * classes },
                best: best
              )
            )
          }
        }
      }
    }
    dLogits.withMutablePointer { evaluate(into: $0, labels) }

    var first = 0
    var (total, right) = (0.0, 0.0)
    for segment in layout.segments {
      let own = first..<first + segment.batch
      let count = Double(segment.batch) * segments
      total += losses[own].reduce(0, +) / count
      let found = own.filter { index in
        labels[examples[index].firstRow + Int(best[index])] == PointerLabel.answer
      }
      right += Double(found.count) / count
      first = own.upperBound
    }
    let variable = record(Tensor([Float(total)], [])) { [dLogits] gradient, gradients in
      precondition(gradient.scalar == 1, "the loss is where the backward pass begins")
      if let dLogits { gradients.add(dLogits, to: logits) }
    }
    return PointerLossResult(loss: variable, exampleLosses: losses, best: best, accuracy: right)
  }
}
