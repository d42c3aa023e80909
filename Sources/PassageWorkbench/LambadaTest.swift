import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Words
import Wording

/// `test` on passages: the network reads each several times, moved by random numbers of blanks, and its votes are
/// counted as in the original's code.
struct LambadaTest {
  let model: Session.BoundModel
  let data: LambadaData
  /// Passages at most; nil for all.
  let count: Int?

  /// Readings of a passage.
  static let readings = 10
  /// Accuracy in percent on the whole test set as the papers tell it.
  private static let published = [
    ("a random word of the passage", "1.6"), ("Gated-Attention Reader", "49.0"),
    ("Neural Shuffle-Exchange", "52.28"), ("RSE network", "54.34"),
    ("Universal Transformer", "56.25"), ("people", "86.0"),
  ]

  /// What was found in some passages.
  private struct Result {
    var passages = 0
    var answerable = 0
    /// Passages that are answered rightly, by the network and by each baseline.
    var right = 0
    var guessed = [Double](repeating: 0, count: PassageBaseline.allCases.count)
  }

  func run(in session: Session) throws -> Value {
    let list = data.heldOut(.test)
    guard let set = data.set, list.count > 0 else {
      throw Diagnostic(
        "there is no passage to test on",
        remedy: "name the folder of a file such as test.txt with `data lambada path=…`"
      )
    }
    let tooLong = count == nil ? set.counts[.test]?.tooLong ?? 0 : 0
    let wanted = min(count ?? list.count, list.count)
    let numbers = (0..<wanted).map { $0 * list.count / wanted }
    var result = Result()
    result.passages = wanted + tooLong
    for number in numbers {
      let words = list[number]
      result.answerable += words.isAnswerable ? 1 : 0
      for (index, baseline) in PassageBaseline.allCases.enumerated() {
        result.guessed[index] += baseline.hits(words, in: set)
      }
    }
    result.right = try rightAnswers(numbers, list, in: session)
    return report(result, tooLong: tooLong, in: session)
  }

  /// How many of the passages the network answers rightly.
  private func rightAnswers(
    _ numbers: [Int],
    _ list: PassageList,
    in session: Session
  ) throws -> Int {
    let source = RandomSource(seed: model.trainer.settings.seed)
    let start = ContinuousClock.now
    var (done, right) = (0, 0)
    func progress() -> WorkProgress {
      WorkProgress(
        activity: "test",
        done: done,
        total: numbers.count,
        unit: "passages",
        seconds: start.secondsAgo,
        detail: done > 0 ? String(format: "accuracy %.4f", Double(right) / Double(done)) : ""
      )
    }
    let groups = Dictionary(grouping: numbers) { data.bin(for: list[$0].count) ?? 0 }
    for (bin, own) in groups.sorted(by: { $0.key < $1.key }) {
      let portion = max(1, Evaluation.positionsPerPass / bin / Self.readings)
      for first in stride(from: 0, to: own.count, by: portion) {
        let part = own[first..<min(first + portion, own.count)]
        let readings = part.flatMap { number in
          (0..<Self.readings).map { reading in
            var stream = source.stream(.testData, UInt64(number), UInt32(reading))
            return data.place(list[number], length: bin, using: &stream)
          }
        }
        let positions = try model.trainer.positions(
          of: readings,
          length: bin,
          in: data,
          monitor: session.monitor { _ in progress() }
        )
        for (index, number) in part.enumerated() {
          var vote = PointerVote()
          for reading in index * Self.readings..<(index + 1) * Self.readings {
            vote.add(position: positions[reading], in: readings[reading])
          }
          let words = list[number]
          if let word = vote.word, word < words.count - 1,
            words[words.startIndex + word] == words.last
          {
            right += 1
          }
        }
        done += part.count
        session.emit(progress())
        try session.checkInterruption()
      }
    }
    return right
  }

  private func report(_ result: Result, tooLong: Int, in session: Session) -> Value {
    let all = Double(max(1, result.passages))
    let answerable = Double(max(1, result.answerable))
    func row(_ name: String, _ right: Double) -> [String] {
      [name, String(format: "%.4f", right / all), String(format: "%.4f", right / answerable)]
    }
    var table = [["", "all", "answerable"]]
    table.append(row(model.slot.name, Double(result.right)))
    var baselines: [(Labelled.Label, Value)] = []
    for (baseline, right) in zip(PassageBaseline.allCases, result.guessed) {
      table.append(row(baseline.title, right))
      baselines.append((.text(baseline.rawValue), .number(right / all)))
    }
    let lines = TextTable(rows: table, numbers: [1, 2]).lines(width: session.width)
    for line in lines { session.emit(line, .arithmetic) }
    session.emit(
      "\(counted(result.passages, "passage")), the answer of \(grouped(result.answerable)) is in them"
    )
    if tooLong > 0 { session.emit("\(grouped(tooLong)) are too long and count as wrong") }
    let figures = Self.published.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    session.emit("published, in % of all passages of LAMBADA's test set: \(figures)")
    return .record([
      "accuracy": .number(Double(result.right) / all),
      "answerable_accuracy": .number(Double(result.right) / answerable),
      "right": .number(Double(result.right)), "passages": .number(Double(result.passages)),
      "answerable": .number(Double(result.answerable)),
      "baselines": .labelled(Labelled(baselines)),
    ])
  }
}
