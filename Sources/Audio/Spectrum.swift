import CKissFFT
import Synchronization
import Tensors

/// Spectra of windows: the first n/2 coefficients of the real Fourier transform (that of the highest
/// frequency is left out), as re0, im0, re1, im1, …, without a window function and unscaled, as
/// `numpy.fft.rfft` has them.
package final class Spectrum: Sendable {
  /// Samples of a window, n; a power of two, 256 … 8192.
  package let window: Int
  /// What each coefficient is multiplied by.
  package let multiplier: Float
  private let idle = Mutex<[Plan]>([])

  /// The windows that there are spectra of.
  package static let windows = [256, 512, 1024, 2048, 4096, 8192]
  /// Windows that one part of the work takes.
  private static let partWindows = 16

  package init(window: Int, multiplier: Float = 1) {
    precondition(Self.windows.contains(window), "a power of two, 256 … 8192")
    self.window = window
    self.multiplier = multiplier
  }

  /// The spectrum of one window [n], n numbers.
  package func coefficients(_ samples: [Float]) -> [Float] {
    precondition(samples.count == window, "n samples")
    return coefficients(samples, starts: [0])
  }

  /// The spectra of windows of a signal, one after another [count, n].
  ///
  /// - Parameters:
  ///   - samples: the signal.
  ///   - starts: where each window begins; all of it lies inside the signal.
  package func coefficients(_ samples: [Float], starts: [Int]) -> [Float] {
    precondition(
      starts.allSatisfy { $0 >= 0 && $0 <= samples.count - window },
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
            plan.transform(source + starts[row], multiplier, into: rows + row * window)
          }
          idle.withLock { $0.append(plan) }
        }
      }
    }
    return result
  }

  private func takePlan() -> Plan {
    idle.withLock { $0.popLast() } ?? Plan(window: window)
  }
}

/// The tables and the room for one transform at a time.
private final class Plan: @unchecked Sendable {
  private let window: Int
  private let tables: UnsafeMutableRawPointer
  private let configuration: kiss_fftr_cfg
  private var bins: [kiss_fft_cpx]

  init(window: Int) {
    self.window = window
    bins = [kiss_fft_cpx](repeating: kiss_fft_cpx(r: 0, i: 0), count: window / 2 + 1)
    var bytes = 0
    _ = kiss_fftr_alloc(CInt(window), 0, nil, &bytes)
    tables = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    guard let configuration = kiss_fftr_alloc(CInt(window), 0, tables, &bytes) else {
      preconditionFailure("room as large as was asked for")
    }
    self.configuration = configuration
  }

  deinit { tables.deallocate() }

  /// - Parameter out: n zeros.
  func transform(
    _ samples: UnsafePointer<Float>,
    _ multiplier: Float,
    into out: UnsafeMutablePointer<Float>
  ) {
    kiss_fftr(configuration, samples, &bins)
    bins.withUnsafeBytes { bytes in
      // A complex number is two floats without a gap.
      guard let floats = bytes.bindMemory(to: Float.self).baseAddress else { return }
      kernels.add_scaled(window, multiplier, floats, out)
    }
  }
}
