import CommandLanguage

/// Remembers what commands did and what was shown.
final class TestHost: EvaluatorHost {
  var log: [String] = []
  var shown: [Value] = []
  var completed: [(text: String, value: Value)] = []
  var turnsLeft = Int.max
  lazy var evaluator = Evaluator<TestHost>(registry: .testing)

  func checkpoint() throws {
    if turnsLeft == 0 { throw Stop() }
    turnsLeft -= 1
  }

  func show(_ value: Value) { shown.append(value) }

  func timed(_ statement: Statement, of source: Source, run: () throws -> Value) rethrows -> Value {
    defer { log.append("timed") }
    return try run()
  }

  func completed(_ statement: Statement, of source: Source, value: Value) {
    completed.append((source.text(in: statement.range), value))
  }
}

struct Stop: Interruption, Equatable {}

struct PlainFault: Error, CustomStringConvertible {
  var description: String { "the disk is full" }
}

struct EchoCommand: Command {
  private static let values = CommandArgument.repeating("values", .value, "what to say")

  static let declaration = CommandDeclaration(
    name: "echo",
    summary: "say values again",
    signature: Signature(
      positionals: [values],
      options: [
        CommandArgument("b", .value, "another value"),
        CommandArgument("color", .value, "a colour"),
      ]
    ),
    examples: [.init("echo 1 two 3,4", "say three values")],
    category: "Talking"
  )

  let values: [Value]

  init(_ arguments: BoundArguments) { values = arguments[Self.values] }

  func run(in host: TestHost) -> Value {
    host.log.append(values.map(\.inlineDescription).joined(separator: " "))
    return values.count == 1 ? values[0] : .list(values)
  }
}

struct SayCommand: Command {
  static let declaration = CommandDeclaration(
    name: "say",
    aliases: ["?"],
    summary: "say a text as it is",
    signature: Signature(rawTail: .init("text", "what to say")),
    examples: [.init("say hello, world", "say two words")],
    category: "Talking"
  )

  let text: String

  init(_ arguments: BoundArguments) { text = arguments.raw }

  func run(in host: TestHost) -> Value {
    host.log.append(text)
    return .text(text)
  }
}

struct TrainCommand: Command {
  enum Norm: String, CaseIterable { case positions, features }

  static let steps = CommandArgument("steps", .integer(in: 1...), "how many updates", default: 100)
  static let rate = CommandArgument(
    "rate",
    .number(above: 0, through: 1),
    "learning rate",
    default: 1e-3,
    otherwise: "1e-3"
  )
  static let bin = CommandArgument("bin", .powerOfTwo(in: 4...), "length of the examples")
  static let progress = CommandArgument("progress", .boolean, "show a bar", default: true)
  static let norm = CommandArgument("norm", .choice(Norm.self), "what the norm runs over")
  static let log = CommandArgument("log", .fileToWrite(extensions: ["csv", "tsv"]), "where to log")
  static let every = CommandArgument(
    "every",
    .number(in: 0...),
    "time between lines",
    unit: "seconds"
  )
  static let name = CommandArgument("as", .word, "name of the model")
  static let title = CommandArgument("title", .text, "heading")
  static let lengths = CommandArgument(
    "lengths",
    .lengths(in: 1...),
    "lengths of the examples"
  )
  static let factors = CommandArgument("factors", .list(of: .number), "some factors")
  static let into = CommandArgument("into", .variableName, "a variable")
  static let save = CommandArgument(
    "save",
    .interval(in: 1...),
    "how often to save",
    unit: "steps"
  )
  static let options: [any DeclaredArgument] = [
    rate, bin, progress, norm, log, every, name, title, lengths, factors, into, save,
  ]

  static let declaration = CommandDeclaration(
    name: "train",
    summary: "train the model",
    discussion: "Draws batches and updates the weights.\n\nCtrl-C stops after a step.",
    signature: Signature(positionals: [steps], options: options),
    examples: [.init("train 5", "five steps"), .init("train rate=1e-2", "faster | bolder")],
    category: "Training"
  )

  let steps: Int

  init(_ arguments: BoundArguments) throws {
    steps = arguments[Self.steps]
    if steps == 13 {
      throw arguments.error(on: Self.steps, "13 brings bad luck", remedy: "take 14")
    }
  }

  func run(in host: TestHost) throws -> Value {
    if steps == 666 { throw PlainFault() }
    if steps == 667 { throw Diagnostic("no model") }
    if steps == 668 { throw Stop() }
    host.log.append("train \(steps)")
    return .record(["steps": .number(Double(steps)), "loss": 0.25])
  }
}

struct TestCommand: Command {
  private static let lengths = CommandArgument.required(
    "lengths",
    .lengths,
    "lengths of the examples"
  )

  static let declaration = CommandDeclaration(
    name: "test",
    summary: "measure the accuracy",
    signature: Signature(
      positionals: [CommandArgument.required("task", .word, "what to test")],
      options: [lengths]
    ),
    category: "Training"
  )

  let lengths: [Int]

  init(_ arguments: BoundArguments) throws { lengths = arguments[Self.lengths] }

  func run(in host: TestHost) -> Value {
    let accuracies = lengths.map {
      (Labelled.Label.number(Double($0)), Value.number(1 / Double($0)))
    }
    return .record(["task": "badd", "accuracy": .labelled(Labelled(accuracies))])
  }
}

/// Runs its text as a script, as `run other` does.
struct AgainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "again",
    summary: "run a text",
    signature: Signature(rawTail: .init("script", "statements", isRequired: false)),
    category: "Talking",
    definesVariables: true
  )

  let text: String

  init(_ arguments: BoundArguments) { text = arguments.raw }

  func run(in host: TestHost) throws -> Value {
    let source = Source(name: "inner", text: text)
    return try host.evaluator.evaluate(host.evaluator.registry.parse(source).checked(), in: host)
  }
}

extension CommandRegistry where Host == TestHost {
  static let testing = {
    var registry = CommandRegistry<TestHost>()
    registry.register(EchoCommand.self)
    registry.register(SayCommand.self)
    registry.register(TrainCommand.self)
    registry.register(TestCommand.self)
    registry.register(AgainCommand.self)
    return registry
  }()
}

func parse(_ text: String) -> ParseResult {
  CommandRegistry.testing.parse(Source(name: "test.rsenb", text: text))
}

extension TestHost {
  @discardableResult
  func run(_ text: String) throws -> Value {
    try evaluator.evaluate(parse(text).checked(), in: self)
  }

  func diagnostic(of text: String) -> Diagnostic? {
    do {
      try run(text)
      return nil
    } catch {
      return error as? Diagnostic
    }
  }
}
