import Tensors

/// The spectra of windows: the first n/2 coefficients of the real Fourier transform of k · n samples. They are re0, im0, re1,
/// im1, …, unscaled and without a window function, as in `numpy.fft.rfft`. For k = 1 they lack the coefficient of the highest
/// frequency, for larger k all coefficients above rate / 2k.
package final class Spectrum: Sendable {
  /// The number of values in a spectrum, n; a power of two, 256 … 8192.
  package let window: Int
  /// The number of samples that a spectrum covers, k · n.
  package let span: Int
  private let plans: Idle<FourierPlan>

  /// The supported sizes of windows.
  package static let windows = [256, 512, 1024, 2048, 4096, 8192]
  /// The number of windows in one part of the work.
  private static let partWindows = 16

  /// The largest k.
  package static let largestMultiplier = 8

  /// - Parameter multiplier: k, a power of two, 1 … 8.
  package init(window: Int, multiplier: Int = 1) {
    precondition(Self.windows.contains(window), "a power of two, 256 … 8192")
    precondition((1...Self.largestMultiplier).contains(multiplier), "1 … 8")
    self.window = window
    let span = window * multiplier
    self.span = span
    plans = Idle { FourierPlan(span: span) }
  }

  /// Returns the spectra of windows of a signal, one after another, [count, n].
  ///
  /// - Parameters:
  ///   - samples: the signal.
  ///   - starts: the index of each window's first sample; the whole window is inside the signal.
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
          plans.with { plan in
            let first = part * Self.partWindows
            for row in first..<min(starts.count, first + Self.partWindows) {
              plan.transform(source + starts[row]) {
                (rows + row * window).update(from: $0, count: window)
              }
            }
          }
        }
      }
    }
    return result
  }
}
