import Testing

@testable import CommandLanguage

/// Options under some tasks only: `path` is a file of music and a folder of text.
private struct ChooseCommand: Command {
  static let task = CommandArgument(
    "task",
    .choice(among: ["sort", "hum", "read", "guess"]),
    "a task"
  )
  static let batch = CommandArgument("batch", .integer(in: 1...), "examples", default: 32)
  static let width = CommandArgument("width", .integer(in: 1...9), "digits", default: 4)
  static let file = CommandArgument("file", .fileToRead(extensions: ["tsv"]), "pairs")
  static let gain = CommandArgument("gain", .number(in: 0...40), "loudness", unit: "dB", default: 0)
  static let recording = CommandArgument("path", .fileToRead(extensions: ["csv"]), "the recordings")
  static let folder = CommandArgument("path", .directory, "the texts", default: ".")

  static let declaration = CommandDeclaration(
    name: "choose",
    summary: "choose a task",
    discussion: "Tasks differ.",
    signature: Signature(
      positionals: [task],
      options: [batch],
      groups: [
        ScopedOptions("numbers", under: ["sort"], options: [width]),
        ScopedOptions(
          "a file of your own",
          under: [],
          orAlone: true,
          topic: "a file of pairs",
          options: [file]
        ),
        ScopedOptions(
          "music",
          under: ["hum"],
          topic: "music",
          replacements: ["width": "music is as wide as it is"],
          options: [gain, recording]
        ),
        ScopedOptions("texts", under: ["read", "guess"], options: [folder]),
      ],
      valueNoun: "task"
    ),
    category: "Tests"
  )

  let arguments: BoundArguments

  init(_ arguments: BoundArguments) { self.arguments = arguments }

  func run(in host: ChooseHost) throws -> Value {
    host.arguments = arguments
    if arguments[Self.gain] == 7 {
      // What a maker throws who does not see the call.
      try Diagnostic.about(Self.gain) { throw Diagnostic("too loud", remedy: "take 6") }
    }
    return .nothing
  }
}

private final class ChooseHost: EvaluatorHost {
  var arguments: BoundArguments?

  func checkpoint() {}

  func show(_ value: Value) {}

  func timed(_ statement: Statement, of source: Source, run: () throws -> Value) rethrows -> Value {
    try run()
  }

  func completed(_ statement: Statement, of source: Source, value: Value) {}
}

@Suite("Scoped options")
struct ScopedOptionsTests {
  private static let registry = {
    var registry = CommandRegistry<ChooseHost>()
    registry.register(ChooseCommand.self)
    return registry
  }()

  private func bind(_ text: String) throws -> BoundArguments {
    let evaluator = Evaluator(registry: Self.registry)
    evaluator.variables["t"] = "sort"
    let host = ChooseHost()
    let script = try Self.registry.parse(Source(name: "f", text: text)).checked()
    try evaluator.evaluate(script, in: host)
    return try #require(host.arguments)
  }

  @Test("an option means what it means under the value")
  func meanings() throws {
    #expect(try bind("choose sort width=3 batch=8")[ChooseCommand.width] == 3)
    #expect(try bind("choose hum path=a.csv")[ChooseCommand.recording] == "a.csv")
    #expect(try bind("choose hum path=a.csv")[ChooseCommand.folder] == ".")
    #expect(try bind("choose guess path=texts")[ChooseCommand.folder] == "texts")
    #expect(try bind("choose guess path=texts")[ChooseCommand.recording] == nil)
    #expect(try bind("choose path=texts task=read")[ChooseCommand.folder] == "texts")
    #expect(try bind("choose file=a.tsv")[ChooseCommand.file] == "a.tsv")
    #expect(try bind("choose $t width=3")[ChooseCommand.width] == 3)
  }

  @Test(
    "an option outside of its groups is refused at its value",
    arguments: [
      (
        "choose sort gain=3", "3", "`gain=` is about music, not about the task `sort`",
        "leave it out, or use `choose hum`"
      ),
      (
        "choose sort path=x", "x", "`path=` is about music or texts, not about the task `sort`",
        "leave it out, or use `choose hum`, `choose read` or `choose guess`"
      ),
      (
        "choose hum width=3", "3", "`width=` is about numbers, not about music",
        "music is as wide as it is"
      ),
      (
        "choose gain=3", "3", "`gain=` is about music, not about a file of pairs",
        "leave it out, or use `choose hum`"
      ),
      (
        "choose read file=a.tsv", "a.tsv",
        "`file=` is about a file of your own, not about the task `read`",
        "leave it out, or use `choose file=…`"
      ),
      (
        "choose $t gain=3", "3", "`gain=` is about music, not about the task `sort`",
        "leave it out, or use `choose hum`"
      ),
    ]
  )
  func refused(text: String, marked: String, message: String, remedy: String) throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try bind(text) }
    #expect(diagnostic.message == message)
    #expect(diagnostic.remedy == remedy)
    #expect(diagnostic.range.map { diagnostic.source?.text(in: $0) } == marked)
  }

  @Test("where values are parts of a command, an option belongs to some of them")
  func parts() {
    let signature = Signature(
      positionals: [CommandArgument.required("figure", .choice(among: ["loss", "cost"]), "what")],
      groups: [
        ScopedOptions("`draw cost`", under: ["cost"], options: [ChooseCommand.width])
      ]
    )
    let error = signature.refusal(of: "width", in: .value("loss"), command: "draw")
    #expect(error.message == "`draw loss` has no option `width=`")
    #expect(error.remedy == "it belongs to `draw cost`")
  }

  @Test("a wrong value is the only error of a call whose options depend on it")
  func wrongValue() throws {
    let evaluator = Evaluator(registry: Self.registry)
    let script = try Self.registry.parse(Source(name: "f", text: "choose srot gain=3")).checked()
    #expect(evaluator.check(script).map(\.message) == ["`task` of `choose` cannot be `srot`"])
  }

  @Test("what is refused is found before a script runs, unless a variable decides it")
  func checking() throws {
    let evaluator = Evaluator(registry: Self.registry)
    func errors(_ text: String) throws -> Int {
      evaluator.check(try Self.registry.parse(Source(name: "f", text: text)).checked()).count
    }
    #expect(try errors("choose sort gain=3") == 1)
    #expect(try errors("let t = \"sort\"; choose $t gain=3") == 0)
    #expect(try errors("let t = \"sort\"; choose $t gain=300") == 1)
  }

  @Test("values are checked by the declaration that counts")
  func bounds() throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try bind("choose hum gain=41") }
    #expect(
      diagnostic.message == "`gain` of `choose`: expected a number from 0 to 40, found 41"
    )
  }

  @Test("an error that says what it is about points there")
  func about() throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try bind("choose hum gain=7") }
    #expect(diagnostic.message == "too loud")
    #expect(diagnostic.remedy == "take 6")
    #expect(diagnostic.range.map { diagnostic.source?.text(in: $0) } == "7")
  }

  private struct NoNames: CompletionHost {
    func names(of thing: String) -> [(name: String, summary: String)] { [] }

    func paths(beginningWith text: String, extensions: [String]?) -> [String] {
      extensions.map { $0.isEmpty ? [] : ["a." + $0[0]] } ?? ["texts/"]
    }
  }

  @Test(
    "completion offers the options that apply, all of them while that is open",
    arguments: [
      ("choose sort ", ["batch=", "width="]), ("choose hum ", ["batch=", "gain=", "path="]),
      ("choose guess path=x ", ["batch="]), ("choose task=hum g", ["gain="]),
      ("choose hum path=", ["a.csv"]), ("choose read path=", ["texts/"]),
      (
        "choose ",
        [
          "sort", "hum", "read", "guess", "batch=", "width=", "file=", "gain=", "path=",
        ]
      ),
      ("choose $t g", ["gain="]),
    ]
  )
  func completion(text: String, expected: [String]) {
    let completer = Completer(
      registry: Self.registry,
      variables: VariableTable(),
      host: NoNames()
    )
    #expect(completer.completion(of: text).candidates.map(\.text) == expected)
  }

  @Test("help lists the options by what they are about")
  func help() {
    let expected = """
      choose – choose a task

        choose [task] [batch=N] [width=N] [file=FILE] [gain=N] [path=FILE]

      Arguments:
        task  a task

      Options:
        batch=N  examples (≥ 1; default 32)

      Options for numbers:
        width=N  digits (from 1 to 9; default 4)

      Options for a file of your own:
        file=FILE  pairs

      Options for music:
        gain=N     loudness (in dB; from 0 to 40; default 0)
        path=FILE  the recordings

      Options for texts:
        path=DIRECTORY  the texts (default .)

      Tasks differ.
      """
    #expect(HelpPage.text(for: ChooseCommand.declaration, width: 80) == expected)
    let markdown = HelpPage.markdown(for: ChooseCommand.declaration)
    #expect(
      markdown.contains(
        "Options for numbers:\n\n| option | meaning |\n|---|---|\n| `width=N` | digits"
      )
    )
  }
}
