import CommandLanguage
import Figures
import Sessions
import Tasks
import Tensors
import Words
import Wording

extension LambadaData {
  /// The number of characters of a passage that are shown.
  private static let longestPassage = 400

  /// Shows the passages of the next training step's batch: the mask as ___, unknown words as ?, answers in brackets.
  package func showBatch(_ request: BatchRequest, in session: Session) throws -> Value {
    let passages = try trainingPassages(step: request.step, source: request.source) {
      try session.checkInterruption()
    }
    let count = passages.reduce(0) { $0 + $1.passages.count }
    session.emit("step \(request.step): \(counted(count, "passage"))")
    var rows: [Value] = []
    for (length, all) in passages {
      session.emit("length \(length)")
      for passage in all.prefix(request.count) {
        let text = passage.text(in: vocabulary)
        let brief =
          text.count <= Self.longestPassage ? text : "…" + text.suffix(Self.longestPassage)
        session.emit("  \(brief)")
        rows.append(
          .record(["length": .number(Double(length)), "passage": .text(text)])
        )
      }
    }
    return .record(["step": .number(Double(request.step)), "examples": .list(rows)])
  }
}

extension PlacedPassage {
  /// Returns the words as the network reads them.
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
