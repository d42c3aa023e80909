/// A matrix in memory: where it starts, how far its rows are apart, and whether it is read transposed.
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

/// Matrix products on one thread; parallel work is divided by `WorkerPool` above them.
///
/// Every element of a result is one sum of fused multiply-adds in the order of the inner index, from 0 or, where
/// products are added up, from what is there. It depends on the two factors alone: not on the extents of the
/// result, on how rows are divided among calls, or on the instruction set. `RSE_PRODUCTS=openblas` has OpenBLAS
/// compute them instead, in an order of its own.
package enum MatrixProduct {
  /// What the environment asks for; own kernels unless it is OpenBLAS.
  private static let library = OpenBLAS.requested

  /// Floats that the packed form of a right operand of [height, width] takes.
  package static func packedCount(height: Int, width: Int) -> Int { height * panelled(width) }

  /// Brings a right operand of [height, width], as it is read, into the form of which `multiply` reads it.
  ///
  /// - Parameter packed: room for `packedCount` floats.
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

  /// C ← A B, or C += A B, for A of [rows, height] and a packed B of [height, width].
  ///
  /// - Parameters:
  ///   - a: row-major, its rows `aStride` floats apart.
  ///   - c: row-major, its rows `cStride` floats apart.
  ///   - columns: those of C that are computed, from a multiple of `panelColumns` on; all if nil.
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

  /// C += Aᵀ B for A of [inner, rows] and B of [inner, columns], all row-major with rows `…Stride` floats apart.
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

/// Columns of one panel of a packed matrix, see `product.inc`.
package let panelColumns = Int(RSE_PANEL)

/// The number rounded up to whole panels.
package func panelled(_ columns: Int) -> Int {
  (columns + panelColumns - 1) / panelColumns * panelColumns
}
