import COpenBLAS
import Foundation

/// A matrix operand: where it starts, how far its rows are apart, and whether it is read transposed.
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

/// Single-threaded matrix products by OpenBLAS; parallel work is divided by `WorkerPool` above it, so that
/// results do not depend on the number of threads.
package enum BLAS {
  /// C ← alpha · A B + beta · C, with C of `rows` × `columns` and the inner extent `inner`.
  package static func multiply(
    _ a: MatrixOperand,
    _ b: MatrixOperand,
    into c: UnsafeMutablePointer<Float>,
    rows: Int,
    columns: Int,
    inner: Int,
    rowStride: Int,
    alpha: Float = 1,
    beta: Float = 0
  ) {
    precondition(rows >= 0 && columns > 0 && inner >= 0, "extents of a product")
    guard rows > 0 else { return }
    _ = configuration
    cblas_sgemm(
      CblasRowMajor,
      a.transposed ? CblasTrans : CblasNoTrans,
      b.transposed ? CblasTrans : CblasNoTrans,
      CInt(rows),
      CInt(columns),
      CInt(inner),
      alpha,
      a.pointer,
      CInt(a.rowStride),
      b.pointer,
      CInt(b.rowStride),
      beta,
      c,
      CInt(rowStride)
    )
  }

  /// The library's version and the kernels it chose, such as `OpenBLAS 0.3.21 SkylakeX`.
  package static let name: String = {
    _ = configuration
    let words = String(cString: openblas_get_config()).split(separator: " ")
    let version = words.count > 1 ? String(words[1]) : "of unknown version"
    return "OpenBLAS \(version) \(String(cString: openblas_get_corename()))"
  }()

  /// Done once, before the first product: OpenBLAS keeps to the calling thread.
  private static let configuration: Void = openblas_set_num_threads(1)
}

extension BLAS {
  /// Multiplies small matrices of awkward extents in all four transpositions and compares with plain
  /// loops; takes some tens of microseconds.
  ///
  /// - Throws: `BLASFault` when a product is wrong, as some builds of OpenBLAS are on processors newer
  ///   than they are.
  package static func selfCheck() throws(BLASFault) {
    let (rows, columns, inner) = (19, 35, 21)
    func value(_ i: Int) -> Float { Float((i &* 7919) % 31) / 16 - 0.9 }
    let a = (0..<rows * inner).map(value)
    let b = (0..<inner * columns).map { value($0 &+ 5) }
    var worst: Float = 0
    for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
      var c = [Float](repeating: .nan, count: rows * columns)
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          c.withUnsafeMutableBufferPointer { c in
            guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
              return
            }
            multiply(
              MatrixOperand(a, rowStride: transposeA ? rows : inner, transposed: transposeA),
              MatrixOperand(b, rowStride: transposeB ? inner : columns, transposed: transposeB),
              into: c,
              rows: rows,
              columns: columns,
              inner: inner,
              rowStride: columns
            )
          }
        }
      }
      for i in 0..<rows {
        for j in 0..<columns {
          var sum: Float = 0
          for k in 0..<inner {
            sum +=
              a[transposeA ? k * rows + i : i * inner + k]
              * b[transposeB ? j * inner + k : k * columns + j]
          }
          let error = abs(sum - c[i * columns + j])
          worst = error.isNaN ? .infinity : max(worst, error)
        }
      }
    }
    guard worst < 1e-4 else { throw BLASFault(library: name, error: worst) }
  }
}

/// The BLAS library computes wrong products on this processor.
package struct BLASFault: Error, LocalizedError {
  package let library: String
  package let error: Float

  package var errorDescription: String? {
    """
    \(library) multiplies matrices wrongly on this processor (error \(error)).
    Choose other kernels of it: start rse with OPENBLAS_CORETYPE=Haswell (or =Prescott), \
    or install a newer libopenblas.
    """
  }
}
