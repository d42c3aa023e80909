import CKissFFT
import Synchronization
import Tensors

/// Spectra: of k · n samples the first n/2 coefficients of the real Fourier transform, as re0, im0, re1, im1, …,
/// without a window function and unscaled, as `numpy.fft.rfft` has them. For k = 1 that leaves out the one of the
/// highest frequency, for larger k all above rate / 2k.
package final class Spectrum: Sendable {
  /// Numbers of a spectrum, n; a power of two, 256 … 8192.
  package let window: Int
  /// Samples that a spectrum is of, k · n.
  package let span: Int
  private let idle = Mutex<[Plan]>([])

  /// The windows that there are spectra of.
  package static let windows = [256, 512, 1024, 2048, 4096, 8192]
  /// Windows that one part of the work takes.
  private static let partWindows = 16

  /// The largest k.
  package static let largestMultiplier = 8

  /// - Parameter multiplier: k, a power of two, 1 … 8.
  package init(window: Int, multiplier: Int = 1) {
    precondition(Self.windows.contains(window), "a power of two, 256 … 8192")
    precondition((1...Self.largestMultiplier).contains(multiplier), "1 … 8")
    self.window = window
    span = window * multiplier
  }

  /// The spectrum of k · n samples, n numbers.
  package func coefficients(_ samples: [Float]) -> [Float] {
    precondition(samples.count == span, "k · n samples")
    return coefficients(samples, starts: [0])
  }

  /// The spectra of windows of a signal, one after another [count, n].
  ///
  /// - Parameters:
  ///   - samples: the signal.
  ///   - starts: where each window begins; all of it lies inside the signal.
  package func coefficients(_ samples: [Float], starts: [Int]) -> [Float] {
    precondition(
      starts.allSatisfy { $0 >= 0 && $0 <= samples.count - span },
      "windows inside the signal"
    )
    var result = [Float](repeating: 0, count: starts.count * window)
    result.withUnsafeMutableBufferPointer { result in
      samples.withUnsafeBufferPointer { samples in
        // Without windows there is nothing to do; the parts below write disjoint rows of the result.
        guard let out = result.baseAddress, let signal = samples.baseAddress else { return }
        nonisolated(unsafe) let (rows, source) = (out, signal)
        let parts = (starts.count + Self.partWindows - 1) / Self.partWindows
        WorkerPool.shared.run(parts: parts) { part in
          let plan = takePlan()
          let first = part * Self.partWindows
          for row in first..<min(starts.count, first + Self.partWindows) {
            plan.transform(source + starts[row], into: rows + row * window, window)
          }
          idle.withLock { $0.append(plan) }
        }
      }
    }
    return result
  }

  private func takePlan() -> Plan {
    idle.withLock { $0.popLast() } ?? Plan(span: span)
  }
}

/// The tables and the room for one transform at a time.
private final class Plan: @unchecked Sendable {
  private let tables: UnsafeMutableRawPointer
  private let configuration: kiss_fftr_cfg
  private var bins: [kiss_fft_cpx]

  init(span: Int) {
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

  /// Writes the first `count` numbers of the spectrum.
  func transform(
    _ samples: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    kiss_fftr(configuration, samples, &bins)
    bins.withUnsafeBytes { bytes in
      // A complex number is two floats without a gap.
      guard let floats = bytes.bindMemory(to: Float.self).baseAddress else { return }
      out.update(from: floats, count: count)
    }
  }
}
