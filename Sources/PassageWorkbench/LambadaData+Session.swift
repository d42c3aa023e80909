import CommandLanguage
import Figures
import Sessions
import Tasks
import Training
import Words
import Wording

extension LambadaData: SessionData {
  package static var subject: String { "passages of text" }
  package static var choosing: String { "`data lambada path=…`, or `load lambada`" }

  package var choice: String? { self.set == nil ? nil : "\(name) path=\(form.path)" }
  package var alphabetIdentity: String { "words \(vocabulary.digest)" }

  package func alphabetMismatch(of model: String, trainedOn before: any SessionData) -> Diagnostic?
  {
    guard before.name == name else { return nil }
    return Diagnostic(
      "the model `\(model)` is trained on other words, or other vectors, than the data have",
      remedy:
        "leave out vectors=, words= and vocabulary=: `data lambada` then keeps the model's words"
    )
  }

  package var lackOfExamples: Diagnostic {
    self.set == nil
      ? Diagnostic(
        "there are no examples to train on: the files of the data are missing",
        remedy: "choose data with path="
      )
      : Diagnostic(
        "there is no passage to train on: \(reasonForNone)",
        remedy: "choose longer lengths=, or files with other passages"
      )
  }

  package func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value {
    try model.checkMemoryOfPass()
    try request.refuseOptionsOfSymbols("`count=` passages are read")
    return try LambadaTest(
      model: model,
      data: self,
      count: request.count,
      seed: model.trainer.settings.seed
    ).run(predictions: request.predictions, in: session)
  }

  package static var comparedLoss: String {
    "the cross-entropy of pointing in nats per passage that can be answered, without smoothing"
  }

  package func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore {
    let test = LambadaTest(model: model, data: self, count: request.count, seed: request.seed)
    let result = try test.measure(in: session)
    let shares = result.shares(of: Double(result.right))
    return ComparedScore(
      zip(["all", "answerable"], shares).map { .init(.text($0), title: $0, $1) },
      baselines: zip(PassageBaseline.allCases, result.guessed).map { baseline, right in
        (baseline.shortTitle, result.shares(of: right))
      },
      published: LambadaTest.publishedNetworks
    )
  }

  package func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    try request.refuseLengths()
    try model.checkMemoryOfPass()
    guard heldOut(.test).count > 0 else { throw LambadaTest.noPassages }
  }

  /// The record that `data` returns and `show data` shows.
  package var summary: Record {
    var record: Record = [
      "task": .text(name), "about": .text(about), "path": .text(form.path),
      "lengths": .integers(bins), "batch": .number(Double(batchSize)),
      "words": .number(Double(vocabulary.words.count)), "cut": .text(form.cut.rawValue),
      "drop": .number(form.drop),
    ]
    if let vectors = form.vectors { record["vectors"] = .text(vectors) }
    if let files = set?.undivided {
      record["text"] = .text(
        files.isEmpty
          ? "divided into words" : "divided as it was read: \(files.joined(separator: ", "))"
      )
    }
    for role in LambadaSet.Role.allCases {
      guard let counts = set?.counts[role] else { continue }
      record[role.rawValue] = .number(Double(counts.used))
    }
    return record
  }

  private var reasonForNone: String {
    guard let counts = set?.counts[.train] else { return "there is no training file" }
    let reasons = [
      (counts.tooLong, "too long"), (counts.withoutAnswer, "without their answer"),
      (counts.empty, "of fewer than two words"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) are \($0.1)" }
    return reasons.isEmpty ? "the training files have none" : reasons.joined(separator: ", ")
  }
}
