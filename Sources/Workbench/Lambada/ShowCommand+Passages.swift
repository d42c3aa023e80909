import CommandLanguage
import Tasks
import Tensors
import Words

extension ShowCommand {
  /// Characters that are shown of a passage.
  private static let longestPassage = 400

  /// Passages of the batch that the next training step takes: the mask as ___, unknown words as ?, answers in
  /// brackets.
  func showBatch(of data: LambadaData, in session: Session) throws -> Value {
    let (step, source) = try nextStep(on: data, in: session)
    let passages = try data.trainingPassages(step: step, source: source) {
      try session.checkInterruption()
    }
    let count = passages.reduce(0) { $0 + $1.passages.count }
    session.print("step \(step): \(grouped(count)) passage\(count == 1 ? "" : "s")")
    var rows: [Value] = []
    for (length, all) in passages {
      session.print("length \(length)")
      for passage in all.prefix(arguments[Self.count]) {
        let text = passage.text(in: data.vocabulary)
        let brief =
          text.count <= Self.longestPassage ? text : "…" + text.suffix(Self.longestPassage)
        session.print("  \(brief)")
        rows.append(
          .record(["length": .number(Double(length)), "passage": .text(text)])
        )
      }
    }
    return .record(["step": .number(Double(step)), "examples": .list(rows)])
  }
}

extension PlacedPassage {
  /// The words as the network reads them.
  fileprivate func text(in vocabulary: Vocabulary) -> String {
    readings.map { word, isAnswer in
      let text =
        switch word {
        case Vocabulary.mask: PassageReading.gap
        case Vocabulary.unknown: "?"
        default: vocabulary.words.word(UInt32(word) - UInt32(Vocabulary.special.count))
        }
      return isAnswer ? "[\(text)]" : text
    }.joined(separator: " ")
  }
}
