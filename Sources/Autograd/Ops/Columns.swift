import Tensors

extension Tape {
  /// The columns of a of [r, k] and behind them those of b of [r, c] → [r, k + c].
  package func joinColumns(_ a: Variable, _ b: Variable) -> Variable {
    let (rows, left, right) = (a.shape[0], a.shape[1], b.shape[1])
    precondition(b.shape[0] == rows, "cannot join \(a.shape) and \(b.shape)")
    let (first, second) = (a.operand, b.operand)
    let width = left + right
    let value = Tensor([rows, width], reading: a.value, b.value) { out, a, b in
      kernels.copy_columns(rows, left, a, left, out, width)
      kernels.copy_columns(rows, right, b, right, out + left, width)
    }
    return record(value) { gradient, gradients in
      let part = Tensor(first.shape, reading: gradient) { out, gradient in
        kernels.copy_columns(rows, left, gradient, width, out, left)
      }
      gradients.add(part, to: first)
      let rest = Tensor(second.shape, reading: gradient) { out, gradient in
        kernels.copy_columns(rows, right, gradient + left, width, out, right)
      }
      gradients.add(rest, to: second)
    }
  }

  /// The first half of the maps changes places between the two positions of each pair, [p, 2m] → [p, 2m].
  ///
  /// Maps 0 ..< m / 2 (a whole number) move, the others stay.
  package func swapHalves(_ x: Variable) -> Variable {
    let (pairs, maps) = (x.shape[0], x.shape[1] / 2)
    let operand = x.operand
    func swapped(_ x: Tensor) -> Tensor {
      Tensor(x.shape, reading: x) { out, x in
        forEachRowBlock(pairs) { block in
          let first = block.lowerBound * 2 * maps
          kernels.swap_pairs(block.count, maps, maps / 2, x + first, out + first)
        }
      }
    }
    return record(swapped(x.value)) { gradient, gradients in
      // The exchange is its own inverse.
      gradients.add(swapped(gradient), to: operand)
    }
  }
}
