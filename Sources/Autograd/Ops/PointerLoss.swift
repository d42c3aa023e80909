import Tensors

/// The pointer loss and the values reported with it.
package struct PointerLossResult {
  /// The weighted sum of the examples' losses.
  package let loss: Variable
  /// The loss of every example, in the order of the layout.
  package let exampleLosses: [Double]
  /// The position of the highest score of every example, the first if there are ties.
  package let best: [Int32]
  /// True for every example whose best position is an answer.
  package let isRight: [Bool]
}

extension Tape {
  /// Returns the softmax cross-entropy over the positions of each example, including blanks.
  ///
  /// The score of a position is its logit of the class `PointerLabel.answer`; the other logits are not used. Target: 1
  /// − s evenly on the answers, s evenly on all positions. An example without an answer only has the part of s.
  ///
  /// - Parameters:
  ///   - logits: [T, C].
  ///   - labels: T values of `PointerLabel`.
  ///   - weights: the weight of an example of each segment in the loss; if nil, the loss is the mean over the segments
  ///     of the means over their examples.
  ///   - smoothing: s.
  package func pointerLoss(
    _ logits: Variable,
    labels: [Int32],
    layout: SequenceLayout,
    weights: [Double]? = nil,
    smoothing: Float
  ) -> PointerLossResult {
    let classes = logits.shape[1]
    precondition(logits.shape[0] == layout.rows && labels.count == layout.rows, "a label each")
    precondition(classes > Int(PointerLabel.answer), "\(classes) logits at each position")
    let examples = ExampleTable(layout, weights: weights)
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
                scale: Float(example.weight),
                d_logits: gradient.map { $0 + example.firstRow * classes },
                best: best
              )
            )
          }
        }
      }
    }
    dLogits.withMutablePointer { evaluate(into: $0, labels) }

    let isRight = best.enumerated().map { index, position in
      labels[examples[index].firstRow + Int(position)] == PointerLabel.answer
    }
    let variable = record(examples.scalar(losses)) { [dLogits] gradient, gradients in
      precondition(gradient.scalar == 1, "the loss is where the backward pass begins")
      if let dLogits { gradients.add(dLogits, to: logits) }
    }
    return PointerLossResult(loss: variable, exampleLosses: losses, best: best, isRight: isRight)
  }
}
