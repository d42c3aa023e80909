import Tensors
import Testing

/// Steps of RAdam against its formulas in double precision.
@Suite struct KernelOptimiserTests {
  /// A step in double precision.
  private struct Reference {
    let step: rse_radam_step

    /// What becomes of the first moment, the second moment and the weight.
    func callAsFunction(
      isTable: Bool,
      gradient: Double,
      m: Double,
      v: Double,
      w: Double
    ) -> (m: Double, v: Double, w: Double) {
      let (beta1, beta2) = (Double(step.beta1), Double(step.beta2))
      let g = gradient * Double(step.clip)
      let v = beta2 * v + (1 - beta2) * g * g
      let root = (v / Double(step.correction2)).squareRoot() + Double(step.epsilon)
      let m = beta1 * m + (1 - beta1) * (isTable ? g : g / root)
      let mean = m / Double(step.correction1) * Double(step.rectifier)
      let change =
        isTable ? mean / (step.divides == 1 ? root : 1) : mean + Double(step.decay) * w
      return (m, v, w - Double(step.rate) * change)
    }
  }

  /// The first step, an early one and a late one; with and without clipping and decay.
  private static let steps: [Reference] = [
    (clip: 1, time: 1, rectifier: 1, decay: 0, divides: 0),
    (clip: 0.37, time: 5, rectifier: 1, decay: 0.01, divides: 0),
    (clip: 0.9, time: 6, rectifier: 0.02, decay: 0, divides: 1),
    (clip: 1, time: 5000, rectifier: 0.98, decay: 0.01, divides: 1),
  ].map { (clip: Float, time: Int, rectifier: Float, decay: Float, divides: Int32) in
    Reference(
      step: rse_radam_step(
        clip: clip,
        beta1: 0.9,
        beta2: 0.997,
        correction1: 1 - power(0.9, time),
        correction2: 1 - power(0.997, time),
        epsilon: 1e-5,
        rectifier: rectifier,
        decay: decay,
        rate: 0.02,
        divides: divides
      )
    )
  }

  private static func power(_ base: Float, _ exponent: Int) -> Float {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }

  @Test("one step of each variable", arguments: KernelVariant.available, [false, true])
  func step(variant: KernelVariant, isTable: Bool) {
    let run = isTable ? variant.kernels.radam_table : variant.kernels.radam
    for (number, reference) in Self.steps.enumerated() {
      for count in [0, 1, 7, 8, 15, 17, 33, 100] {
        let m = normals(count, seed: 1)
        // Also variables without a gradient, and without one so far.
        let gradient = normals(count, seed: 2).enumerated().map { $0 % 5 == 3 ? 0 : $1 }
        let v = normals(count, seed: 3).enumerated().map { $0 % 10 == 3 ? 0 : $1 * $1 }
        let w = normals(count, seed: 4)
        let results = outputs(m, v, w) {
          run?(count, gradient, $0[0], $0[1], $0[2], reference.step)
        }
        let expected = (0..<count).map {
          reference(
            isTable: isTable,
            gradient: Double(gradient[$0]),
            m: Double(m[$0]),
            v: Double(v[$0]),
            w: Double(w[$0])
          )
        }
        let what = "\(count), step \(number)"
        expectNear(results[0], expected.map(\.m), ulps: 2, size: 1, "mean of \(what)")
        expectNear(results[1], expected.map(\.v), ulps: 2, size: 0, "variance of \(what)")
        expectNear(results[2], expected.map(\.w), ulps: 2, size: 1, "weights of \(what)")
      }
    }
  }
}
