import CommandLanguage
import Figures
import Foundation
import Networks
import Processes
import Sessions
import Tasks
import Tensors
import Training
import Words
import Wording

/// `test` on passages: the network reads each several times, shifted by random numbers of blanks, and its votes are
/// counted as in the reference code.
struct LambadaTest {
  let model: Session.BoundModel
  let data: LambadaData
  /// The maximum number of passages; nil for all.
  let count: Int?
  /// The seed for the blanks before passages.
  let seed: UInt64

  /// The number of readings of a passage.
  static let readings = 10
  /// The published accuracies on the whole test set, in percent, of networks in rse and of others.
  private static let published: [(name: String, network: NetworkKind?, percent: String)] = [
    ("a random word of the passage", nil, "1.6"), ("Gated-Attention Reader", .gareader, "49.0"),
    ("Neural Shuffle-Exchange", .se, "52.28"), ("RSE network", .rse, "54.34"),
    ("Universal Transformer", .universal, "56.25"), ("people", nil, "86.0"),
  ]

  /// The published accuracies of those networks that rse has.
  static let publishedNetworks = Dictionary(
    uniqueKeysWithValues: published.compactMap { name, network, percent in
      network.flatMap { network in Double(percent).map { (network, $0) } }
    }
  )

  /// The network's answer for a passage.
  struct Answer: Codable {
    /// The passage's number among those that are used, from 0.
    let passage: Int
    /// The length at which it was read.
    let length: Int
    /// The index of the word with the most votes; nil if there is none.
    let word: Int?
    let isRight: Bool
  }

  /// The results of some passages.
  struct Result {
    fileprivate(set) var passages = 0
    fileprivate(set) var answerable = 0
    /// The number of passages that are too long; they are among the passages and count as wrong.
    fileprivate(set) var tooLong = 0
    /// The number of passages that the network answers correctly.
    var right: Int { answers.count(where: \.isRight) }
    fileprivate(set) var answers: [Answer] = []
    fileprivate(set) var guessed = [Double](repeating: 0, count: PassageBaseline.allCases.count)

    /// Returns the shares of a number of right answers in all passages and in those that can be answered.
    func shares(of right: Double) -> [Double] {
      [right / Double(max(1, passages)), right / Double(max(1, answerable))]
    }
  }

  static var noPassages: Diagnostic {
    Diagnostic(
      "there is no passage to test on",
      remedy: "name the folder of a file such as test.txt with `data lambada path=…`"
    )
  }

  /// - Parameter predictions: the file for all answers.
  func run(predictions: String?, in session: Session) throws -> Value {
    let file = try predictions.map {
      try PredictionFile(
        $0,
        columns: ["passage", "length", "input", "target", "answer", "right"],
        insteadOf: [],
        in: session
      )
    }
    let result = try measure(in: session)
    var record = report(result, in: session)
    if let file {
      let rows = result.answers.sorted { $0.passage < $1.passage }.map(row)
      try file.write(rows, rows.count, "passage", in: session)
      record["predictions"] = .text(file.file)
    }
    return .record(record)
  }

  private func row(_ answer: Answer) -> String {
    let words = data.heldOut(.test)[answer.passage].map { data.set?.table.word($0) ?? "" }
    return PredictionFile.row([
      String(answer.passage + 1), String(answer.length),
      (words.dropLast() + [PassageReading.gap]).joined(separator: " "), words.last ?? "",
      answer.word.map { words[$0] } ?? "(nothing)", answer.isRight ? "1" : "0",
    ])
  }

  /// Tests the network and the baselines on the passages.
  ///
  /// - Throws: a diagnostic if there are none; `Interrupted`.
  func measure(in session: Session) throws -> Result {
    let list = data.heldOut(.test)
    guard let set = data.set, list.count > 0 else {
      throw Self.noPassages
    }
    let tooLong = count == nil ? set.counts[.test]?.tooLong ?? 0 : 0
    let wanted = min(count ?? list.count, list.count)
    let numbers = (0..<wanted).map { $0 * list.count / wanted }
    var result = Result()
    (result.passages, result.tooLong) = (wanted + tooLong, tooLong)
    for number in numbers {
      let words = list[number]
      result.answerable += words.isAnswerable ? 1 : 0
      for (index, baseline) in PassageBaseline.allCases.enumerated() {
        result.guessed[index] += baseline.hits(words, in: set)
      }
    }
    result.answers = try answers(to: numbers, list, in: session)
    return result
  }

  /// Returns the network's answers to the passages.
  private func answers(
    to numbers: [Int],
    _ list: PassageList,
    in session: Session
  ) throws -> [Answer] {
    let source = RandomSource(seed: seed)
    let start = ContinuousClock.now
    var (done, right) = (0, 0)
    func progress() -> WorkProgress {
      WorkProgress(
        activity: "test",
        done: done,
        total: numbers.count / ProcessGroup.current.count,
        unit: "passages",
        seconds: start.secondsAgo,
        detail: done > 0 ? String(format: "accuracy %.4f", Double(right) / Double(done)) : ""
      )
    }
    let groups = Dictionary(grouping: numbers) { data.bin(for: list[$0].count) ?? 0 }
    let portions = groups.sorted(by: { $0.key < $1.key }).flatMap { bin, own in
      let size = max(1, Evaluation.positionsPerPass / bin / Self.readings)
      return stride(from: 0, to: own.count, by: size).map { first in
        (bin: bin, numbers: own[first..<min(first + size, own.count)])
      }
    }
    return try ProcessGroup.current.map(
      .test,
      count: portions.count,
      poll: session.checkInterruption
    ) { index in
      let portion = portions[index]
      let readings = portion.numbers.flatMap { number in
        (0..<Self.readings).map { reading in
          var stream = source.stream(.testData, UInt64(number), UInt32(reading))
          return data.place(list[number], length: portion.bin, using: &stream)
        }
      }
      let positions = try model.trainer.positions(
        of: readings,
        length: portion.bin,
        in: data,
        monitor: session.monitor { _ in progress() }
      )
      var answers: [Answer] = []
      for (index, number) in portion.numbers.enumerated() {
        var vote = PointerVote()
        for reading in index * Self.readings..<(index + 1) * Self.readings {
          vote.add(position: positions[reading], in: readings[reading])
        }
        let words = list[number]
        // The last word is the gap, so a vote for it is no answer.
        let word = vote.word.flatMap { $0 < words.count - 1 ? $0 : nil }
        answers.append(
          Answer(
            passage: number,
            length: portion.bin,
            word: word,
            isRight: word.map { words[words.startIndex + $0] == words.last } ?? false
          )
        )
      }
      right += answers.count(where: \.isRight)
      done += portion.numbers.count
      session.emit(progress())
      try session.checkInterruption()
      return answers
    }.flatMap { $0 }
  }

  private func report(_ result: Result, in session: Session) -> Record {
    func row(_ name: String, _ right: Double) -> [String] {
      [name] + result.shares(of: right).map { String(format: "%.4f", $0) }
    }
    func record(_ name: String, _ shares: [Double]) -> Record {
      ["model": .text(name), "all": .number(shares[0]), "answerable": .number(shares[1])]
    }
    var table = [["", "all", "answerable"]]
    table.append(row(model.slot.name, Double(result.right)))
    var baselines: [(Labelled.Label, Value)] = []
    var records: [Record] = [record(model.slot.name, result.shares(of: Double(result.right)))]
    for (baseline, right) in zip(PassageBaseline.allCases, result.guessed) {
      table.append(row(baseline.title, right))
      baselines.append((.text(baseline.rawValue), .number(result.shares(of: right)[0])))
      records.append(record(baseline.rawValue, result.shares(of: right)))
    }
    session.emit(TextTable(rows: table, numbers: [1, 2]), .arithmetic)
    session.emit(
      "\(counted(result.passages, "passage")), the answer of \(grouped(result.answerable)) is in them"
    )
    if result.tooLong > 0 {
      session.emit("\(grouped(result.tooLong)) are too long and count as wrong")
    }
    let figures = Self.published.map { "\($0.name) \($0.percent)" }.joined(separator: ", ")
    session.emit("published, in % of all passages of LAMBADA's test set: \(figures)")
    let shares = result.shares(of: Double(result.right))
    return [
      "accuracy": .number(shares[0]), "answerable_accuracy": .number(shares[1]),
      "right": .number(Double(result.right)), "passages": .number(Double(result.passages)),
      "answerable": .number(Double(result.answerable)),
      "baselines": .labelled(Labelled(baselines)), "table": .table(Table(rows: records)),
    ]
  }
}
