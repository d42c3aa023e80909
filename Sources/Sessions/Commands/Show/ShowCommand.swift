import CommandLanguage
import Tensors

/// `show model`
package struct ShowCommand: Command {
  enum Subject: String, CaseIterable {
    case model, models, shipped, parameters, data, batch, wrong, variables, environment, speed, log
    case notebook
  }

  static let what = CommandArgument.required(
    "what",
    .choice(Subject.self),
    "what is shown"
  )
  static let file = CommandArgument(
    "file",
    .fileToRead(extensions: ["rsenb"]),
    "the notebook, after `notebook`"
  )
  private static let of = ModelArgument.of
  package static let count = CommandArgument(
    "count",
    .integer(in: 1...1000),
    "examples of each length",
    default: 3
  )

  package static let declaration = CommandDeclaration(
    name: "show",
    summary: "Show what there is: the model, the data, variables, the environment",
    discussion: """
      model - the form of the model and its layers at the largest length of the data.

      models - all models, the current one marked.

      shipped - the trained models that come with the program, with the lengths that they were trained on; `load` knows \
      them by these names.

      parameters - every array with its shape.

      data - the task, its lengths and alphabets.

      batch - examples of the batch that the next training step takes, each with its answer.

      wrong - examples of a test that the model answers wrongly: the question, the right answer and the model's, with a mark \
      below each wrong symbol; `_` is a blank. Answers that people write in another way than symbol by symbol stand above their \
      symbols. `lengths=`, `count=` and `hard=` choose the examples as for `test`; the answers are those to its examples.

      variables - the values that `let` and `param` bound.

      environment - what results depend on.

      speed - steps per second of the last `train`, the speed of its matrix products, and the share that is of \
      what `sgemm` reaches on this machine's processors, measured now.

      log - loss, accuracy, learning rate and seconds of all steps of the model, as a table: `let t = show log`.

      notebook FILE - a notebook to read: its prose, statements and recorded output.
      """,
    signature: Signature(
      positionals: [what, file],
      groups: [
        ScopedOptions(
          "`show model`, `show parameters`, `show batch`, `show wrong` and `show log`",
          under: names(.model, .parameters, .batch, .wrong, .log),
          options: [of]
        ),
        ScopedOptions("`show batch`", under: names(.batch), options: [count]),
        ScopedOptions(
          "`show wrong`",
          under: names(.wrong),
          options: TestRequest.examples + [shown]
        ),
      ]
    ),
    examples: [
      .init("data badd; model rse maps=96; show model", "742,756 parameters"),
      .init("data sort; show batch count=1", "one example of each length"),
      .init(
        "data badd lengths=8; model rse maps=8; show wrong count=16 show=2",
        "two of the wrong answers of an untrained model"
      ),
      .init("show shipped", "what `load` can begin with"),
      .init(
        "record start mine.rsenb\nseed 3\nrecord stop\nshow notebook mine.rsenb",
        "reads what was recorded"
      ),
      .init("show environment", "program, arithmetic, kernels, threads"),
      .init("data badd lengths=8; model rse maps=8; train 3; show speed", "how fast it was"),
      .init(
        "data badd lengths=8; model rse maps=8; train 3\nlet t = show log\n$t.loss[-1]",
        "the loss of the last step"
      ),
    ],
    category: Category.looking
  )

  private static func names(_ subjects: Subject...) -> [String] { subjects.map(\.rawValue) }

  private let what: Subject
  package let name: String?
  package let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    what = arguments[Self.what]
    name = arguments[Self.of]
    self.arguments = arguments
    guard arguments.has(Self.file) == (what == .notebook) else {
      throw arguments.error(
        on: what == .notebook ? Self.what : Self.file,
        what == .notebook
          ? "the notebook's name is missing" : "`show \(what.rawValue)` takes no file",
        remedy: what == .notebook ? "write `show notebook mine.rsenb`" : "leave it out"
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    switch what {
    case .model: try showModel(in: session)
    case .parameters: try showParameters(in: session)
    case .models: showModels(in: session)
    case .shipped: try showShipped(in: session)
    case .data: try showData(in: session)
    case .batch: try showBatch(in: session)
    case .wrong: try showWrong(in: session)
    case .variables: showVariables(in: session)
    case .speed: try showSpeed(in: session)
    case .log: try showLog(in: session)
    case .environment: showEnvironment(in: session)
    case .notebook: try showNotebook(in: session)
    }
  }

  private func showVariables(in session: Session) -> Value {
    var record = Record()
    defer { if record.names.isEmpty { session.emit("no variables yet", .volatile) } }
    for name in session.evaluator.variables.names where name != "_" {
      guard let value = session.evaluator.variables[name] else { continue }
      session.emit("\(name) = \(value.briefDescription)")
      record[name] = value
    }
    return .record(record)
  }

  private func showEnvironment(in session: Session) -> Value {
    let facts =
      ProgramEnvironment.facts + ProgramEnvironment.processes
      + [("kernels", kernelName), ("folder", session.folder)]
    session.emit(ProgramEnvironment.line, .volatile)
    for fact in facts { session.emit("\(fact.key): \(fact.value)", .volatile) }
    var record: Record = ["environment": .text(ProgramEnvironment.line)]
    for fact in facts {
      record[fact.key] = Double(fact.value).map { .number($0) } ?? .text(fact.value)
    }
    return .record(record)
  }
}
