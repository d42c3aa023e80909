import Autograd
import Networks
import Tasks
import Tensors

extension Trainer {
  /// Returns the position that the network points at in each of some passages padded to one length, computed in one
  /// pass.
  ///
  /// - Throws: any error that `monitor` throws.
  package func positions(
    of passages: [PlacedPassage],
    length: Int,
    in data: LambadaData,
    monitor: PassMonitor? = nil
  ) throws -> [Int] {
    try pointer(data.batch([length: passages]), monitor: monitor).result.best.map(Int.init)
  }

  /// Returns the probability that each word is the answer, for passages padded to one length; omits the probabilities
  /// of blanks.
  ///
  /// - Throws: any error that `monitor` throws.
  package func probabilities(
    of passages: [PlacedPassage],
    length: Int,
    in data: LambadaData,
    monitor: PassMonitor? = nil
  ) throws -> [[Double]] {
    let logits = try pointer(data.batch([length: passages]), monitor: monitor).logits
    let (classes, scores) = (logits.shape[1], logits.elements)
    return passages.indices.map { index in
      let own = (0..<length).map {
        Double(scores[(index * length + $0) * classes + Int(PointerLabel.answer)])
      }
      let largest = own.max() ?? 0
      let shares = own.map { Real.exp($0 - largest) }
      let sum = shares.reduce(0, +)
      let first = passages[index].start
      return shares[first..<first + passages[index].count].map { $0 / sum }
    }
  }

  private func pointer(
    _ batch: Batch,
    monitor: PassMonitor?
  ) throws -> (logits: Tensor, result: PointerLossResult) {
    let (logits, tape) = try model.forward(batch, monitor: monitor)
    let result = tape.pointerLoss(
      logits,
      labels: batch.targets(of: PointerTargets.self).labels,
      layout: batch.layout,
      smoothing: settings.smoothing
    )
    return (logits.value, result)
  }
}
