import Autograd
import Foundation
import Tensors

/// The learning rate of each step: a linear warm-up to `rate` over `warmup` steps, then a linear decay to 0 at step
/// `steps`.
package struct RateSchedule: Hashable, Sendable {
  /// The highest rate.
  package var rate: Double
  /// N, the step at which the rate is 0.
  package var steps: Int
  /// W, the number of warm-up steps.
  package var warmup: Int

  package init(rate: Double, steps: Int = 20_000, warmup: Int = 0) {
    self.rate = rate
    self.steps = steps
    self.warmup = warmup
  }

  /// Returns the rate by the released rule: 0.00125 · √(96 / m).
  package static func releasedRate(maps: Int) -> Double {
    0.00125 * (96 / Double(maps)).squareRoot()
  }

  /// Returns the rate of step t, counted from 1.
  package func rate(step t: Int) -> Double {
    if t <= warmup { return rate * Double(t) / Double(warmup) }
    let decline = Double(max(steps - warmup, 1))
    return rate * (1 - min(Double(t - warmup), decline) / decline)
  }
}

/// The released variant of Rectified Adam.
///
/// It clips each variable's gradient by that variable's own second moment, divides the gradient before it averages it,
/// decays matrices, and updates lookup tables differently. β₁ 0.9, β₂ 0.999, ε 1e-5, decay 0.01. "On the Variance of
/// the Adaptive Learning Rate and Beyond" (ICLR 2020) for the rectifier.
package struct RAdam {
  /// The moments of one parameter, each with its shape.
  package struct Moments: Sendable {
    package var mean: Tensor
    package var variance: Tensor
  }

  package static let beta1 = 0.9
  package static let beta2 = 0.999
  package static let epsilon = 1e-5
  package static let decay = 0.01

  /// The moments in the order of the parameters.
  package var moments: [Moments]

  /// Creates an optimizer with these moments, in the order of the parameters.
  package init(_ moments: [Moments]) { self.moments = moments }

  /// Creates an optimizer before its first step.
  package init(_ parameters: [Parameter]) {
    moments = parameters.map {
      Moments(mean: Tensor(zeros: $0.value.shape), variance: Tensor(zeros: $0.value.shape))
    }
  }

  /// Updates the parameters by their gradients.
  ///
  /// - Parameters:
  ///   - step: t, counted from 1.
  ///   - rate: the learning rate of this step.
  ///   - clipping: true if gradients are clipped; the code of the gated network does not clip them.
  package mutating func update(
    _ parameters: [Parameter],
    step t: Int,
    rate: Double,
    clipping: Bool = true
  ) {
    precondition(parameters.count == moments.count, "the parameters of the moments")
    let factors = StepFactors(step: t, rate: rate, clipping: clipping)
    moments.withUnsafeMutableBufferPointer { moments in
      let slots = moments
      WorkerPool.shared.run(parts: parameters.count) { index in
        factors.update(parameters[index], &slots[index])
      }
    }
  }
}

/// The factors that all parameters share in one step, in single precision like the released graph: the rectifier of the
/// first tractable steps is a difference of nearly equal numbers.
private struct StepFactors {
  let correction1: Float
  let correction2: Float
  /// The rectifier r; nil while the variance is not tractable (ρ < 5).
  let rectifier: Float?
  let rate: Double
  let clipping: Bool

  init(step t: Int, rate: Double, clipping: Bool) {
    self.rate = rate
    self.clipping = clipping
    let power2 = Self.power(of: Float(RAdam.beta2), t)
    correction1 = 1 - Self.power(of: Float(RAdam.beta1), t)
    correction2 = 1 - power2
    let limit = 2 / (1 - Float(RAdam.beta2)) - 1
    let rho = limit - 2 * Float(t) * power2 / correction2
    rectifier =
      rho >= 5
      ? ((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho)).squareRoot() : nil
  }

  /// Returns base^t by repeated multiplication, 0 once it no longer changes 1 - base^t.
  private static func power(of base: Float, _ t: Int) -> Float {
    var power: Float = 1
    for _ in 0..<t {
      power *= base
      if power < 0x1p-26 { return 0 }
    }
    return power
  }

  func update(_ parameter: Parameter, _ moments: inout RAdam.Moments) {
    switch parameter.role {
    case .statistic: parameter.follow()
    case .unitary:
      let before = parameter.value
      change(parameter, &moments)
      parameter.turn(from: before)
    case .matrix, .vector, .table: change(parameter, &moments)
    }
  }

  private func change(_ parameter: Parameter, _ moments: inout RAdam.Moments) {
    let count = parameter.value.count
    let isTable = parameter.role == .table
    withPointers(
      writing: &moments.mean,
      &moments.variance,
      &parameter.value,
      reading: parameter.gradient
    ) { mean, variance, value, gradient in
      let step = factors(
        norm: kernels.sum_of_squares(count, gradient).squareRoot(),
        variance: kernels.sum(count, variance),
        role: parameter.role
      )
      if isTable {
        kernels.radam_table(count, gradient, mean, variance, value, step)
      } else {
        kernels.radam(count, gradient, mean, variance, value, step)
      }
    }
  }

  /// Clips the gradient to at most 3 √(Σv / c₂) + 0.01; tables use v after its decay.
  private func factors(norm: Double, variance: Double, role: Parameter.Role) -> rse_radam_step {
    let sum = role == .table ? RAdam.beta2 * variance : variance
    let limit = 3 * (sum / Double(correction2)).squareRoot() + 0.01
    return rse_radam_step(
      clip: clipping ? Float(limit / max(norm, limit)) : 1,
      beta1: Float(RAdam.beta1),
      beta2: Float(RAdam.beta2),
      correction1: correction1,
      correction2: correction2,
      epsilon: Float(RAdam.epsilon),
      rectifier: rectifier ?? 1,
      decay: role == .matrix ? Float(RAdam.decay) : 0,
      rate: Float(rate),
      divides: rectifier == nil ? 0 : 1
    )
  }
}

extension Parameter {
  /// Replaces the step just taken from a unitary matrix by one on the manifold of such matrices.
  ///
  /// S. Wisdom et al., "Full-Capacity Unitary Recurrent Neural Networks" (NeurIPS 2016), with the gradient as this
  /// optimizer scales it.
  fileprivate func turn(from before: Tensor) {
    let size = shape[1]
    var direction = before
    withPointers(writing: &direction, reading: value) { direction, value in
      kernels.add_scaled(shape.count, -1, value, direction)
    }
    var work = [Double](repeating: 0, count: 4 * size * size)
    value = before
    withPointers(writing: &value, reading: direction) { value, direction in
      work.withUnsafeMutableBufferPointer { work in
        guard let work = work.baseAddress else { return }
        kernels.unitary_step(size, direction, value, work)
      }
    }
  }

  /// Moves a statistic a tenth of the way to the observed value, as batch norms do.
  fileprivate func follow() {
    withPointers(writing: &value, reading: gradient) { value, seen in
      for i in 0..<shape.count { value[i] += 0.1 * (seen[i] - value[i]) }
    }
  }
}
