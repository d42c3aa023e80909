import Foundation
import Tensors
import Testing

@Suite struct KernelLossTests {
  /// Rows of logits, and the first largest of each.
  private static let rows: [(logits: [Float], first: Int32)] = [
    ([1, 1, 1, 1], 0), ([0, 2, 2, 1], 1), ([-3, -2, -1, -1], 2), ([-1, -5, -2, 0], 3),
    ([-.infinity, -1e30, -.infinity, -1e30], 1), ([0, -0, 0, -0], 0), ([5, 4, 5, 5], 0),
  ]

  @Test("the first of the largest is chosen", arguments: KernelVariant.available)
  func argmax(variant: KernelVariant) {
    let best = outputs([Int32](repeating: -1, count: Self.rows.count)) {
      variant.kernels.argmax(Self.rows.count, 4, Self.rows.flatMap(\.logits), $0[0])
    }[0]
    #expect(best == Self.rows.map(\.first))
    for (rows, columns) in matrixExtents {
      let x = Matrix(rows, columns, seed: 1)
      let best = outputs([Int32](repeating: -1, count: rows)) {
        variant.kernels.argmax(rows, columns, x.elements, $0[0])
      }[0]
      let expected = (0..<rows).map(x.row).map { row in
        row.firstIndex(of: row.max() ?? 0).map(Int32.init)
      }
      #expect(best == expected, "\(rows) × \(columns)")
    }
  }

  @Test("the loss, its gradient and the predictions", arguments: KernelVariant.available)
  func loss(variant: KernelVariant) {
    for example in LossExample.all {
      let expected = example.reference
      let (loss, gradient, predictions) = example.run(variant.kernels, wantsGradient: true)
      expectNear([Float(loss)], [expected.loss], ulps: 2, size: 1, "loss of \(example.name)")
      expectNear(gradient, expected.gradient, ulps: 2, size: example.largestFactor, example.name)
      #expect(predictions == expected.predictions, "\(example.name)")

      let other = example.run(variant.kernels, wantsGradient: false)
      #expect(other.loss == loss && other.predictions == predictions, "\(example.name)")
      expectSame(other.gradient, unset(gradient.count), "no gradient of \(example.name)")
    }
  }
}

/// One example: its logits and labels, and how its loss is computed.
private struct LossExample {
  let positions, classes: Int
  let smoothing, blankWeight: Float
  let logits: [Float]
  let labels: [Int32]
  let scale: Float = 0.7

  /// Few and many positions and classes; logits that are as large as 200.
  static let all = [
    (1, 2, 0, 1, 1), (3, 5, 0.1, 0.01, 1), (11, 17, 0.1, 0.5, 4), (13, 33, 0, 0.01, 1),
    (64, 12, 0.3, 1, 1), (100, 1, 0, 0.01, 1), (20, 16, 0.1, 0.01, 60),
  ].map(LossExample.init)

  init(positions: Int, classes: Int, smoothing: Float, blankWeight: Float, size: Float) {
    (self.positions, self.classes) = (positions, classes)
    (self.smoothing, self.blankWeight) = (smoothing, blankWeight)
    // In steps, so that a row often has several largest.
    logits = normals(positions * classes, seed: 1).map { ($0 * 2).rounded() / 2 * size }
    labels = (0..<positions).map { Int32($0 * $0 % classes) }
  }

  var name: String { "\(positions) × \(classes), smoothing \(smoothing), blank \(blankWeight)" }

  /// What each position counts; all together 1.
  private var weights: [Double] {
    let weights = labels.map { $0 == 0 ? Double(blankWeight) : 1 }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// The largest factor of a row of the gradient.
  var largestFactor: Double { Double(scale) * (weights.max() ?? 0) }

  func run(
    _ kernels: rse_kernel_table,
    wantsGradient: Bool
  ) -> (loss: Double, gradient: [Float], predictions: [Int32]) {
    var loss = 0.0
    var predictions: [[Int32]] = []
    let gradient = outputs(unset(logits.count)) { gradient in
      predictions = outputs([Int32](repeating: -1, count: positions)) { predictions in
        withInputs(logits, labels) { logits, labels in
          loss = kernels.symbol_loss(
            .init(
              positions: positions,
              classes: classes,
              logits: logits,
              labels: labels,
              smoothing: smoothing,
              blank_weight: blankWeight,
              scale: scale,
              d_logits: wantsGradient ? gradient[0] : nil,
              predictions: predictions[0]
            )
          )
        }
      }
    }
    return (loss, gradient[0], predictions[0])
  }

  /// The cross-entropy with smoothed targets less its minimum, weighted; its gradient; the classes
  /// with the largest logits.
  var reference: (loss: Double, gradient: [Double], predictions: [Int32]) {
    let on = 1 - Double(smoothing)
    let off = classes > 1 ? Double(smoothing) / Double(classes - 1) : 0
    var (loss, gradient, predictions) = (0.0, [Double](), [Int32]())
    for (position, weight) in weights.enumerated() {
      let z = Matrix(positions, classes, logits).row(position)
      let largest = z.max() ?? 0
      let partition = largest + log(z.reduce(0) { $0 + exp($1 - largest) })
      for k in 0..<classes {
        let target = k == Int(labels[position]) ? on : off
        let logTarget = target > 0 ? log(target) : 0
        loss += weight * target * (logTarget - (z[k] - partition))
        gradient.append(Double(scale) * weight * (exp(z[k] - partition) - target))
      }
      predictions.append(Int32(z.firstIndex(of: largest) ?? -1))
    }
    return (loss, gradient, predictions)
  }
}
