import Foundation
import Tasks
import Tensors
import Training

/// Measures a model on fresh examples of several lengths, which training never sees.
package struct LengthTest {
  package let model: Session.BoundModel
  package let data: SymbolData
  package let lengths: [Int]
  /// Examples of each length; nil for the usual numbers.
  package let count: Int?
  /// Whether the examples are of hard kinds; of tasks whose examples are made only.
  var isHard = false
  /// The seed of the examples.
  package let seed: UInt64
  /// What progress calls the work.
  package let activity: String
  /// Seconds after which a length has no further examples; at least some are tested.
  var timeLimit: Double?

  /// Symbols of a length where no number of examples is given: 1024 examples of length 4096.
  private static let symbolBudget = 1 << 22
  private static let mostExamples = 1024

  /// Runs the test.
  ///
  /// - Throws: `Interrupted`.
  package func run(in session: Session) throws -> [(length: Int, score: SymbolScore)] {
    let counts = lengths.map { min(count ?? Self.usualCount($0), available($0) ?? .max) }
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
        seconds: start.secondsAgo,
        detail: session.models.count > 1
          ? "\(model.slot.name), length \(length)" : "length \(length)"
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
      let begin = ContinuousClock.now
      for first in stride(from: 0, to: count, by: portion) {
        if let timeLimit, first > 0, begin.secondsAgo >= timeLimit {
          break
        }
        let examples = try (first..<min(first + portion, count)).map { index in
          try session.checkInterruption()
          return try data.testExample(
            above: below(length),
            upTo: length,
            index: index,
            isHard: isHard,
            source: source,
            interruption: session.checkInterruption
          )
        }
        portionSize = examples.count
        score.add(try evaluation.score(examples, length: length))
        done += examples.count
        portionSize = 0
        session.emit(progress(0))
      }
      rows.append((length, score))
    }
    return rows
  }

  /// The first of the lengths that there is no example for.
  var impossibleLength: Int? { lengths.first { available($0) == 0 } }

  /// The number of examples of a length that no shorter one of the lengths holds; nil for any number.
  private func available(_ length: Int) -> Int? {
    data.task.testCount(above: below(length), upTo: length)
  }

  private func below(_ length: Int) -> Int { lengths.filter { $0 < length }.max() ?? 0 }

  /// Examples of a length where no number of them is given.
  package static func usualCount(_ length: Int) -> Int {
    min(mostExamples, max(4, symbolBudget / length))
  }
}
