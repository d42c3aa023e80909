import Foundation
import Tasks
import Tensors
import Training

/// Measures a model on fresh examples of several lengths, which training never sees.
struct LengthTest {
  let model: Session.BoundModel
  let lengths: [Int]
  /// Examples of each length; nil for the usual numbers.
  let count: Int?
  /// The seed of the examples.
  let seed: UInt64
  /// What progress calls the work.
  let activity: String

  private static let usualCount = 1024
  private static let symbolBudget = 1 << 20

  /// Runs the test.
  ///
  /// - Throws: `Interrupted`.
  func run(in session: Session) throws -> [(length: Int, score: SymbolScore)] {
    let counts = lengths.map { min(count ?? usualCount($0), available($0) ?? .max) }
    let total = counts.reduce(0, +)
    let start = ContinuousClock.now
    var (done, portionSize, length) = (0, 0, 0)
    func progress(_ share: Double) -> WorkProgress {
      WorkProgress(
        activity: activity,
        done: done,
        total: total,
        part: share * Double(portionSize),
        unit: "examples",
        seconds: (ContinuousClock.now - start) / .seconds(1),
        detail: "\(model.slot.name), length \(length)"
      )
    }
    let evaluation = Evaluation(
      model: model.trainer.model,
      monitor: session.monitor { progress($0.share) }
    )
    let source = RandomSource(seed: seed)
    var rows: [(length: Int, score: SymbolScore)] = []
    for (current, count) in zip(lengths, counts) {
      length = current
      var score = SymbolScore()
      let portion = max(1, Evaluation.positionsPerPass / length)
      for first in stride(from: 0, to: count, by: portion) {
        let examples = (first..<min(first + portion, count)).map {
          model.data.task.testExample(above: below(length), upTo: length, index: $0, source: source)
        }
        portionSize = examples.count
        score.add(try evaluation.score(examples, length: length))
        done += examples.count
        portionSize = 0
        session.tell(progress(0))
      }
      rows.append((length, score))
    }
    return rows
  }

  /// The first of the lengths that there is no example for.
  var impossibleLength: Int? { lengths.first { available($0) == 0 } }

  /// The number of examples of a length that no shorter one of the lengths holds; nil for any number.
  private func available(_ length: Int) -> Int? {
    model.data.task.testCount(above: below(length), upTo: length)
  }

  private func below(_ length: Int) -> Int { lengths.filter { $0 < length }.max() ?? 0 }

  private func usualCount(_ length: Int) -> Int {
    min(Self.usualCount, max(4, Self.symbolBudget / length))
  }
}
