import Tensors

extension Tape {
  /// gelu(x) = x · σ(1.702 x), element by element.
  package func gelu(_ x: Variable) -> Variable {
    let value = Tensor(x.shape) { out in
      x.value.withPointer { kernels.gelu_forward(x.value.count, $0, out) }
    }
    return record(value) { gradient, gradients in
      let result = Tensor(x.shape) { out in
        gradient.withPointer { gradient in
          x.value.withPointer { kernels.gelu_backward(x.value.count, $0, gradient, out) }
        }
      }
      gradients.add(result, to: x)
    }
  }
}
