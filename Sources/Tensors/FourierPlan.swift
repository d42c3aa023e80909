import CKissFFT
import Synchronization

/// The tables and the buffer of one real Fourier transform at a time.
package final class FourierPlan: @unchecked Sendable {
  private let tables: UnsafeMutableRawPointer
  private let configuration: kiss_fftr_cfg
  private var bins: [kiss_fft_cpx]

  /// - Parameter span: the number of samples of a transform; even.
  package init(span: Int) {
    bins = [kiss_fft_cpx](repeating: kiss_fft_cpx(r: 0, i: 0), count: span / 2 + 1)
    var bytes = 0
    _ = kiss_fftr_alloc(CInt(span), 0, nil, &bytes)
    tables = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    guard let configuration = kiss_fftr_alloc(CInt(span), 0, tables, &bytes) else {
      preconditionFailure("room as large as was asked for")
    }
    self.configuration = configuration
  }

  deinit { tables.deallocate() }

  /// Passes the unscaled coefficients 0 … span/2 of samples to `body`, real and imaginary parts interleaved.
  package func transform(_ samples: UnsafePointer<Float>, _ body: (UnsafePointer<Float>) -> Void) {
    kiss_fftr(configuration, samples, &bins)
    bins.withUnsafeBytes { bytes in
      // A complex number is two floats without padding.
      guard let floats = bytes.bindMemory(to: Float.self).baseAddress else { return }
      body(floats)
    }
  }
}

/// A pool of objects that one thread at a time can use, created on demand and reused.
package final class Idle<Thing: Sendable>: Sendable {
  private let things = Mutex<[Thing]>([])
  private let make: @Sendable () -> Thing

  package init(_ make: @escaping @Sendable () -> Thing) {
    self.make = make
  }

  package func with<Result>(_ body: (Thing) -> Result) -> Result {
    let thing = things.withLock { $0.popLast() } ?? make()
    defer { things.withLock { $0.append(thing) } }
    return body(thing)
  }
}
