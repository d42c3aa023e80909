import Tensors

extension Tape {
  /// Returns σ(2w) · x, with the gate of [c] multiplying every row of x of [r, c].
  package func gate(_ x: Variable, _ w: Variable) -> Variable {
    let (rows, columns) = (x.shape[0], x.shape[1])
    precondition(w.value.count == columns, "a gate of \(w.shape) for \(x.shape)")
    let gate = Tensor(w.shape, reading: w.value) { out, w in
      kernels.double_gate(columns, w, out)
    }
    func gated(_ x: Tensor) -> Tensor {
      Tensor(x.shape, reading: x, gate) { out, x, gate in
        kernels.multiply_row(rows, columns, gate, x, out)
      }
    }
    return record(gated(x.value)) { gradient, gradients in
      if gradients.wants(x) { gradients.add(gated(gradient), to: x) }
      guard gradients.wants(w) else { return }
      var sums = Tensor(zeros: w.shape)
      withPointers(writing: &sums, reading: x.value, gradient, gate) { sums, x, gradient, gate in
        kernels.sum_products(rows, columns, x, gradient, sums)
        for c in 0..<columns { sums[c] *= 2 * gate[c] * (1 - gate[c]) }
      }
      gradients.add(sums, to: w)
    }
  }
}
