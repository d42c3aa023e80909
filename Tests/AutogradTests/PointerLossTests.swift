import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

/// The loss of pointing against its formula in double precision.
@Suite struct PointerLossTests {
  private static let sizes = [(length: 8, batch: 2), (length: 4, batch: 1)]
  private static let labels: [Int32] = [
    0, 1, 2, 1, 2, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 0, 0,
  ]
  private static let smoothing = Double(Float(0.1))

  /// Mean over the lengths of the mean over their examples of −Σ target · log softmax of the third
  /// logit, with (1 − s) spread over the answers and s over all positions.
  private static func loss(_ logits: [Double]) -> Double {
    var (total, row) = (0.0, 0)
    for (length, batch) in sizes {
      for _ in 0..<batch {
        let scores = (row..<row + length).map { logits[3 * $0 + 2] }
        let partition = log(scores.reduce(0) { $0 + exp($1) })
        let answers = labels[row..<row + length].map { $0 == 2 ? 1.0 : 0 }
        let count = answers.reduce(0, +)
        for (score, answer) in zip(scores, answers) {
          let target = (1 - smoothing) * answer / count + smoothing / Double(length)
          total -= target * (score - partition) / Double(batch * sizes.count)
        }
        row += length
      }
    }
    return total
  }

  @Test("value and gradient agree with the formula, for several lengths")
  func formula() throws {
    var random = SeededRandom(seed: 3)
    let values = (0..<60).map { _ in Float.random(in: -2...2, using: &random) }
    let tape = Tape(isRecording: true)
    let logits = tape.input(Tensor(values, [20, 3]))
    let result = tape.pointerLoss(
      logits,
      labels: Self.labels,
      layout: SequenceLayout(Self.sizes),
      smoothing: 0.1
    )
    var exact = values.map(Double.init)
    #expect(abs(Double(result.loss.value.scalar) - Self.loss(exact)) < 2e-6)
    let gradient = try #require(try tape.backward(from: result.loss).of(logits)).elements
    let expected = exact.indices.map { index in
      let value = exact[index]
      defer { exact[index] = value }
      exact[index] = value + 1e-5
      let above = Self.loss(exact)
      exact[index] = value - 1e-5
      return Float((above - Self.loss(exact)) / 2e-5)
    }
    expectClose(gradient, expected, absolute: 1e-6, "gradient")
  }
}
