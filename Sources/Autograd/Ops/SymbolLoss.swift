import Tensors

/// What the loss of the symbol tasks reports beside its value.
package struct SymbolLossResult {
  /// The mean over the segments of the mean over their examples.
  package let loss: Variable
  /// The loss of every example, in the order of the layout.
  package let exampleLosses: [Double]
  /// The most likely symbol at each position.
  package let predictions: [Int32]
}

extension Tape {
  /// The released loss of symbol tasks: label-smoothed softmax cross-entropy minus its attainable minimum,
  /// positions whose label is blank (0) weighing less.
  ///
  /// With smoothing s, C classes, q = s/(C−1): target 1−s on the label and q elsewhere; subtracted
  /// minimum −[(1−s) ln(1−s) + (C−1) q ln(q + 1e-20)]; weights 1 or `blankWeight`, divided by their mean
  /// over the positions of the example.
  ///
  /// - Parameters:
  ///   - logits: [T, C].
  ///   - labels: T numbers in 0 ..< C.
  package func symbolLoss(
    _ logits: Variable,
    labels: [Int32],
    layout: SequenceLayout,
    smoothing: Float,
    blankWeight: Float = 0.01
  ) -> SymbolLossResult {
    let classes = logits.shape[1]
    precondition(logits.shape[0] == layout.rows && labels.count == layout.rows, "a label each")
    precondition(labels.allSatisfy { $0 >= 0 && Int($0) < classes }, "labels below \(classes)")
    let examples = ExampleTable(layout)
    let segments = Float(layout.segments.count)
    var losses = [Double](repeating: 0, count: examples.count)
    var predictions = [Int32](repeating: 0, count: layout.rows)
    var dLogits = isRecording ? Tensor(zeros: logits.shape) : nil

    func evaluate(into gradient: UnsafeMutablePointer<Float>?) {
      logits.value.withPointer { logits in
        losses.withUnsafeMutableBufferPointer { losses in
          predictions.withUnsafeMutableBufferPointer { predictions in
            guard let losses = losses.baseAddress, let predictions = predictions.baseAddress
            else { return }
            labels.withUnsafeBufferPointer { labels in
              guard let labels = labels.baseAddress else { return }
              WorkerPool.shared.run(parts: examples.count) { index in
                let example = examples[index]
                losses[index] = kernels.symbol_loss(
                  example.length,
                  classes,
                  logits + example.firstRow * classes,
                  labels + example.firstRow,
                  smoothing,
                  blankWeight,
                  1 / (Float(example.batch) * segments),
                  gradient.map { $0 + example.firstRow * classes },
                  predictions + example.firstRow
                )
              }
            }
          }
        }
      }
    }
    if dLogits != nil {
      dLogits?.withMutablePointer { evaluate(into: $0) }
    } else {
      evaluate(into: nil)
    }

    var first = 0
    var total = 0.0
    for segment in layout.segments {
      total += losses[first..<first + segment.batch].reduce(0, +) / Double(segment.batch)
      first += segment.batch
    }
    let loss = Tensor([Float(total / Double(segments))], [])
    let variable = record(loss) { [dLogits] gradient, gradients in
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
    let batch: Int
  }

  private let examples: [Example]

  init(_ layout: SequenceLayout) {
    examples = layout.segments.flatMap { segment in
      (0..<segment.batch).map {
        Example(
          firstRow: segment.firstRow + $0 * segment.length,
          length: segment.length,
          batch: segment.batch
        )
      }
    }
  }

  var count: Int { examples.count }

  subscript(index: Int) -> Example { examples[index] }
}
