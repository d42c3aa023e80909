import Autograd
import Foundation
import Tensors

/// Double-precision forms of the formulas, written for clarity.
enum Reference {
  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static func gelu(_ x: Double) -> Double { x * sigmoid(1.702 * x) }

  static func matmul(_ a: [Double], _ b: [Double], inner: Int, columns: Int) -> [Double] {
    let rows = a.count / inner
    var c = [Double](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for k in 0..<inner {
        for j in 0..<columns { c[i * columns + j] += a[i * inner + k] * b[k * columns + j] }
      }
    }
    return c
  }

  static func positionNorm(_ x: [Double], _ offset: [Double], examples: [Int]) -> [Double] {
    let channels = offset.count
    var y = x
    var first = 0
    for rows in examples {
      for c in 0..<channels {
        let indices = (first..<first + rows).map { $0 * channels + c }
        let mean = indices.reduce(0) { $0 + x[$1] } / Double(rows)
        let d = indices.map { 2 * (x[$0] - mean) + offset[c] }
        let scale = 1 / (d.reduce(0) { $0 + $1 * $1 } / Double(rows) + 1e-10).squareRoot()
        for (index, value) in zip(indices, d) { y[index] = value * scale }
      }
      first += rows
    }
    return y
  }

  static func featureNorm(_ x: [Double], _ offset: [Double]) -> [Double] {
    let channels = offset.count
    return stride(from: 0, to: x.count, by: channels).flatMap { start -> [Double] in
      let row = x[start..<start + channels]
      let mean = row.reduce(0, +) / Double(channels)
      let d = zip(row, offset).map { $0 - mean + $1 }
      let scale = 1 / (d.reduce(0) { $0 + $1 * $1 } / Double(channels) + 1e-10).squareRoot()
      return d.map { $0 * scale }
    }
  }

  static func shuffle(_ x: [Double], width: Int, length: Int, left: Bool) -> [Double] {
    let bits = length.trailingZeroBitCount
    var y = x
    for base in stride(from: 0, to: x.count / width, by: length) {
      for j in 0..<length {
        let source =
          left ? (j << 1) & (length - 1) | j >> (bits - 1) : j >> 1 | (j & 1) << (bits - 1)
        for c in 0..<width { y[(base + j) * width + c] = x[(base + source) * width + c] }
      }
    }
    return y
  }

  /// The switch layer on one length; operands x, expand, offset, contract, bias, residual.
  static func switchLayer(
    _ p: [[Double]],
    maps: Int,
    length: Int,
    norm: NormAxis,
    left: Bool
  ) -> [Double] {
    let h = matmul(p[0], p[1], inner: 2 * maps, columns: 4 * maps)
    let pairs = p[0].count / (2 * maps)
    let normed =
      norm == .positions
      ? positionNorm(
        h,
        p[2],
        examples: Array(repeating: length / 2, count: pairs / (length / 2))
      )
      : featureNorm(h, p[2])
    let c = matmul(normed.map(gelu), p[3], inner: 4 * maps, columns: 2 * maps)
    let weight = 0.25 * (1 - 0.9 * 0.9).squareRoot()
    let y = p[0].indices.map { i in
      let channel = i % (2 * maps)
      return sigmoid(2 * p[5][channel]) * p[0][i] + weight * (c[i] + p[4][channel])
    }
    return shuffle(y, width: maps, length: length, left: left)
  }

  static func symbolLoss(
    _ logits: [Double],
    labels: [Int32],
    lengths: [(length: Int, batch: Int)],
    classes: Int,
    smoothing: Double
  ) -> Double {
    var total = 0.0
    var row = 0
    let other = smoothing / Double(classes - 1)
    let minimum =
      -((1 - smoothing) * log(1 - smoothing)
      + Double(classes - 1) * other * log(other + 1e-20))
    for (length, batch) in lengths {
      for _ in 0..<batch {
        let weights = (row..<row + length).map { labels[$0] != 0 ? 1.0 : 0.01 }
        let mean = weights.reduce(0, +) / Double(length)
        for i in 0..<length {
          let z = logits[(row + i) * classes..<(row + i + 1) * classes].map { $0 }
          let partition = log(z.reduce(0) { $0 + exp($1) })
          var entropy = 0.0
          for k in 0..<classes {
            let target = k == Int(labels[row + i]) ? 1 - smoothing : other
            entropy -= target * (z[k] - partition)
          }
          total +=
            weights[i] / mean * (entropy - minimum) / Double(length * batch * lengths.count)
        }
        row += length
      }
    }
    return total
  }
}
