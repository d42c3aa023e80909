import Foundation
import Testing

@testable import Tensors

/// Extents on both sides of tiles (4, 6, 8, 12, 16 rows), panels (32 columns) and blocks (128 inner indices).
private let extents: [(rows: Int, inner: Int, columns: Int)] = [
  (1, 1, 1), (2, 31, 33), (5, 32, 16), (12, 33, 32), (16, 129, 31), (17, 128, 65), (29, 257, 5),
  (97, 40, 64), (28, 127, 3),
]

@Suite struct MatrixProductTests {
  /// A matrix in rows that lie further apart than they are long, NaN between them.
  private func spaced(_ matrix: Matrix, stride: Int) -> [Float] {
    (0..<matrix.rows).flatMap { r in
      (0..<stride).map { c in
        c < matrix.columns ? matrix.elements[r * matrix.columns + c] : .nan
      }
    }
  }

  /// Each element as one chain of fused multiply-adds in the order of the inner index.
  private func chain(_ a: Matrix, _ b: Matrix, from start: [Float]) -> [Float] {
    (0..<a.rows * b.columns).map { index in
      let (r, c) = (index / b.columns, index % b.columns)
      return (0..<a.columns).reduce(start[index]) { sum, k in
        sum.addingProduct(a.elements[r * a.columns + k], b.elements[k * b.columns + c])
      }
    }
  }

  @Test("a product is one chain of fused multiply-adds an element", arguments: [false, true])
  func products(transposed: Bool) {
    for (rows, inner, columns) in extents {
      let (a, b) = (Matrix(rows, inner, seed: 1), Matrix(inner, columns, seed: 2))
      let held = transposed ? b.transposed : b
      let (aStride, bStride, cStride) = (inner + 3, held.columns + 2, columns + 5)
      let (left, right) = (spaced(a, stride: aStride), spaced(held, stride: bStride))
      for accumulates in [false, true] {
        let start = Matrix(rows, columns, seed: 3)
        var packed = unset(MatrixProduct.packedCount(height: inner, width: columns))
        var c = spaced(start, stride: cStride)
        right.withUnsafeBufferPointer { right in
          MatrixProduct.pack(
            MatrixOperand(right.baseAddress!, rowStride: bStride, transposed: transposed),
            height: inner,
            width: columns,
            into: &packed
          )
        }
        MatrixProduct.multiply(
          left,
          stride: aStride,
          rows: rows,
          by: packed,
          height: inner,
          width: columns,
          into: &c,
          stride: cStride,
          accumulates: accumulates
        )
        let zeros = [Float](repeating: 0, count: rows * columns)
        let expected = chain(a, b, from: accumulates ? start.elements : zeros)
        let what = "\(rows) × \(inner) × \(columns), \(accumulates)"
        expectSame(c, spaced(Matrix(rows, columns, expected), stride: cStride), what)
      }
    }
  }

  @Test("an outer product goes on from what is there, in the same order")
  func outerProducts() {
    for (rows, inner, columns) in extents {
      let (a, b) = (Matrix(inner, rows, seed: 1), Matrix(inner, columns, seed: 2))
      let start = Matrix(rows, columns, seed: 3)
      var c = spaced(start, stride: columns + 1)
      MatrixProduct.addOuter(
        spaced(a, stride: rows + 2),
        stride: rows + 2,
        spaced(b, stride: columns + 3),
        stride: columns + 3,
        into: &c,
        stride: columns + 1,
        rows: rows,
        columns: columns,
        inner: inner
      )
      let expected = chain(a.transposed, b, from: start.elements)
      expectSame(
        c,
        spaced(Matrix(rows, columns, expected), stride: columns + 1),
        "\(rows) × \(inner) × \(columns)"
      )
    }
  }

  @Test(
    "OpenBLAS multiplies the same, up to rounding",
    .enabled(if: OpenBLAS.installed != nil, "no OpenBLAS here: it stays uncompared")
  )
  func openBLAS() throws {
    let library = try #require(OpenBLAS.installed)
    try library.check()
    for (rows, inner, columns) in extents {
      let (a, b) = (Matrix(rows, inner, seed: 1), Matrix(inner, columns, seed: 2))
      let zeros = [Float](repeating: 0, count: rows * columns)
      var c = zeros
      a.elements.withUnsafeBufferPointer { left in
        b.elements.withUnsafeBufferPointer { right in
          library.multiply(
            MatrixOperand(left.baseAddress!, rowStride: inner),
            MatrixOperand(right.baseAddress!, rowStride: columns),
            into: &c,
            rows: rows,
            columns: columns,
            inner: inner,
            rowStride: columns
          )
        }
      }
      let expected = chain(a, b, from: zeros).doubles
      expectNear(c, expected, ulps: 4, size: Double(inner), "\(rows) × \(inner) × \(columns)")
    }
  }
}
