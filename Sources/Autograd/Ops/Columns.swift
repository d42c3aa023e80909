import Tensors

extension Tape {
  /// Returns the columns of a of [r, k] followed by those of b of [r, c] → [r, k + c].
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

  /// Returns a range of the columns of x of [r, k].
  package func columns(_ x: Variable, _ range: Range<Int>) -> Variable {
    let (rows, width) = (x.shape[0], x.shape[1])
    let operand = x.operand
    let value = Tensor([rows, range.count], reading: x.value) { out, x in
      kernels.copy_columns(rows, range.count, x + range.lowerBound, width, out, range.count)
    }
    return record(value) { gradient, gradients in
      var dx = Tensor(zeros: operand.shape)
      withPointers(writing: &dx, reading: gradient) { dx, gradient in
        kernels.copy_columns(
          rows,
          range.count,
          gradient,
          range.count,
          dx + range.lowerBound,
          width
        )
      }
      gradients.add(dx, to: operand)
    }
  }

  /// Exchanges the first half of the maps between the two positions of each pair, [p, 2m] → [p, 2m].
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

extension Tape {
  /// Exchanges the second and third axes of x of [outer · m · n, c] → [outer · n · m, c].
  package func swapAxes(_ x: Variable, outer: Int, _ m: Int, _ n: Int) -> Variable {
    let channels = x.shape[1]
    precondition(x.shape[0] == outer * m * n, "\(x.shape) is not \(outer) × \(m) × \(n)")
    let operand = x.operand
    func swapped(_ x: Tensor, _ m: Int, _ n: Int) -> Tensor {
      Tensor(x.shape, reading: x) { out, x in
        WorkerPool.shared.run(parts: outer) { number in
          let first = number * m * n * channels
          for i in 0..<m {
            let (from, to) = (x + first + i * n * channels, out + first + i * channels)
            kernels.copy_columns(n, channels, from, channels, to, m * channels)
          }
        }
      }
    }
    return record(swapped(x.value, m, n)) { gradient, gradients in
      gradients.add(swapped(gradient, n, m), to: operand)
    }
  }
}
