import Tensors

extension Tape {
  /// Returns gelu(x) = x · σ(1.702 x), element by element.
  package func gelu(_ x: Variable) -> Variable {
    let count = x.value.count
    let value = Tensor(x.shape, reading: x.value) { out, x in
      kernels.gelu_forward(count, x, out)
    }
    return record(value) { gradient, gradients in
      let result = Tensor(x.shape, reading: x.value, gradient) { out, x, gradient in
        kernels.gelu_backward(count, x, gradient, out)
      }
      gradients.add(result, to: x)
    }
  }
}
