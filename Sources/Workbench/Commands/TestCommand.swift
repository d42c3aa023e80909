import Autograd
import CommandLanguage
import Foundation
import Tasks
import Tensors
import Training

/// `test lengths=64..1024 by *2`
struct TestCommand: Command {
  private static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...1 << 21)),
    "powers of two",
    unit: "symbols",
    otherwise: "those of the data"
  )
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of each length, windows of each recording, or passages",
    otherwise: "1024, fewer above length 4096; of recordings and passages all"
  )
  private static let seconds = CommandArgument(
    "seconds",
    .number(in: 0...1e6),
    "the time after which a length ends",
    unit: "seconds",
    otherwise: "no end"
  )
  private static let of = CommandArgument(
    "of",
    .name(of: "model"),
    "the model",
    otherwise: "the current one"
  )

  static let declaration = CommandDeclaration(
    name: "test",
    summary: "Measure the model on fresh examples of several lengths",
    discussion: """
      Every length gets new examples that training never sees, padded to it. Accuracy is the share of \
      right symbols among the positions where the answer or the prediction is not blank; a sequence is \
      wrong if any of them is. Testing changes nothing in the training.

      Without `count=` as many examples are taken at each length as 2^22 symbols allow, from 4 to 1,024: up to \
      length 4,096 they are 1,024. `seconds=` ends a length when the time is over, after at least one pass; \
      what is counted then depends on the speed of the machine.

      Of music the network hears `count=` windows of each held-out recording, evenly spread, without `count=` one \
      for every label frame, and the frame in the middle of each is judged: the average precision over all notes \
      of all frames, and what a probability of 0.5 finds.

      Of passages of text the network reads `count=`, without it all, each ten times, moved by random numbers of \
      blanks. Each reading has a vote for the word with the highest score, none for a blank; the word with the most \
      votes counts. A passage whose answer is not among its words counts as wrong.

      A task may have few different inputs at a short length. Where they are fewer than 100,000, ten times as \
      many as the original stores for its training, tests meet inputs of the training, and `test` says so.
      """,
    signature: Signature(options: [lengths, count, seconds, of]),
    examples: [
      .init(
        "data badd lengths=8; model rse maps=8; test lengths=8..32 by *2 count=16",
        "an untrained model on three lengths"
      )
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  func run(in session: Session) throws -> Value {
    let wanted = arguments[Self.lengths]?.max()
    let model = try session.boundModel(named: arguments[Self.of]) { model, data in
      (wanted ?? data.bins.max()).map { .forward(model, length: Double($0)) }
    }
    if !(model.data is SymbolData), let longest = model.data.bins.max() {
      try MemoryEstimate.forward(model.trainer.model, length: Double(longest)).check()
    }
    if let music = model.data as? MusicData { return try testMusic(model, music, in: session) }
    if let text = model.data as? LambadaData { return try testPassages(model, text, in: session) }
    let data = try model.symbols()
    guard data.hasExamples, data.hasHeldOutExamples || arguments.has(Self.lengths) else {
      throw Diagnostic(
        data.hasExamples
          ? "no example to test is held out at these lengths"
          : "there is no example to test: the file of the data is missing",
        remedy: "choose data with `data file=… held-out=0.1`"
      )
    }
    let lengths = arguments[Self.lengths] ?? data.testedBins
    try lengths.checkDistinct(Self.lengths)
    let limit = arguments[Self.seconds]
    let test = LengthTest(
      model: model,
      data: data,
      lengths: lengths,
      count: arguments[Self.count],
      seed: model.trainer.settings.seed,
      activity: "test",
      timeLimit: limit
    )
    if let length = test.impossibleLength { throw noExample(of: data.task, length: length) }
    if let longest = lengths.max() {
      let estimate = MemoryEstimate.forward(model.trainer.model, length: Double(longest))
      try estimate.check()
      estimate.tell(session)
    }
    let rows = try test.run(in: session)
    // What is counted by the clock differs from run to run.
    let tell = limit == nil ? session.printResult : session.note
    tell("length  accuracy  wrong sequences")
    for (length, score) in rows {
      tell(
        String(
          format: "%6d    %.4f  %d of %d",
          length,
          score.accuracy,
          score.wrongSequences,
          score.sequences
        )
      )
    }
    if let line = overlap(lengths, data, model) { session.print(line) }
    model.slot.noteTest(rows, on: data)
    return Self.record(rows)
  }

  private func testPassages(
    _ model: Session.BoundModel,
    _ data: LambadaData,
    in session: Session
  ) throws -> Value {
    try refuseOfSymbols("`count=` passages are read")
    return try LambadaTest(model: model, data: data, count: arguments[Self.count])
      .run(in: session)
  }

  /// Refuses the options that only tasks of symbols have.
  private func refuseOfSymbols(_ instead: String) throws(Diagnostic) {
    let foreign: [any DeclaredArgument] = [Self.lengths, Self.seconds]
    for option in foreign where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option.name)=` is about tasks of symbols; here \(instead)",
        remedy: "leave it out"
      )
    }
  }

  private func testMusic(
    _ model: Session.BoundModel,
    _ data: MusicData,
    in session: Session
  ) throws -> Value {
    try refuseOfSymbols("`count=` windows are heard")
    return try MusicTest(model: model, data: data, count: arguments[Self.count])
      .run(in: session)
  }

  private func noExample(of task: any SymbolTask, length: Int) -> Diagnostic {
    if let symbols = (task as? any GeneratedTask)?.symbolsNeeded(forLength: length) {
      return arguments.error(
        on: Self.lengths,
        "`\(task.name)` has too few symbols for length \(length): \(grouped(task.inputSymbols))",
        remedy: "train a model on `data \(task.name) alphabet=\(symbols)`"
      )
    }
    return arguments.error(
      on: Self.lengths,
      "`\(task.name)` has no example to test at length \(length)",
      remedy: "leave \(length) out of lengths="
    )
  }

  /// What is to be said where a trained model cannot be tested on other inputs than those of its training.
  private func overlap(
    _ lengths: [Int],
    _ data: SymbolData,
    _ model: Session.BoundModel
  ) -> String? {
    guard model.trainer.step > 0, let task = data.task as? any GeneratedTask else {
      return nil
    }
    let few = lengths.sorted().filter { length in
      length <= data.bins.last ?? 0
        && task.inputLength(requesting: length).map { task.distinctInputs(length: $0) } ?? .infinity
          < Double(10 * originalStoredInputs)
    }
    guard let longest = few.last else { return nil }
    let inputs = "fewer than \(grouped(10 * originalStoredInputs)) different inputs"
    return few.count == 1
      ? "length \(longest) has \(inputs): training may have met those of the test"
      : "lengths up to \(longest) have \(inputs): training may have met those of the test"
  }

  private static func record(_ rows: [(length: Int, score: SymbolScore)]) -> Value {
    func column(_ value: (SymbolScore) -> Double) -> Value {
      .labelled(Labelled(rows.map { (.number(Double($0.length)), .number(value($0.score))) }))
    }
    return .record([
      "lengths": .integers(rows.map(\.length)), "accuracy": column(\.accuracy),
      "errors": column { Double($0.errors) }, "symbols": column { Double($0.total) },
      "wrong": column { Double($0.wrongSequences) }, "count": column { Double($0.sequences) },
    ])
  }
}
