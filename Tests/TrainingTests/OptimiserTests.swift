import Autograd
import Tensors
import TestSupport
import Testing

@testable import Training

/// One step of the optimizer against values that another program computed from its formulas in double
/// precision:
///
///     limit = 3 √(Σv / c₂) + 0.01,   g ← g · limit / max(‖g‖, limit)
///
/// where tables have Σ β₂v in place of Σv.
@Suite struct OptimiserTests {
  /// Moments and values after a step.
  private struct Expected: Sendable {
    let mean, variance, value: [Float]
  }

  /// A step at rate 0.1 from w = (1, −2), m = (0.5, 0.25), v = (9, 16).
  private func step(
    _ role: Parameter.Role,
    step: Int,
    gradient: [Float] = [300, -400],
    clipping: Bool = true
  ) -> Expected {
    let parameter = Parameter(Tensor([1, -2], [1, 2]), role: role)
    parameter.gradient = Tensor(gradient, [1, 2])
    var optimizer = RAdam([
      RAdam.Moments(mean: Tensor([0.5, 0.25], [1, 2]), variance: Tensor([9, 16], [1, 2]))
    ])
    optimizer.update([parameter], step: step, rate: 0.1, clipping: clipping)
    return Expected(
      mean: optimizer.moments[0].mean.elements,
      variance: optimizer.moments[0].variance.elements,
      value: parameter.value.elements
    )
  }

  private func expect(
    _ found: Expected,
    mean: [Float],
    variance: [Float],
    value: [Float],
    relative: Float = 3e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (a, b, what) in [
      (found.mean, mean, "mean"), (found.variance, variance, "variance"),
      (found.value, value, "value"),
    ] {
      expectClose(a, b, absolute: 0, relative: relative, what, sourceLocation: sourceLocation)
    }
  }

  @Test(
    "the gradient of a table is limited by its second moment after the decay, that of others before"
  )
  func limit() {
    expect(
      step(.table, step: 100),
      mean: [3.365938, -3.662917],
      variance: [9.841269, 17.49559],
      value: [0.9928708, -1.994181]
    )
    expect(
      step(.vector, step: 100),
      mean: [0.7369373, -0.06193742],
      variance: [9.84212, 17.4971],
      value: [0.9841307, -1.998666]
    )
    expect(
      step(.matrix, step: 100),
      mean: [0.7369373, -0.06193742],
      variance: [9.84212, 17.4971],
      value: [0.9831307, -1.996666]
    )
  }

  @Test("a gradient below the limit stays, and so does every one without clipping")
  func withoutLimit() {
    expect(
      step(.table, step: 100, gradient: [3, -4]),
      mean: [0.75, -0.175],
      variance: [9, 16],
      value: [0.9983389, -1.999709]
    )
    expect(
      step(.table, step: 100, clipping: false),
      mean: [30.45, -39.775],
      variance: [98.991, 175.984],
      value: [0.9796646, -1.980078]
    )
    expect(
      step(.vector, step: 100, gradient: [3, -4]),
      mean: [0.4808557, 0.1941443],
      variance: [9, 16],
      value: [0.9896452, -2.004181]
    )
    expect(
      step(.vector, step: 100, clipping: false),
      mean: [1.380378, -0.7053785],
      variance: [98.991, 175.984],
      value: [0.9702748, -1.98481]
    )
  }

  @Test(
    "before the variance is tractable tables take undivided steps, others full ones"
  )
  func intractable() {
    // 1 − β₂⁵ is a small difference in single precision.
    expect(
      step(.table, step: 5),
      mean: [13.18488, -16.75485],
      variance: [25.20873, 44.81552],
      value: [-2.219673, 2.091438],
      relative: 2e-4
    )
    expect(
      step(.vector, step: 5),
      mean: [0.629204, 0.04579602],
      variance: [25.22496, 44.84438],
      value: [0.846352, -2.011183],
      relative: 2e-4
    )
    expect(
      step(.matrix, step: 5),
      mean: [0.629204, 0.04579602],
      variance: [25.22496, 44.84438],
      value: [0.845352, -2.009183],
      relative: 2e-4
    )
  }

  @Test("from step 6 on the rectifier counts")
  func firstTractable() {
    // At step 6 ρ is a difference of nearly equal numbers: r = 0.026 in single precision, 0.4 %
    // off.
    for role in [Parameter.Role.table, .vector] {
      let change = 1 - step(role, step: 6).value[0]
      let full = role == .table ? 0.0010853 : 0.0035249 as Float
      #expect(abs(change / full - 1) < 0.006, "\(role): \(change) for \(full)")
    }
  }
}
