import Autograd
import CommandLanguage
import Foundation
import Tasks
import Tensors
import Training
import Wording

extension SymbolData {
  package func test(
    _ model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> Value {
    let test = try lengthTest(of: model, request, in: session)
    let file = try request.predictions.map {
      try PredictionFile(
        $0,
        columns: ["length", "input", "target", "answer", "right"],
        insteadOf: task.files,
        in: session
      )
    }
    let parts = try test.run(in: session) { examples in
      Part(
        score: SymbolScore(examples),
        rows: file == nil ? "" : examples.map(row).joined()
      )
    }
    let rows = parts.map { length, parts in
      (length: length, score: parts.reduce(into: SymbolScore()) { $0.add($1.score) })
    }
    // A count that depends on the clock differs from run to run.
    let stability: OutputStability = request.seconds == nil ? .arithmetic : .volatile
    let cells = rows.map { length, score in
      [
        String(length), String(format: "%.4f", score.accuracy),
        "\(score.rightSequences) of \(score.sequences)",
      ]
    }
    session.emit(
      TextTable(rows: [["length", "symbols", "sequences right"]] + cells, numbers: [0, 1]),
      stability
    )
    if !request.isHard {
      if let line = overlap(test.lengths, model) { session.emit(line) }
      model.slot.noteTest(rows, on: self)
    }
    var record = Self.record(rows)
    if let file {
      try file.write(
        parts.flatMap { $0.parts.map(\.rows) },
        rows.reduce(0) { $0 + $1.score.sequences },
        "example",
        stability: stability == .volatile ? .volatile : .stable,
        in: session
      )
      record["predictions"] = .text(file.file)
    }
    return .record(record)
  }

  /// The result of examples that were tested together.
  private struct Part: Codable {
    let score: SymbolScore
    /// The rows of the examples in a file of predictions.
    let rows: String
  }

  private func row(_ example: TestedExample) -> String {
    PredictionFile.row([
      String(example.answer.count), task.question(example.input), task.answer(example.target),
      task.answer(example.answer), example.isRight ? "1" : "0",
    ])
  }

  /// Returns the test that a command requests.
  ///
  /// - Throws: a diagnostic if there is nothing to test, or if memory does not suffice.
  package func lengthTest(
    of model: Session.BoundModel,
    _ request: TestRequest,
    in session: Session
  ) throws -> LengthTest {
    let isNoneHeldOut = (task as? PairTask)?.counts.heldOut == 0
    guard !isNoneHeldOut, hasHeldOutExamples || request.lengths != nil else {
      throw Diagnostic(
        choice == nil
          ? "there is no example to test: the file of the data is missing"
          : isNoneHeldOut
            ? "there is no example to test: none is held out"
            : "no example to test is held out at these lengths",
        remedy: "choose data with `data file=… held-out=0.1`, or with test=FILE"
      )
    }
    guard !request.isHard || task is any GeneratedTask else {
      throw request.arguments.error(
        on: TestCommand.hard,
        "`hard=` is about tasks whose examples are made; those of a file are what they are",
        remedy: "leave it out"
      )
    }
    let lengths = request.lengths ?? testedBins
    try lengths.checkDistinct(TestCommand.lengths)
    let test = LengthTest(
      model: model,
      data: self,
      lengths: lengths,
      count: request.count,
      isHard: request.isHard,
      seed: model.trainer.settings.seed,
      activity: "test",
      timeLimit: request.seconds
    )
    if let length = test.impossibleLength { throw noExample(ofLength: length, request) }
    if let longest = lengths.max() {
      let estimate = MemoryEstimate.forward(model.trainer.model, length: Double(longest))
      try estimate.check()
      estimate.tell(session)
    }
    return test
  }

  package static var comparedLoss: String {
    "the mean cross-entropy in nats per position, without smoothing"
  }

  package func compared(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws -> ComparedScore {
    let scores = try test(of: model, request).run(in: session)
    model.slot.noteTest(scores, on: self)
    return ComparedScore(
      scores.map { length, score in
        .init(.number(Double(length)), title: String(length), score.accuracy)
      }
    )
  }

  package func checkComparison(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    let test = test(of: model, request)
    if let length = test.impossibleLength {
      throw Diagnostic(
        "`\(name)` has no example to test at length \(length)",
        about: CompareCommand.lengths,
        remedy: "leave \(length) out of lengths="
      )
    }
    let longest = MemoryEstimate.forward(
      model.trainer.model,
      length: Double(test.lengths.max() ?? 0)
    )
    try longest.check()
    longest.tell(session)
  }

  /// Returns the test of a model that is compared with others.
  private func test(of model: Session.BoundModel, _ request: ComparisonRequest) -> LengthTest {
    LengthTest(
      model: model,
      data: self,
      lengths: request.lengths ?? testedBins,
      count: request.count,
      seed: request.seed,
      activity: "test"
    )
  }

  private func noExample(ofLength length: Int, _ request: TestRequest) -> Diagnostic {
    if let symbols = (task as? any GeneratedTask)?.symbolsNeeded(forLength: length) {
      return request.arguments.error(
        on: TestCommand.lengths,
        "`\(task.name)` has too few symbols for length \(length): \(grouped(task.inputSymbols))",
        remedy: "train a model on `data \(task.name) alphabet=\(symbols)`"
      )
    }
    return request.arguments.error(
      on: TestCommand.lengths,
      "`\(task.name)` has no example to test at length \(length)",
      remedy: "leave \(length) out of lengths="
    )
  }

  /// Returns a remark if training may have met the inputs of the test, as short lengths have few; nil otherwise.
  private func overlap(
    _ lengths: [Int],
    _ model: Session.BoundModel
  ) -> String? {
    guard model.trainer.step > 0, let task = task as? any GeneratedTask else {
      return nil
    }
    let few = lengths.sorted().filter { length in
      length <= bins.last ?? 0
        && task.inputLength(requesting: length).map { task.distinctInputs(length: $0) } ?? .infinity
          < Double(10 * originalStoredInputs)
    }
    guard let longest = few.last else { return nil }
    let inputs = "fewer than \(grouped(10 * originalStoredInputs)) different inputs"
    return few.count == 1
      ? "length \(longest) has \(inputs): training may have met those of the test"
      : "lengths up to \(longest) have \(inputs): training may have met those of the test"
  }

  private static func record(_ rows: [(length: Int, score: SymbolScore)]) -> Record {
    func column(_ value: (SymbolScore) -> Double) -> Value {
      .labelled(Labelled(rows.map { (.number(Double($0.length)), .number(value($0.score))) }))
    }
    return [
      "lengths": .integers(rows.map(\.length)), "accuracy": column(\.accuracy),
      "errors": column { Double($0.errors) }, "symbols": column { Double($0.total) },
      "right": column { Double($0.rightSequences) }, "wrong": column { Double($0.wrongSequences) },
      "count": column { Double($0.sequences) },
      "table": .table(
        Table(
          rows: rows.map { length, score in
            [
              "length": .number(Double(length)), "symbols": .number(score.accuracy),
              "right": .number(Double(score.rightSequences)),
              "sequences": .number(Double(score.sequences)),
            ]
          }
        )
      ),
    ]
  }
}
