import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Tensors
import Training
import Words

/// A network's reading of a passage from the user.
struct PassageReading {
  /// The words of the passage, the gap last.
  let words: [String]
  /// The probability of each word except for the gap as the answer, the mean over ten readings.
  let probabilities: [Double]
  /// The number of words at the beginning that did not fit.
  let left: Int

  /// The text for the missing word.
  static let gap = "___"

  private static func isGap(_ word: String) -> Bool { word.allSatisfy { $0 == "_" } }

  /// The answers by descending probability; probabilities of equal words are added up.
  var answers: [(word: String, probability: Double)] {
    var sums: [String: (sum: Double, first: Int)] = [:]
    for (index, (word, probability)) in zip(words, probabilities).enumerated() {
      sums[word] = ((sums[word]?.sum ?? 0) + probability, sums[word]?.first ?? index)
    }
    return sums.sorted { ($0.value.sum, $1.value.first) > ($1.value.sum, $0.value.first) }
      .map { ($0.key, $0.value.sum) }
  }

  /// Reads a passage.
  ///
  /// - Parameter text: with or without `___` in place of the missing word, which is the last.
  /// - Throws: `QuestionError`, a diagnostic if memory does not suffice, any error of the monitor.
  init(
    _ text: String,
    _ model: Session.BoundModel,
    _ data: LambadaData,
    in session: Session
  ) throws {
    var words = WordTokenizer.words(of: text)
    if let gap = words.firstIndex(where: Self.isGap) {
      let behind = words[(gap + 1)...]
      guard behind.allSatisfy({ word in !word.contains { $0.isLetter || $0 == "_" } }) else {
        throw QuestionError(
          behind.contains(where: Self.isGap)
            ? "there is more than one gap"
            : "there are words behind the gap, which the network cannot read",
          remedy: "write a passage whose last word is ___"
        )
      }
      words.removeSubrange(gap...)
    }
    let longest = data.bins.last ?? 0
    guard !words.isEmpty else {
      throw QuestionError(
        "there is no word before the gap",
        remedy: "write a passage whose last word is ___"
      )
    }
    left = max(0, words.count + 1 - longest)
    words.removeFirst(left)
    let length = data.bin(for: words.count + 1) ?? longest
    let numbers = words.map(data.vocabulary.number(of:)) + [Vocabulary.mask]
    let source = RandomSource(seed: model.trainer.settings.seed)
    let readings = (0..<LambadaTest.readings).map { reading in
      var stream = source.stream(.testData, .max, UInt32(reading))
      return PlacedPassage(
        numbers,
        isAnswer: words.map { _ in false },
        question: SentenceSign.lastSentence(of: words.map { SentenceSign(of: $0.utf8) }),
        start: stream.index(below: length - numbers.count + 1)
      )
    }
    try MemoryEstimate.forward(
      model.trainer.model,
      length: Double(length),
      positions: readings.count * length
    ).check()
    let all = try model.trainer.probabilities(
      of: readings,
      length: length,
      in: data,
      monitor: session.monitor { _ in
        WorkProgress(activity: "try", done: 0, total: 1, unit: "passages", seconds: 0, detail: "")
      }
    )
    self.words = words + [Self.gap]
    probabilities = words.indices.map { word in
      all.reduce(0) { $0 + $1[word] } / Double(all.count)
    }
  }
}
