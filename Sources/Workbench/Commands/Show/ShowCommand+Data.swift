import CommandLanguage
import Tasks
import Tensors

extension ShowCommand {
  /// Characters that are shown of a question or an answer.
  private static let longestText = 100

  /// The task with its lengths and alphabets.
  func showData(in session: Session) throws -> Value {
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    for line in Value.record(data.summary).description.split(separator: "\n") {
      session.print(String(line))
    }
    return .record(data.summary)
  }

  /// Examples of the batch that the next training step takes.
  func showBatch(in session: Session) throws -> Value {
    if let music = session.data as? MusicData { return try showBatch(of: music, in: session) }
    if let text = session.data as? LambadaData { return try showBatch(of: text, in: session) }
    let data = try session.symbolData()
    let (step, source) = try nextStep(on: data, in: session)
    let batch = try data.trainingBatch(step: step, source: source) {
      try session.checkInterruption()
    }
    let padding = data.options.padding
    let blanks = padding == .end ? "" : ", padding=\(padding.rawValue)"
    session.print(
      """
      step \(step): \(data.batchSize) example\(data.batchSize == 1 ? "" : "s") of each length, \
      \(grouped(batch.layout.rows)) symbols\(blanks)
      """
    )
    let count = min(arguments[Self.count], data.batchSize)
    var rows: [Value] = []
    for segment in batch.layout.segments {
      session.print("length \(segment.length)")
      for index in 0..<count {
        try session.checkInterruption()
        let first = segment.firstRow + index * segment.length
        let places = first..<first + segment.length
        let question = data.task.question(symbols(batch.inputs[places], data))
        let answer = data.task.answer(symbols(batch.labels[places], data))
        session.print("  \(Self.brief(question)) → \(Self.brief(answer))")
        rows.append(
          .record([
            "length": .number(Double(segment.length)), "question": .text(question),
            "answer": .text(answer),
          ])
        )
      }
    }
    return .record(["step": .number(Double(step)), "examples": .list(rows)])
  }

  /// The step that the model takes next, and what its batch is drawn from.
  ///
  /// - Throws: a diagnostic if there is nothing to train on, or no model of the name that was given.
  func nextStep(
    on data: any TaskData,
    in session: Session
  ) throws -> (step: Int, source: RandomSource) {
    guard data.hasExamples else { throw BindingError.noExamples(data).diagnostic }
    let slot = try name == nil ? session.currentModel : session.model(named: name)
    let seed = slot?.request.settings.seed ?? session.seed
    return ((slot?.trainer?.step ?? 0) + 1, RandomSource(seed: seed))
  }

  /// The symbols of one side without the blanks that padding has added.
  private func symbols(_ side: ArraySlice<Int32>, _ data: SymbolData) -> [Int32] {
    data.options.padding == .end
      ? Array(data.task.trimmed(Array(side))) : side.filter { $0 != 0 }
  }

  private static func brief(_ text: String) -> String {
    text.count <= longestText ? text : text.prefix(longestText) + "…"
  }
}
