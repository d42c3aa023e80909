import Autograd
import Foundation
import Tensors
import TestSupport

/// The operations of networks that hear windows, at odd sizes.
let windowCases: [OperationCase] = [
  OperationCase(
    name: "windows of 3 at each second of 5, 2 and 7 positions × 2, zeros at the ends",
    operands: [[14, 2]],
    run: { $0.windows($1[0], lengths: [5, 2, 7], width: 3, stride: 2, padding: .same) },
    reference: { p in
      // TensorFlow: 5 and 7 positions have a zero on both sides, 2 positions one behind them.
      let zero: [Double] = [0, 0]
      let x = (0..<14).map { Array(p[0][2 * $0..<2 * $0 + 2]) }
      let rows: [[[Double]]] = [
        [zero, x[0], x[1]], [x[1], x[2], x[3]], [x[3], x[4], zero],
        [x[5], x[6], zero],
        [zero, x[7], x[8]], [x[8], x[9], x[10]], [x[10], x[11], x[12]], [x[12], x[13], zero],
      ]
      return rows.flatMap { $0.flatMap { $0 } }
    }
  ),
  OperationCase(
    name: "windows of 4 at each third of 7 and 5 positions × 3 within them",
    operands: [[12, 3]],
    run: { $0.windows($1[0], lengths: [7, 5], width: 4, stride: 3, padding: .valid) },
    reference: { p in
      let x = (0..<12).map { Array(p[0][3 * $0..<3 * $0 + 3]) }
      return [x[0...3], x[3...6], x[7...10]].flatMap { $0.flatMap { $0 } }
    }
  ),
  OperationCase(
    name: "the larger of each two of 5 and 4 positions × 3",
    operands: [[9, 3]],
    run: { $0.pooled($1[0], lengths: [5, 4], takesMean: false) },
    reference: { pairs($0[0]) { max($0, $1) } }
  ),
  OperationCase(
    name: "the mean of each two of 5 and 4 positions × 3",
    operands: [[9, 3]],
    run: { $0.pooled($1[0], lengths: [5, 4], takesMean: true) },
    reference: { pairs($0[0]) { ($0 + $1) / 2 } }
  ),
  OperationCase(
    name: "relu of 37",
    operands: [[37]],
    run: { $0.relu($1[0]) },
    reference: { $0[0].map { max($0, 0) } }
  ),
  OperationCase(
    name: "complex product of 5 rows of two taps of 3 numbers with 6 × 4",
    operands: [[5, 12], [6, 4], [6, 4]],
    run: { $0.matmul($1[0], $0.complexMatrix($1[1], $1[2], taps: 2)) },
    reference: { p in
      var result: [Double] = []
      for row in 0..<5 {
        var (re, im) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
        for (k, column) in [0, 1, 2, 6, 7, 8].enumerated() {
          let (a, b) = (p[0][row * 12 + column], p[0][row * 12 + column + 3])
          for c in 0..<4 {
            let (u, v) = (p[1][k * 4 + c], p[2][k * 4 + c])
            re[c] += a * u - b * v
            im[c] += a * v + b * u
          }
        }
        result += re + im
      }
      return result
    }
  ),
  OperationCase(
    name: "axes 3 and 5 of 2 × 3 × 5 × 2 change places",
    operands: [[30, 2]],
    run: { $0.swapAxes($1[0], outer: 2, 3, 5) },
    reference: { p in
      var result: [Double] = []
      for outer in 0..<2 {
        for j in 0..<5 {
          for i in 0..<3 {
            let first = 2 * ((outer * 3 + i) * 5 + j)
            result += p[0][first..<first + 2]
          }
        }
      }
      return result
    }
  ),
  OperationCase(
    name: "batchNorm of 600 rows × 5",
    operands: [[600, 5], [5], [5]],
    run: { tape, x in
      tape.batchNorm(
        x[0],
        gain: x[1],
        offset: x[2],
        mean: Parameter(Tensor(zeros: [5]), role: .statistic),
        variance: Parameter(Tensor(zeros: [5]), role: .statistic),
        epsilon: 1e-3
      )
    },
    reference: { batchNorm($0[0], gain: $0[1], offset: $0[2]) }
  ),
  OperationCase(
    name: "complexBatchNorm of 300 rows × 3 numbers",
    operands: [[300, 6], [9], [6]],
    run: { tape, x in
      tape.complexBatchNorm(
        x[0],
        gain: x[1],
        offset: x[2],
        mean: Parameter(Tensor(zeros: [6]), role: .statistic),
        covariance: Parameter(Tensor(zeros: [9]), role: .statistic),
        epsilon: 1e-4
      )
    },
    reference: { complexBatchNorm($0[0], gain: $0[1], offset: $0[2], channels: 3) }
  ),
]

/// A function of each two positions of the first five and of the last four of nine, × 3.
private func pairs(_ x: [Double], _ body: (Double, Double) -> Double) -> [Double] {
  [(0, 1), (2, 3), (5, 6), (7, 8)].flatMap { first, second in
    (0..<3).map { body(x[first * 3 + $0], x[second * 3 + $0]) }
  }
}

private func batchNorm(_ x: [Double], gain: [Double], offset: [Double]) -> [Double] {
  let channels = gain.count
  let rows = x.count / channels
  var y = x
  for c in 0..<channels {
    let column = (0..<rows).map { x[$0 * channels + c] }
    let mean = column.reduce(0, +) / Double(rows)
    let squares = column.map { ($0 - mean) * ($0 - mean) }
    let deviation = (squares.reduce(0, +) / Double(rows) + 1e-3).squareRoot()
    for row in 0..<rows {
      y[row * channels + c] = gain[c] * (column[row] - mean) / deviation + offset[c]
    }
  }
  return y
}

/// By the eigenvalues of the covariance, a way that the code does not take.
private func complexBatchNorm(
  _ x: [Double],
  gain: [Double],
  offset: [Double],
  channels: Int
) -> [Double] {
  let rows = x.count / (2 * channels)
  var y = x
  for c in 0..<channels {
    let re = (0..<rows).map { x[$0 * 2 * channels + c] }
    let im = (0..<rows).map { x[$0 * 2 * channels + channels + c] }
    let means = (re.reduce(0, +) / Double(rows), im.reduce(0, +) / Double(rows))
    func covariance(_ a: [Double], _ b: [Double], _ ma: Double, _ mb: Double) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) } / Double(rows)
    }
    let rr = covariance(re, re, means.0, means.0) + 1e-4
    let ii = covariance(im, im, means.1, means.1) + 1e-4
    let ri = covariance(re, im, means.0, means.1)
    // V = Q diag(λ) Qᵀ with a rotation Q by half of the angle whose tangent is 2 ri / (rr − ii).
    let angle = atan2(2 * ri, rr - ii) / 2
    let (cosine, sine) = (cos(angle), sin(angle))
    let first = rr * cosine * cosine + 2 * ri * cosine * sine + ii * sine * sine
    let second = rr * sine * sine - 2 * ri * cosine * sine + ii * cosine * cosine
    for row in 0..<rows {
      let (a, b) = (re[row] - means.0, im[row] - means.1)
      let u = (cosine * a + sine * b) / first.squareRoot()
      let v = (cosine * b - sine * a) / second.squareRoot()
      let (p, q) = (cosine * u - sine * v, sine * u + cosine * v)
      let (grr, gri, gii) = (gain[c], gain[channels + c], gain[2 * channels + c])
      y[row * 2 * channels + c] = grr * p + gri * q + offset[c]
      y[row * 2 * channels + channels + c] = gri * p + gii * q + offset[channels + c]
    }
  }
  return y
}
