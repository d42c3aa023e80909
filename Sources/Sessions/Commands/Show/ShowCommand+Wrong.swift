import CommandLanguage
import Tasks
import Training
import Wording

extension ShowCommand {
  package static let shown = CommandArgument(
    "show",
    .integer(in: 1...1000),
    "wrong examples that are shown at most",
    default: 10
  )

  /// The result of examples that were tested together: their score and the first wrong ones.
  private struct Part: Codable {
    let score: SymbolScore
    let wrong: [TestedExample]
  }

  /// Tests the model and lists its wrong answers.
  func showWrong(in session: Session) throws -> Value {
    let request = TestRequest(ofExamples: arguments)
    let longest = request.lengths?.max()
    let model = try session.boundModel(named: name) { model, data in
      (longest ?? data.bins.max()).map { .forward(model, length: Double($0)) }
    }
    let data: SymbolData = try symbols(of: model)
    let most = arguments[Self.shown]
    let lengths = try data.lengthTest(of: model, request, in: session).run(in: session) {
      examples in
      Part(
        score: SymbolScore(examples),
        wrong: Array(examples.lazy.filter { !$0.isRight }.prefix(most))
      )
    }
    var score = SymbolScore()
    var shown: [Value] = []
    for (length, parts) in lengths {
      let own = parts.reduce(into: SymbolScore()) { $0.add($1.score) }
      score.add(own)
      let wrong = own.wrongSequences == 0 ? "none" : grouped(own.wrongSequences)
      session.emit("length \(length): \(wrong) of \(grouped(own.sequences)) wrong", .arithmetic)
      for example in parts.lazy.flatMap(\.wrong).prefix(most - shown.count) {
        let answer = WrongAnswer(example: example, task: data.task)
        answer.lines.forEach { session.emit("  " + $0, .arithmetic) }
        shown.append(.record(answer.record))
      }
    }
    session.emit(Self.summary(of: score, shown: shown.count), .arithmetic)
    return .record([
      "wrong": .number(Double(score.wrongSequences)), "count": .number(Double(score.sequences)),
      "examples": .list(shown),
    ])
  }

  private static func summary(of score: SymbolScore, shown: Int) -> String {
    let all = counted(score.sequences, "example")
    guard score.wrongSequences > 0 else { return "none of \(all) is wrong" }
    let rest = shown < score.wrongSequences ? ", \(grouped(shown)) shown" : ""
    return "\(grouped(score.wrongSequences)) of \(all) wrong\(rest)"
  }

  private func symbols(of model: Session.BoundModel) throws(Diagnostic) -> SymbolData {
    guard let data = model.data as? SymbolData else {
      throw arguments.error(
        on: Self.what,
        "`show wrong` is about \(SymbolData.subject), and the data are `\(model.data.name)`",
        remedy: "`test` measures the model on these data"
      )
    }
    return data
  }
}
