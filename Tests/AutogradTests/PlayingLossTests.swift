import Foundation
import Tensors
import Testing

@testable import Autograd

@Suite("The loss of what is played")
struct PlayingLossTests {
  /// Two windows of three frames with logits, targets and weights of a sequence that covers −4 … 4, 0 … 1 and 0 … 2.
  private static let (windows, frames) = (2, 3)
  private static let count = windows * frames * PlayingRow.count

  private static func value(_ index: Int, _ step: Int) -> Double {
    Double(index * step % 1009) / 1008
  }

  private static let logits = (0..<count).map { Float(8 * value($0, 37) - 4) }
  private static let targets = PlayingTargets(
    frames: frames,
    values: (0..<count).map { Float(value($0, 101)) },
    weights: (0..<count).map { Float(2 * value($0, 211)) }
  )

  /// −t log σ(z) − (1 − t) log(1 − σ(z)), weighted.
  private static func entropy(_ index: Int, _ z: Double) -> Double {
    let probability = 1 / (1 + exp(-z))
    let target = Double(targets.values[index])
    return Double(targets.weights[index])
      * -(target * log(probability) + (1 - target) * log(1 - probability))
  }

  @Test("is the weighted cross-entropy, the mean over frames")
  func value() {
    let tape = Tape(isRecording: false)
    let logits = tape.constant(
      Tensor(Self.logits, [Self.windows * Self.frames, PlayingRow.count])
    )
    let result = tape.playingLoss(logits, targets: Self.targets, weight: 0.3)
    let half = Self.count / 2
    let expected = [0..<half, half..<Self.count].map { range in
      range.reduce(0) { $0 + Self.entropy($1, Double(Self.logits[$1])) } / Double(Self.frames)
    }
    for (loss, expected) in zip(result.losses, expected) {
      #expect(abs(loss - expected) < 1e-5 * expected)
    }
    let total = 0.3 * (expected[0] + expected[1])
    #expect(abs(Double(result.loss.value.scalar) - total) < 1e-5 * total)
  }

  @Test("its gradient is the slope of each logit")
  func gradient() throws {
    let tape = Tape(isRecording: true)
    let logits = tape.input(Tensor(Self.logits, [Self.windows * Self.frames, PlayingRow.count]))
    let loss = tape.playingLoss(logits, targets: Self.targets, weight: 0.3).loss
    let gradient = try #require(try tape.backward(from: loss).of(logits)).elements
    for index in stride(from: 0, to: Self.count, by: 7) {
      let z = Double(Self.logits[index])
      let slope = (Self.entropy(index, z + 1e-4) - Self.entropy(index, z - 1e-4)) / 2e-4
      #expect(abs(Double(gradient[index]) - 0.3 * slope / Double(Self.frames)) < 1e-5)
    }
  }
}
