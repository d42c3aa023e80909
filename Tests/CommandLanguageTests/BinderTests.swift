import CommandLanguage
import Testing

/// Gives its arguments out, so that tests can look at them.
private struct ProbeCommand: Command {
  static let kind = CommandArgument.required("kind", .word, "a kind")
  static let files = CommandArgument.repeating("files", .fileToRead(extensions: ["txt"]), "files")
  static let steps = CommandArgument("steps", .integer, "a number")

  static let declaration = CommandDeclaration(
    name: "probe",
    summary: "look at arguments",
    signature: Signature(
      positionals: [kind, files],
      options: TrainCommand.options + [steps]
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
  @Test("declarations give arguments in their type")
  func types() throws {
    let text =
      "probe k a.txt 7 rate=0.5 steps=-3 bin=64 progress=off norm=features log=x.CSV as=24 "
      + "title=\"a b\" lengths=4..16 by *2 factors=1.5 into=x_1"
    let arguments = try bind(text)
    #expect(arguments[ProbeCommand.kind] == "k")
    #expect(arguments[ProbeCommand.files] == ["a.txt", "7"])
    #expect(arguments[TrainCommand.rate] == 0.5)
    #expect(arguments[ProbeCommand.steps] == -3)
    #expect(arguments[TrainCommand.bin] == 64)
    #expect(arguments[TrainCommand.progress] == false)
    #expect(arguments[TrainCommand.norm] == .features)
    #expect(arguments[TrainCommand.log] == "x.CSV")
    #expect(arguments[TrainCommand.name] == "24")
    #expect(arguments[TrainCommand.title] == "a b")
    #expect(arguments[TrainCommand.lengths] == [4, 8, 16])
    #expect(arguments[TrainCommand.factors] == [1.5])
    #expect(arguments[TrainCommand.into] == "x_1")
    #expect(!arguments.has(TrainCommand.every))
    #expect(arguments[TrainCommand.every] == nil)
    #expect(arguments.source.text(in: arguments.range(of: TrainCommand.lengths)) == "4..16 by *2")
    #expect(arguments.source.text(in: arguments.range(of: ProbeCommand.files)) == "a.txt 7")
    #expect(arguments.source.text(in: arguments.range(of: TrainCommand.every)) == "probe")
    #expect(arguments.source.text(in: arguments.range) == text)
  }

  @Test("what is not given has its default")
  func defaults() throws {
    let arguments = try bind("probe k")
    #expect(arguments[TrainCommand.rate] == 0.001)
    #expect(arguments[TrainCommand.progress])
    #expect(arguments[ProbeCommand.files] == [])
    #expect(arguments[TrainCommand.save] == nil)
    #expect(!arguments.has(TrainCommand.rate))
  }

  @Test(
    "a word is taken in every form that means it",
    arguments: [
      ("probe 007", "007"), ("probe true", "true"), ("probe \"x\"", "x"), ("probe kind=x", "x"),
      ("probe files=a x", "x"),
    ]
  )
  func words(text: String, expected: String) throws {
    #expect(try bind(text)[ProbeCommand.kind] == expected)
  }

  @Test(
    "files are taken in every form that means them",
    arguments: [
      ("probe x files=a,b", ["a", "b"]), ("probe x a,b c", ["a", "b", "c"]),
      ("probe x $a", ["x", "y"]), ("probe x 1,2", ["1", "2"]), ("probe x 64k", ["64k"]),
      ("probe x save=20 a b", ["a", "b"]), ("probe x save=every 5 a b", ["a", "b"]),
    ]
  )
  func files(text: String, expected: [String]) throws {
    #expect(try bind(text)[ProbeCommand.files] == expected)
  }

  @Test("numbers, flags, lists and texts are taken in every form that means them")
  func forms() throws {
    #expect(try bind("probe x steps=${n}0")[ProbeCommand.steps] == 50)
    #expect(try bind("probe x steps=\"64k\"")[ProbeCommand.steps] == 64000)
    #expect(try bind("probe x progress=yes")[TrainCommand.progress])
    #expect(try bind("probe x progress=true")[TrainCommand.progress])
    #expect(try !bind("probe x progress=\"no\"")[TrainCommand.progress])
    #expect(try bind("probe x lengths=5")[TrainCommand.lengths] == [5])
    #expect(try bind("probe x lengths=$l")[TrainCommand.lengths] == [1, 2])
    #expect(try bind("probe x title=1e-3")[TrainCommand.title] == "1e-3")
    #expect(try bind("probe x save=every 500")[TrainCommand.save] == 500)
    #expect(try bind("probe x save=every (2 * 3) a")[TrainCommand.save] == 6)
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
    let onRate = arguments.error(on: TrainCommand.rate, "too fast", remedy: "take 0.1")
    #expect(
      onRate.rendered().contains("    1 | probe x rate=0.5\n      |              ^^^\n  take 0.1")
    )
    #expect(arguments.error("no").range == arguments.range)
  }
}
