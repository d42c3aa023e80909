/// The speed at which this machine multiplies matrices of a switch layer's sizes, on all threads.
package enum ProductPeak {
  private static let (rows, inner, columns) = (512, 384, 768)

  /// Measures the GFLOP/s of OpenBLAS; returns nil if it is not installed.
  package static func sgemm() -> Double? {
    guard let library = OpenBLAS.installed else { return nil }
    return measure(packed: [inner, columns]) { a, b, c in
      library.multiply(
        MatrixOperand(a, rowStride: inner),
        MatrixOperand(b, rowStride: columns),
        into: c,
        rows: rows,
        columns: columns,
        inner: inner,
        rowStride: columns
      )
    }
  }

  /// Measures the GFLOP/s of products of packed panels, the best of several runs; takes about a tenth of a second.
  package static func panels() -> Double {
    measure(packed: [columns, inner]) { a, b, c in
      kernels.multiply_panels(
        .init(
          rows: rows,
          columns: columns,
          inner: inner,
          a: rse_operand(values: a, row: inner, block: Int(RSE_PANEL)),
          b: b,
          b_rows: inner,
          c: c,
          c_row: columns,
          accumulates: 0
        )
      )
    }
  }

  private static func measure(
    packed: Shape,
    _ multiply: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Double {
    let a = Tensor(repeating: 0.5, [rows, inner])
    let b = Tensor(repeating: 0.25, packed)
    let parts = 2 * WorkerPool.shared.threads
    let products = 4
    var best = Double.infinity
    for _ in 0..<10 {
      let start = ContinuousClock.now
      withPointers(a, b) { a, b in
        WorkerPool.shared.run(parts: parts) { _ in
          withScratch(rows * columns) { c in
            for _ in 0..<products { multiply(a, b, c) }
          }
        }
      }
      best = min(best, start.secondsAgo)
    }
    return 2 * Double(rows * inner * columns * parts * products) / best / 1e9
  }
}
