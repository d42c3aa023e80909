import Tensors

extension Tape {
  /// Returns a ∘ p + b ∘ (1 − sum): the share of a new state at positions that continue, that halt at this step, and
  /// that have halted.
  ///
  /// - Parameters:
  ///   - p: [T, 1], the halting probability.
  ///   - sum: [T, 1], the sum of the probabilities of all previous steps.
  ///   - goes: true if a position continues after this step: a is 1.
  ///   - ends: true if it halts at this step: b is 1.
  package func haltingShare(
    _ p: Variable,
    _ sum: Variable,
    goes: [Bool],
    ends: [Bool]
  ) -> Variable {
    let rows = goes.count
    precondition(
      p.shape == [rows, 1] && sum.shape == [rows, 1] && ends.count == rows,
      "\(p.shape)"
    )
    let (first, second) = (p.operand, sum.operand)
    let value = Tensor(p.shape, reading: p.value, sum.value) { out, p, sum in
      for row in 0..<rows { out[row] = goes[row] ? p[row] : ends[row] ? 1 - sum[row] : 0 }
    }
    return record(value) { gradient, gradients in
      let dp = Tensor(first.shape, reading: gradient) { out, gradient in
        for row in 0..<rows { out[row] = goes[row] ? gradient[row] : 0 }
      }
      gradients.add(dp, to: first)
      let dSum = Tensor(second.shape, reading: gradient) { out, gradient in
        for row in 0..<rows { out[row] = ends[row] && !goes[row] ? -gradient[row] : 0 }
      }
      gradients.add(dSum, to: second)
    }
  }

  /// Returns x + factor · Σ y for a scalar x.
  package func add(_ x: Variable, _ factor: Float, sumOf y: Variable) -> Variable {
    precondition(x.value.count == 1, "a scalar and not \(x.shape)")
    let (first, second) = (x.operand, y.operand)
    let sum = y.value.withElements { $0.reduce(0) { $0 + Double($1) } }
    let value = Tensor([Float(Double(x.value.scalar) + Double(factor) * sum)], x.shape)
    return record(value) { gradient, gradients in
      gradients.add(gradient, to: first)
      gradients.add(Tensor(repeating: factor * gradient.scalar, second.shape), to: second)
    }
  }
}
