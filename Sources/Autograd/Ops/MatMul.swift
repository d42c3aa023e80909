import Tensors

/// Rows of a product that one part of a job computes.
private let rowGrain = 512

/// Splits rows into parts of `rowGrain`, the same whatever the number of threads.
func forEachRowBlock(_ rows: Int, _ body: (Range<Int>) -> Void) {
  WorkerPool.shared.run(parts: (rows + rowGrain - 1) / rowGrain) { part in
    body(part * rowGrain..<min((part + 1) * rowGrain, rows))
  }
}

extension Tape {
  /// x · w for x of [r, k] and w of [k, c] → [r, c].
  package func matmul(_ x: Variable, _ w: Variable) -> Variable {
    let (rows, inner, columns) = (x.shape[0], x.shape[1], w.shape[1])
    precondition(w.shape[0] == inner, "cannot multiply \(x.shape) by \(w.shape)")
    let value = Tensor([rows, columns], reading: x.value, w.value) { out, x, w in
      forEachRowBlock(rows) { block in
        BLAS.multiply(
          MatrixOperand(x + block.lowerBound * inner, rowStride: inner),
          MatrixOperand(w, rowStride: columns),
          into: out + block.lowerBound * columns,
          rows: block.count,
          columns: columns,
          inner: inner,
          rowStride: columns
        )
      }
    }
    return record(value) { gradient, gradients in
      if gradients.wants(x) {
        gradients.add(productWithTranspose(gradient, w.value), to: x)
      }
      if gradients.wants(w) {
        gradients.add(productOfTranspose(x.value, gradient), to: w)
      }
    }
  }
}

/// a · bᵀ for a of [r, c] and b of [k, c] → [r, k].
private func productWithTranspose(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (rows, inner, columns) = (a.shape[0], a.shape[1], b.shape[0])
  return Tensor([rows, columns], reading: a, b) { out, a, b in
    forEachRowBlock(rows) { block in
      BLAS.multiply(
        MatrixOperand(a + block.lowerBound * inner, rowStride: inner),
        MatrixOperand(b, rowStride: inner, transposed: true),
        into: out + block.lowerBound * columns,
        rows: block.count,
        columns: columns,
        inner: inner,
        rowStride: columns
      )
    }
  }
}

/// aᵀ · b for a of [r, k] and b of [r, c] → [k, c], divided over the rows of the result.
func productOfTranspose(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (inner, rows, columns) = (a.shape[0], a.shape[1], b.shape[1])
  return Tensor([rows, columns], reading: a, b) { out, a, b in
    forEachRowBlock(rows) { block in
      BLAS.multiply(
        MatrixOperand(a + block.lowerBound, rowStride: rows, transposed: true),
        MatrixOperand(b, rowStride: columns),
        into: out + block.lowerBound * columns,
        rows: block.count,
        columns: columns,
        inner: inner,
        rowStride: columns
      )
    }
  }
}
