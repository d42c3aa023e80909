import Tensors

extension Tape {
  /// Returns σ(x + shift), element by element.
  package func sigmoid(_ x: Variable, shift: Float = 0) -> Variable {
    let operand = x.operand
    let value = mapped(x.value) { kernels.sigmoid_forward($0, $1, shift, $2) }
    return record(value) { [value] gradient, gradients in
      gradients.add(
        mapped(value, gradient) { kernels.sigmoid_backward($0, $1, $2, $3) },
        to: operand
      )
    }
  }

  /// Returns tanh(factor · x), element by element.
  package func tanh(_ x: Variable, factor: Float = 1) -> Variable {
    let operand = x.operand
    let value = mapped(x.value) { kernels.tanh_forward($0, $1, factor, $2) }
    return record(value) { [value] gradient, gradients in
      gradients.add(
        mapped(value, gradient) { kernels.tanh_backward($0, $1, $2, factor, $3) },
        to: operand
      )
    }
  }
}

/// The number of elements that one part of an elementwise job computes.
private let elementGrain = 1 << 15

/// Splits elements into parts of `elementGrain`, regardless of the number of threads.
func forEachElementBlock(_ count: Int, _ body: (Range<Int>) -> Void) {
  WorkerPool.shared.run(parts: (count + elementGrain - 1) / elementGrain) { part in
    body(part * elementGrain..<min((part + 1) * elementGrain, count))
  }
}

/// Maps an array to another of the same shape, element by element.
func mapped(
  _ x: Tensor,
  _ kernel: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Tensor {
  Tensor(x.shape, reading: x) { out, pointer in
    forEachElementBlock(x.count) { block in
      kernel(block.count, pointer + block.lowerBound, out + block.lowerBound)
    }
  }
}

/// Maps two arrays of the same shape to a third, element by element.
func mapped(
  _ x: Tensor,
  _ y: Tensor,
  _ kernel: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Tensor {
  Tensor(x.shape, reading: x, y) { out, xPointer, yPointer in
    forEachElementBlock(x.count) { block in
      let first = block.lowerBound
      kernel(block.count, xPointer + first, yPointer + first, out + first)
    }
  }
}
