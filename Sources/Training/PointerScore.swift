import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Words

/// Where a network points in a passage that it has read several times, moved by other numbers of blanks.
///
/// As in the code of the original, a reading whose highest score lies on a blank has no vote; the word with the most
/// votes counts, of equals the one that was voted for later. Other than there a vote for the first word counts, too.
package struct PointerVote: Hashable, Sendable {
  /// Words in the order of their first votes, and how many each has.
  private var votes: [(word: Int, count: Int)] = []

  package init() {}

  /// Counts a reading.
  ///
  /// - Parameters:
  ///   - position: of the highest score.
  ///   - passage: as it was read.
  package mutating func add(position: Int, in passage: PlacedPassage) {
    let word = position - passage.start
    guard word >= 0, word < passage.count else { return }
    if let index = votes.firstIndex(where: { $0.word == word }) {
      votes[index].count += 1
    } else {
      votes.append((word, 1))
    }
  }

  /// The place of the word that is pointed at; nil if all readings point at blanks.
  package var word: Int? {
    var best: (word: Int, count: Int)?
    for vote in votes where vote.count >= best?.count ?? 0 { best = vote }
    return best?.word
  }

  package static func == (a: PointerVote, b: PointerVote) -> Bool {
    a.votes.elementsEqual(b.votes) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    for vote in votes {
      hasher.combine(vote.word)
      hasher.combine(vote.count)
    }
  }
}

extension Trainer {
  /// Measures the model on held-out passages whose answer can be pointed at, each read once.
  ///
  /// Changes nothing in the training.
  ///
  /// - Parameter count: passages at most, from the first on.
  /// - Throws: what `monitor` throws.
  func validate(
    onPassages data: LambadaData,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    let list = data.heldOut(.validation)
    let source = RandomSource(seed: settings.seed)
    var passages: [Int: [PlacedPassage]] = [:]
    var taken = 0
    for index in 0..<list.count where taken < count && list[index].isAnswerable {
      guard let bin = data.bin(for: list[index].count) else { continue }
      var stream = source.stream(.examples, UInt64(index))
      passages[bin, default: []].append(data.place(list[index], length: bin, using: &stream))
      taken += 1
    }
    var (loss, accuracy) = (0.0, 0.0)
    for (bin, all) in passages.sorted(by: { $0.key < $1.key }) {
      let portion = max(1, Evaluation.positionsPerPass / bin)
      for first in stride(from: 0, to: all.count, by: portion) {
        let part = Array(all[first..<min(first + portion, all.count)])
        let batch = data.batch([bin: part])
        let (logits, tape) = try model.forward(batch, monitor: monitor)
        let result = self.loss(of: logits, batch, on: tape)
        let share = Double(part.count) / Double(taken)
        loss += share * Double(result.loss.value.scalar)
        accuracy += share * result.accuracy
      }
    }
    return ValidationRecord(step: step, loss: loss, accuracy: accuracy)
  }

  /// Where the network points in each of some passages that are padded to one length; together they are one pass.
  ///
  /// - Throws: what `monitor` throws.
  package func positions(
    of passages: [PlacedPassage],
    length: Int,
    in data: LambadaData,
    monitor: PassMonitor? = nil
  ) throws -> [Int] {
    try pointer(data.batch([length: passages]), monitor: monitor).result.best.map(Int.init)
  }

  /// How probable it is that each word of passages that are padded to one length is the answer; the probabilities of
  /// blanks are left out.
  ///
  /// - Throws: what `monitor` throws.
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
      let shares = own.map { exp($0 - largest) }
      let sum = shares.reduce(0, +)
      let first = passages[index].start
      return shares[first..<first + passages[index].count].map { $0 / sum }
    }
  }

  private func pointer(
    _ batch: Batch,
    monitor: PassMonitor?
  ) throws -> (logits: Tensor, result: PointerLossResult) {
    guard case .answers(let labels) = batch.targets else {
      preconditionFailure("passages are read")
    }
    let (logits, tape) = try model.forward(batch, monitor: monitor)
    let result = tape.pointerLoss(
      logits,
      labels: labels,
      layout: batch.layout,
      smoothing: settings.smoothing
    )
    return (logits.value, result)
  }
}
