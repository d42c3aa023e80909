import Numerics
import Tensors

/// The spectra of stretches of windows of samples, one after another in each window.
struct WindowSpectra: Sendable {
  /// The number of samples of a stretch, even.
  let span: Int
  /// The number of samples from one stretch to the next.
  let hop: Int
  /// The number of stretches of a window.
  let count: Int
  private let window: Int
  private let plans: Idle<FourierPlan>

  /// Creates the spectra of as many stretches as fit into a window.
  init(span: Int, hop: Int, window: Int) {
    (self.span, self.hop, self.window) = (span, hop, window)
    count = (window - span) / hop + 1
    plans = Idle { FourierPlan(span: span) }
  }

  /// The middle sample of each stretch.
  var middles: [Int] { (0..<count).map { span / 2 + $0 * hop } }

  /// Returns the first span / 2 coefficients of each stretch as rows of two values, real and imaginary part.
  func coefficients(of samples: Tensor) -> Tensor {
    let windows = samples.count / window
    return Tensor([windows * count * span / 2, 2], reading: samples) { out, samples in
      forEachStretch(of: windows) { plan, row, first in
        plan.transform(samples + first) { (out + row * span).update(from: $0, count: span) }
      }
    }
  }

  /// Returns the coefficients 0 … span / 2 of each stretch under a Hann window as a row, real parts first.
  func rows(of samples: Tensor) -> Tensor {
    let windows = samples.count / window
    let width = span / 2 + 1
    let mask = (0..<span).map { i in
      Float(0.5 - 0.5 * Real.cos(2 * Double.pi * Double(i) / Double(span)))
    }
    return Tensor([windows * count, 2 * width], reading: samples) { out, samples in
      forEachStretch(of: windows) { plan, row, first in
        withScratch(span) { masked in
          kernels.multiply(span, samples + first, mask, masked)
          plan.transform(masked) { coefficients in
            let own = out + row * 2 * width
            for k in 0..<width {
              own[k] = coefficients[2 * k]
              own[width + k] = coefficients[2 * k + 1]
            }
          }
        }
      }
    }
  }

  /// - Parameter body: receives the number of a stretch, and its offset among all samples.
  private func forEachStretch(of windows: Int, _ body: (FourierPlan, Int, Int) -> Void) {
    WorkerPool.shared.run(parts: windows) { number in
      plans.with { plan in
        for stretch in 0..<count {
          body(plan, number * count + stretch, number * window + stretch * hop)
        }
      }
    }
  }
}
