import Foundation
import Processes
import Tasks
import Tensors
import Training

/// A test of a model on fresh examples of several lengths, which are never used for training.
package struct LengthTest {
  package let model: Session.BoundModel
  package let data: SymbolData
  package let lengths: [Int]
  /// The number of examples of each length; nil for the usual numbers.
  package let count: Int?
  /// True if the examples are of hard kinds; only for tasks whose examples are generated.
  package var isHard = false
  /// The seed of the examples.
  package let seed: UInt64
  /// The name of the work in progress lines.
  package let activity: String
  /// The time, in seconds, after which a length has no further examples; at least some are tested.
  var timeLimit: Double?

  /// The default number of symbols of a length: 1024 examples of length 4096.
  private static let symbolBudget = 1 << 22
  private static let mostExamples = 1024

  /// Runs the test.
  ///
  /// - Throws: `Interrupted`.
  package func run(in session: Session) throws -> [(length: Int, score: SymbolScore)] {
    try run(in: session) { SymbolScore($0) }.map { length, parts in
      (length, parts.reduce(into: SymbolScore()) { $0.add($1) })
    }
  }

  /// Runs the test and judges the examples that are tested together.
  ///
  /// - Parameter judge: called with some examples of one length in their order.
  /// - Returns: the judgements on all examples of each length, in their order.
  /// - Throws: `Interrupted`.
  package func run<Part: Codable>(
    in session: Session,
    judging judge: ([TestedExample]) throws -> Part
  ) throws -> [(length: Int, parts: [Part])] {
    let counts = lengths.map { min(count ?? Self.usualCount($0), available($0) ?? .max) }
    let total = counts.reduce(0, +) / (timeLimit == nil ? ProcessGroup.current.count : 1)
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
    func part(_ portion: Portion) throws -> Part {
      length = portion.length
      let examples = try portion.examples.map { index in
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
      let answers = try evaluation.predictions(for: examples.map(\.input), length: length)
      done += examples.count
      portionSize = 0
      session.emit(progress(0))
      return try judge(zip(examples, answers).map { TestedExample($0, answer: $1) })
    }
    return try zip(lengths, counts).map { length, count in
      let portions = Portion.all(of: length, count: count)
      return (length, try parts(of: portions, part, in: session))
    }
  }

  /// Examples of one length that are tested together.
  private struct Portion {
    let length: Int
    let examples: Range<Int>

    static func all(of length: Int, count: Int) -> [Portion] {
      let size = max(1, Evaluation.positionsPerPass / length)
      return stride(from: 0, to: count, by: size).map {
        Portion(length: length, examples: $0..<min($0 + size, count))
      }
    }
  }

  /// Computes the parts of a length's portions, divided among the processes; under a time limit every process tests
  /// as many as fit.
  private func parts<Part: Codable>(
    of portions: [Portion],
    _ part: (Portion) throws -> Part,
    in session: Session
  ) throws -> [Part] {
    let processes = ProcessGroup.current
    guard let timeLimit else {
      return try processes.map(.test, count: portions.count, poll: session.checkInterruption) {
        try part(portions[$0])
      }
    }
    let begin = ContinuousClock.now
    var parts: [Part] = []
    for portion in portions {
      let isOver = try processes.any(
        !parts.isEmpty && begin.secondsAgo >= timeLimit,
        poll: session.checkInterruption
      )
      if isOver { break }
      parts.append(try part(portion))
    }
    return parts
  }

  /// The first of the lengths without any example.
  var impossibleLength: Int? { lengths.first { available($0) == 0 } }

  /// Returns the number of examples of a length that do not fit a shorter one of the lengths; nil for no limit.
  private func available(_ length: Int) -> Int? {
    data.task.testCount(above: below(length), upTo: length)
  }

  private func below(_ length: Int) -> Int { lengths.filter { $0 < length }.max() ?? 0 }

  /// Returns the default number of examples of a length.
  package static func usualCount(_ length: Int) -> Int {
    min(mostExamples, max(4, symbolBudget / length))
  }
}
