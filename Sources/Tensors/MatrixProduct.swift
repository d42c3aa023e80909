/// A matrix in memory: its address, its row stride in floats, and whether it is read transposed.
package struct MatrixOperand {
  let pointer: UnsafePointer<Float>
  let rowStride: Int
  let transposed: Bool

  package init(_ pointer: UnsafePointer<Float>, rowStride: Int, transposed: Bool = false) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.transposed = transposed
  }
}

/// Single-threaded matrix products; their callers divide parallel work by `WorkerPool`.
///
/// Each element of a result is one sum of fused multiply-adds in the order of the inner index, starting from 0 or,
/// where products accumulate, from the element's old value. It depends on the two factors alone: not on the extents of
/// the result, the division of rows among calls, or the instruction set. With `RSE_PRODUCTS=openblas`, OpenBLAS
/// computes the products instead, in an order of its own.
package enum MatrixProduct {
  /// The library that the environment requests; nil for the built-in kernels.
  private static let library = OpenBLAS.requested

  /// Returns the number of floats of a packed right operand of [height, width].
  package static func packedCount(height: Int, width: Int) -> Int { height * panelled(width) }

  /// Packs a right operand, [height, width] as it is read, into the form that `multiply` reads.
  ///
  /// - Parameter packed: space for `packedCount` floats.
  package static func pack(
    _ b: MatrixOperand,
    height: Int,
    width: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    if library != nil {
      for r in 0..<height {
        for c in 0..<width {
          packed[r * width + c] =
            b.pointer[b.transposed ? c * b.rowStride + r : r * b.rowStride + c]
        }
      }
      return
    }
    kernels.pack_panels(
      .init(
        rows: b.transposed ? width : height,
        columns: b.transposed ? height : width,
        b: b.pointer,
        b_row: b.rowStride,
        transposes: b.transposed ? 1 : 0,
        factor: 1,
        out: packed
      )
    )
  }

  /// Computes C ← A B, or C += A B, for A of [rows, height] and a packed B of [height, width].
  ///
  /// - Parameters:
  ///   - a: row-major, its rows `aStride` floats apart.
  ///   - c: row-major, its rows `cStride` floats apart.
  ///   - columns: the columns of C to compute, starting at a multiple of `panelColumns`; all if nil.
  package static func multiply(
    _ a: UnsafePointer<Float>,
    stride aStride: Int,
    rows: Int,
    by packed: UnsafePointer<Float>,
    height: Int,
    width: Int,
    into c: UnsafeMutablePointer<Float>,
    stride cStride: Int,
    columns: Range<Int>? = nil,
    accumulates: Bool = false
  ) {
    guard rows > 0 else { return }
    let columns = columns ?? 0..<width
    let first = columns.lowerBound
    if let library {
      library.multiply(
        MatrixOperand(a, rowStride: aStride),
        MatrixOperand(packed + first, rowStride: width),
        into: c + first,
        rows: rows,
        columns: columns.count,
        inner: height,
        rowStride: cStride,
        beta: accumulates ? 1 : 0
      )
      return
    }
    kernels.multiply_panels(
      .init(
        rows: rows,
        columns: columns.count,
        inner: height,
        a: rse_operand(values: a, row: aStride, block: panelColumns),
        b: packed + first * height,
        b_rows: height,
        c: c + first,
        c_row: cStride,
        accumulates: accumulates ? 1 : 0
      )
    )
  }

  /// Computes C += Aᵀ B for A of [inner, rows] and B of [inner, columns], all row-major with rows `…Stride` floats
  /// apart.
  package static func addOuter(
    _ a: UnsafePointer<Float>,
    stride aStride: Int,
    _ b: UnsafePointer<Float>,
    stride bStride: Int,
    into c: UnsafeMutablePointer<Float>,
    stride cStride: Int,
    rows: Int,
    columns: Int,
    inner: Int
  ) {
    guard rows > 0, inner > 0 else { return }
    if let library {
      library.multiply(
        MatrixOperand(a, rowStride: aStride, transposed: true),
        MatrixOperand(b, rowStride: bStride),
        into: c,
        rows: rows,
        columns: columns,
        inner: inner,
        rowStride: cStride,
        beta: 1
      )
      return
    }
    kernels.add_outer_product(
      .init(
        rows: rows,
        columns: columns,
        inner: inner,
        a: a,
        a_row: aStride,
        b: b,
        b_row: bStride,
        c: c,
        c_row: cStride
      )
    )
  }
}

/// The number of columns of one panel of a packed matrix; see `product.inc`.
package let panelColumns = Int(RSE_PANEL)

/// Returns the number of columns rounded up to whole panels.
package func panelled(_ columns: Int) -> Int {
  (columns + panelColumns - 1) / panelColumns * panelColumns
}
