import CommandLanguage
import Testing

/// Gives its arguments out, so that tests can look at them.
private struct ProbeCommand: Command {
  static let declaration = CommandDeclaration(
    name: "probe",
    summary: "look at arguments",
    signature: Signature(
      positionals: [
        .required("kind", .word, "a kind"),
        .repeating("files", .fileToRead(extensions: ["txt"]), "files"),
      ],
      options: TrainCommand.declaration.signature.options + [
        .optional("steps", .integer(.any), "a number")
      ]
    ),
    category: "Tests"
  )

  let arguments: BoundArguments

  init(_ arguments: BoundArguments) { self.arguments = arguments }

  func run(in host: ProbeHost) -> Value {
    host.arguments = arguments
    return .nothing
  }
}

private final class ProbeHost: EvaluatorHost {
  var arguments: BoundArguments?

  func checkpoint() {}

  func show(_ value: Value) {}

  func timed(_ statement: Statement, of source: Source, run: () throws -> Value) rethrows -> Value {
    try run()
  }

  func completed(_ statement: Statement, of source: Source, value: Value) {}
}

private func bind(_ text: String) throws -> BoundArguments {
  var registry = CommandRegistry<ProbeHost>()
  registry.register(ProbeCommand.self)
  let evaluator = Evaluator(registry: registry)
  evaluator.variables["n"] = 5
  evaluator.variables["l"] = .list([1, 2])
  evaluator.variables["a"] = .labelled([1: "x", 2: "y"])
  let host = ProbeHost()
  let script = try registry.parse(Source(name: "f", text: text)).checked()
  try evaluator.evaluate(script, in: host)
  return try #require(host.arguments)
}

@Suite("Binder")
struct BinderTests {
  @Test("accessors give arguments in their type")
  func accessors() throws {
    let text =
      "probe k a.txt 7 rate=0.5 steps=-3 bin=64 progress=off norm=features log=x.CSV as=24 "
      + "title=\"a b\" lengths=4..16 by *2 factors=1.5 into=x_1"
    let arguments = try bind(text)
    #expect(try arguments.text("kind") == "k")
    #expect(arguments.words("files") == ["a.txt", "7"])
    #expect(try arguments.number("rate") == 0.5)
    #expect(try arguments.integer("steps") == -3)
    #expect(arguments.optionalInteger("bin") == 64)
    #expect(try arguments.boolean("progress") == false)
    #expect(arguments.optionalText("norm") == "features")
    #expect(arguments.optionalText("log") == "x.CSV")
    #expect(try arguments.text("as") == "24")
    #expect(try arguments.text("title") == "a b")
    #expect(try arguments.lengths("lengths") == [4, 8, 16])
    #expect(try arguments.numbers("factors") == [1.5])
    #expect(try arguments.value("into") == "x_1")
    #expect(!arguments.has("every"))
    #expect(arguments.optionalNumber("every") == nil)
    #expect(throws: Diagnostic.self) { try arguments.number("every") }
    #expect(arguments.source.text(in: arguments.range(of: "lengths")) == "4..16 by *2")
    #expect(arguments.source.text(in: arguments.range(of: "files")) == "a.txt 7")
    #expect(arguments.source.text(in: arguments.range(of: "every")) == "probe")
    #expect(arguments.source.text(in: arguments.range) == text)
  }

  @Test(
    "values are taken in every form that means them",
    arguments: [
      ("probe 007", "kind", "007"), ("probe true", "kind", "true"), ("probe \"x\"", "kind", "x"),
      ("probe kind=x", "kind", "x"), ("probe x steps=${n}0", "steps", 50),
      ("probe x steps=\"64k\"", "steps", 64000),
      ("probe x progress=yes", "progress", true), ("probe x progress=true", "progress", true),
      ("probe x progress=\"no\"", "progress", false), ("probe x lengths=5", "lengths", .list([5])),
      ("probe x lengths=$l", "lengths", .list([1, 2])),
      ("probe x files=a,b", "files", .list(["a", "b"])),
      ("probe x a,b c", "files", .list(["a", "b", "c"])),
      ("probe x $a", "files", .list(["x", "y"])),
      ("probe x title=1e-3", "title", "1e-3"), ("probe x 1,2", "files", .list(["1", "2"])),
      ("probe x save=every 500", "save", 500), ("probe x save=every (2 * 3) a", "save", 6),
      ("probe x save=20 a b", "files", .list(["a", "b"])),
      ("probe x save=every 5 a b", "files", .list(["a", "b"])),
      ("probe files=a x", "kind", "x"), ("probe x 64k", "files", .list(["64k"])),
    ] as [(String, String, Value)]
  )
  func forms(text: String, name: String, expected: Value) throws {
    #expect(try bind(text).value(name) == expected)
  }

  @Test(
    "wrong arguments are reported at their place",
    arguments: [
      ("probe", "probe", "`probe` needs `kind`: a word"),
      ("probe x step=5", "step", "unknown option `step` of `probe`"),
      ("probe x rate=1 rate=2", "rate", "`rate` of `probe` is given twice"),
      ("probe x steps=a", "a", "`steps` of `probe`: expected a whole number, found \"a\""),
      ("probe x steps=1.5", "1.5", "`steps` of `probe`: expected a whole number, found 1.5"),
      ("probe x steps=1e30", "1e30", "`steps` of `probe`: expected a whole number, found 1e30"),
      ("probe x steps=1,2", "1,2", "`steps` of `probe`: expected a whole number, found 1,2"),
      ("probe x steps=true", "true", "`steps` of `probe`: expected a whole number, found true"),
      ("probe x rate=0", "0", "`rate` of `probe`: expected a number > 0 and ≤ 1, found 0"),
      ("probe x bin=100", "100", "`bin` of `probe`: expected a power of two ≥ 4, found 100"),
      ("probe x bin=2", "2", "`bin` of `probe`: expected a power of two ≥ 4, found 2"),
      (
        "probe x progress=maybe", "maybe",
        "`progress` of `probe`: expected on or off, found \"maybe\""
      ),
      ("probe x norm=feature", "feature", "`norm` of `probe` cannot be `feature`"),
      (
        "probe x log=a.png", "a.png",
        "`log` of `probe`: expected the name of a file ending in .csv or .tsv, found \"a.png\""
      ),
      ("probe x as=\"a b\"", "\"a b\"", "`as` of `probe`: expected a word, found \"a b\""),
      (
        "probe x lengths=0..4", "0..4", "`lengths` of `probe`: expected a whole number ≥ 1, found 0"
      ),
      (
        "probe x lengths=()", "()",
        "`lengths` of `probe`: expected whole numbers ≥ 1 as a list or a range, found an empty list"
      ),
      (
        "probe x into=a-b", "a-b",
        "`into` of `probe`: expected the name of a variable, without `$`, found \"a-b\""
      ),
      ("probe x every=-1", "-1", "`every` of `probe`: expected a number ≥ 0, found -1"),
      ("probe x title=$l", "$l", "`title` of `probe`: expected a text, found 1,2"),
    ]
  )
  func errors(text: String, marked: String, message: String) throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try bind(text) }
    #expect(diagnostic.message == message)
    #expect(diagnostic.range.map { diagnostic.source?.text(in: $0) } == marked)
  }

  @Test(
    "errors say what would be right",
    arguments: [
      (
        "probe x stps=5",
        "did you mean `steps`? options of `probe`: kind, files, rate, bin, progress, norm, log, every, as, title, lengths, factors, into, save, steps"
      ),
      ("probe x norm=feature", "did you mean `features`? valid values: positions, features"),
      ("probe x bin=100", "the nearest powers of two are 64 and 128"),
      ("probe x bin=5", "the nearest powers of two are 4 and 8"),
      ("probe x bin=3", "the nearest power of two is 4"),
    ]
  )
  func remedies(text: String, remedy: String) throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try bind(text) }
    #expect(diagnostic.remedy == remedy)
  }

  @Test("a command without positional arguments says so, and how it is written")
  func synopsis() throws {
    let diagnostic = try #require(TestHost().diagnostic(of: "train 5 6"))
    #expect(diagnostic.message == "`train` takes one value without a name")
    #expect(diagnostic.remedy?.hasPrefix("write it as: train [steps] [rate=N] [bin=N]") == true)
  }

  @Test("commands can point at their arguments")
  func pointing() throws {
    let arguments = try bind("probe x rate=0.5")
    let onRate = arguments.error(on: "rate", "too fast", remedy: "take 0.1")
    #expect(
      onRate.rendered().contains("    1 | probe x rate=0.5\n      |              ^^^\n  take 0.1")
    )
    #expect(arguments.error("no").range == arguments.range)
  }
}
