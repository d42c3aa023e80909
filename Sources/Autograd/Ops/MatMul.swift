import Tensors

/// The number of rows of a product that one part of a job computes.
let rowGrain = 256

/// Splits rows into parts of `rowGrain`, regardless of the number of threads.
func forEachRowBlock(_ rows: Int, _ body: (Range<Int>) -> Void) {
  WorkerPool.shared.run(parts: (rows + rowGrain - 1) / rowGrain) { part in
    body(part * rowGrain..<min((part + 1) * rowGrain, rows))
  }
}

extension Tape {
  /// Returns x · w for x of [r, k] and w of [k, c] → [r, c].
  package func matmul(_ x: Variable, _ w: Variable) -> Variable {
    precondition(w.shape[0] == x.shape[1], "cannot multiply \(x.shape) by \(w.shape)")
    return record(product(x.value, w.packed(transposed: false))) { gradient, gradients in
      if gradients.wants(x) {
        gradients.add(product(gradient, w.packed(transposed: true)), to: x)
      }
      if gradients.wants(w) {
        gradients.add(productOfTranspose(x.value, gradient), to: w)
      }
    }
  }
}

/// The number of columns that one part of a job computes in a product of few rows, whole panels.
private let columnGrain = 4 * panelColumns

/// Returns a · b for a of [r, k] and b of [k, c] → [r, c], divided over its rows, or over its columns if there are few
/// rows.
private func product(_ a: Tensor, _ b: PackedMatrix) -> Tensor {
  let (rows, inner, width) = (a.shape[0], b.height, b.width)
  return Tensor([rows, width], reading: a, b.storage) { out, a, b in
    func compute(_ rows: Range<Int>, _ columns: Range<Int>) {
      MatrixProduct.multiply(
        a + rows.lowerBound * inner,
        stride: inner,
        rows: rows.count,
        by: b,
        height: inner,
        width: width,
        into: out + rows.lowerBound * width,
        stride: width,
        columns: columns
      )
    }
    guard rows <= rowGrain else { return forEachRowBlock(rows) { compute($0, 0..<width) } }
    WorkerPool.shared.run(parts: (width + columnGrain - 1) / columnGrain) { part in
      compute(0..<rows, part * columnGrain..<min((part + 1) * columnGrain, width))
    }
  }
}

/// Returns aᵀ · b for a of [r, k] and b of [r, c] → [k, c], divided over the columns of the result.
func productOfTranspose(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (inner, rows, columns) = (a.shape[0], a.shape[1], b.shape[1])
  var product = Tensor(zeros: [rows, columns])
  withPointers(writing: &product, reading: a, b) { out, a, b in
    WorkerPool.shared.run(parts: panelled(columns) / panelColumns) { part in
      let first = part * panelColumns
      MatrixProduct.addOuter(
        a,
        stride: rows,
        b + first,
        stride: columns,
        into: out + first,
        stride: columns,
        rows: rows,
        columns: min(panelColumns, columns - first),
        inner: inner
      )
    }
  }
  return product
}
