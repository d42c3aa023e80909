import Foundation

/// OpenBLAS, loaded on first use: a reference for the products of `MatrixProduct`, and their replacement with
/// `RSE_PRODUCTS=openblas`. Products run on the calling thread.
package struct OpenBLAS: @unchecked Sendable {
  /// The installed library if `RSE_PRODUCTS` requests it; nil otherwise.
  package static let requested: OpenBLAS? = {
    guard ProcessInfo.processInfo.environment[variable] == choice else { return nil }
    return installed
  }()

  /// The library installed on this machine; nil if there is none.
  package static let installed = OpenBLAS()

  /// The environment variable that selects the implementation of matrix products.
  package static let variable = "RSE_PRODUCTS"
  package static let choice = "openblas"

  /// The library's version and the kernels it chose, such as `OpenBLAS 0.3.21 SkylakeX`.
  package let name: String

  private typealias Product =
    @convention(c) (
      CInt, CInt, CInt, CInt, CInt, CInt, Float, UnsafePointer<Float>, CInt, UnsafePointer<Float>,
      CInt, Float, UnsafeMutablePointer<Float>, CInt
    ) -> Void
  private typealias Text = @convention(c) () -> UnsafePointer<CChar>
  private typealias Setting = @convention(c) (CInt) -> Void

  private let sgemm: Product

  private init?() {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW),
      let sgemm = dlsym(library, "cblas_sgemm"),
      let setThreads = dlsym(library, "openblas_set_num_threads"),
      let configuration = dlsym(library, "openblas_get_config"),
      let core = dlsym(library, "openblas_get_corename")
    else { return nil }
    self.sgemm = unsafeBitCast(sgemm, to: Product.self)
    unsafeBitCast(setThreads, to: Setting.self)(1)
    let words = String(cString: unsafeBitCast(configuration, to: Text.self)()).split(separator: " ")
    let version = words.count > 1 ? String(words[1]) : "of unknown version"
    name = "OpenBLAS \(version) \(String(cString: unsafeBitCast(core, to: Text.self)()))"
  }

  /// Computes C ← A B + beta · C, where C is `rows` × `columns` and `inner` is the inner extent.
  package func multiply(
    _ a: MatrixOperand,
    _ b: MatrixOperand,
    into c: UnsafeMutablePointer<Float>,
    rows: Int,
    columns: Int,
    inner: Int,
    rowStride: Int,
    beta: Float = 0
  ) {
    precondition(rows >= 0 && columns > 0 && inner >= 0, "extents of a product")
    let (rowMajor, plain, transposed): (CInt, CInt, CInt) = (101, 111, 112)
    sgemm(
      rowMajor,
      a.transposed ? transposed : plain,
      b.transposed ? transposed : plain,
      CInt(rows),
      CInt(columns),
      CInt(inner),
      1,
      a.pointer,
      CInt(a.rowStride),
      b.pointer,
      CInt(b.rowStride),
      beta,
      c,
      CInt(rowStride)
    )
  }
}

extension OpenBLAS {
  /// Compares products of awkward extents with plain loops; takes some tens of microseconds.
  ///
  /// - Throws: `BLASFault` if they differ; some builds of OpenBLAS are wrong on processors newer than themselves.
  package func check() throws(BLASFault) {
    let (rows, columns, inner) = (19, 35, 21)
    func value(_ i: Int) -> Float { Float((i &* 7919) % 31) / 16 - 0.9 }
    let a = (0..<rows * inner).map(value)
    let b = (0..<inner * columns).map { value($0 &+ 5) }
    var worst: Float = 0
    for isTransposed in [false, true] {
      var (theirs, ours) = (Tensor(zeros: [rows, columns]), Tensor(zeros: [rows, columns]))
      withPointers(
        writing: &theirs,
        &ours,
        reading: Tensor(a, [rows, inner]),
        Tensor(b, [inner, columns])
      ) { theirs, ours, a, b in
        let operand = MatrixOperand(
          a,
          rowStride: isTransposed ? rows : inner,
          transposed: isTransposed
        )
        multiply(
          operand,
          MatrixOperand(b, rowStride: columns),
          into: theirs,
          rows: rows,
          columns: columns,
          inner: inner,
          rowStride: columns
        )
        for i in 0..<rows {
          for k in 0..<inner {
            let factor = a[isTransposed ? k * rows + i : i * inner + k]
            for j in 0..<columns { ours[i * columns + j] += factor * b[k * columns + j] }
          }
        }
      }
      for (one, other) in zip(theirs.elements, ours.elements) {
        worst = (one - other).isNaN ? .infinity : max(worst, abs(one - other))
      }
    }
    guard worst < 1e-4 else { throw BLASFault(library: name, error: worst) }
  }
}

/// An error: the BLAS library computes wrong products on this processor.
package struct BLASFault: Error, LocalizedError {
  package let library: String
  package let error: Float

  package var errorDescription: String? {
    """
    \(library) multiplies matrices wrongly on this processor (error \(error)).
    Leave RSE_PRODUCTS unset, or choose other kernels of it: OPENBLAS_CORETYPE=Haswell.
    """
  }
}
