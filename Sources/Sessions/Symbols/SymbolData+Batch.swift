import CommandLanguage
import Tasks
import Tensors
import Wording

extension SymbolData {
  /// The number of characters of a question or an answer that are shown.
  private static let longestText = 100

  package func showBatch(_ request: BatchRequest, in session: Session) throws -> Value {
    let batch = try trainingBatch(step: request.step, source: request.source) {
      try session.checkInterruption()
    }
    let padding = options.padding
    let blanks = padding == .end ? "" : ", padding=\(padding.rawValue)"
    session.emit(
      """
      step \(request.step): \(counted(batchSize, "example")) of each length, \
      \(counted(batch.layout.rows, "symbol"))\(blanks)
      """
    )
    let count = min(request.count, batchSize)
    var rows: [Value] = []
    for segment in batch.layout.segments {
      session.emit("length \(segment.length)")
      for index in 0..<count {
        try session.checkInterruption()
        let first = segment.firstRow + index * segment.length
        let places = first..<first + segment.length
        let question = task.question(symbols(batch.inputs[places]))
        let answer = task.answer(symbols(batch.labels[places]))
        session.emit("  \(Self.brief(question)) → \(Self.brief(answer))")
        rows.append(
          .record([
            "length": .number(Double(segment.length)), "question": .text(question),
            "answer": .text(answer),
          ])
        )
      }
    }
    return .record(["step": .number(Double(request.step)), "examples": .list(rows)])
  }

  /// Returns the symbols of one side without the blanks of the padding.
  private func symbols(_ side: ArraySlice<Int32>) -> [Int32] {
    options.padding == .end
      ? Array(task.trimmed(Array(side))) : side.filter { $0 != 0 }
  }

  private static func brief(_ text: String) -> String {
    text.count <= longestText ? text : text.prefix(longestText) + "…"
  }
}
