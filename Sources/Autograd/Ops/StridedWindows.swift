import Tensors

extension Tape {
  /// Returns windows of width 4 at every second position, [T, c] → [T / 2, 4c].
  ///
  /// Window j of an example holds its positions 2j − 1 … 2j + 2, zeros outside. A product with [4c, k] then is a
  /// convolution of width 4 and stride 2 with "same" padding.
  ///
  /// - Parameter layout: the layout of x, with lengths of 4 and more.
  package func stridedWindows(_ x: Variable, layout: SequenceLayout) -> Variable {
    let channels = x.shape[1]
    precondition(x.shape[0] == layout.rows, "\(x.shape)")
    let operand = x.operand
    let examples = ExampleTable(layout)
    let value = Tensor([layout.rows / 2, 4 * channels], reading: x.value) { out, x in
      WorkerPool.shared.run(parts: examples.count) { index in
        let example = examples[index]
        kernels.strided_windows(
          example.length,
          channels,
          x + example.firstRow * channels,
          out + example.firstRow / 2 * 4 * channels
        )
      }
    }
    return record(value) { gradient, gradients in
      // The samples themselves have no gradient.
      guard operand.node != nil else { return }
      var dx = Tensor(zeros: operand.shape)
      withPointers(writing: &dx, reading: gradient) { dx, gradient in
        WorkerPool.shared.run(parts: examples.count) { index in
          let example = examples[index]
          kernels.add_strided_windows(
            example.length,
            channels,
            gradient + example.firstRow / 2 * 4 * channels,
            dx + example.firstRow * channels
          )
        }
      }
      gradients.add(dx, to: operand)
    }
  }

  /// Returns factor · x, element by element.
  package func scaled(_ x: Variable, by factor: Float) -> Variable {
    let operand = x.operand
    func product(_ x: Tensor) -> Tensor {
      var product = Tensor(zeros: x.shape)
      withPointers(writing: &product, reading: x) { kernels.add_scaled(x.count, factor, $1, $0) }
      return product
    }
    return record(product(x.value)) { gradient, gradients in
      gradients.add(product(gradient), to: operand)
    }
  }
}
