import Testing

@testable import CommandLanguage

/// A command whose second argument depends on the first: `sketch bars 3 a.png`, `sketch face a.png`.
private struct SketchCommand: Command {
  static let kind = CommandArgument.required("kind", .choice(among: ["bars", "face"]), "what")
  static let count = CommandArgument.required("count", .integer(in: 1...), "how many")
  static let file = CommandArgument("file", .fileToWrite(extensions: ["png"]), "the picture")
  static let width = CommandArgument("width", .integer(in: 1...), "the width", default: 1)

  static let declaration = CommandDeclaration(
    name: "sketch",
    summary: "sketch something",
    signature: Signature(
      positionals: [kind, file],
      groups: [ScopedOptions("bars", under: ["bars"], positionals: [count], options: [width])]
    ),
    category: "Tests"
  )

  let arguments: BoundArguments

  init(_ arguments: BoundArguments) { self.arguments = arguments }

  func run(in host: SketchHost) throws -> Value {
    host.arguments = arguments
    return .nothing
  }
}

private final class SketchHost: EvaluatorHost {
  var arguments: BoundArguments?

  func checkpoint() {}

  func show(_ value: Value) {}

  func timed(_ statement: Statement, of source: Source, run: () throws -> Value) rethrows -> Value {
    try run()
  }

  func completed(_ statement: Statement, of source: Source, value: Value) {}
}

@Suite("Places of arguments under some values of the first")
struct ScopedPlaceTests {
  private static let registry = {
    var registry = CommandRegistry<SketchHost>()
    registry.register(SketchCommand.self)
    return registry
  }()

  private func bind(_ text: String) throws -> BoundArguments {
    let evaluator = Evaluator(registry: Self.registry)
    evaluator.variables["k"] = "bars"
    let host = SketchHost()
    let script = try Self.registry.parse(Source(name: "f", text: text)).checked()
    try evaluator.evaluate(script, in: host)
    return try #require(host.arguments)
  }

  private func check(_ text: String) throws -> [Diagnostic] {
    let script = try Self.registry.parse(Source(name: "f", text: text)).checked()
    return Evaluator(registry: Self.registry).check(script)
  }

  @Test(
    "the argument of a group stands behind the first one, before the others",
    arguments: [
      "sketch bars 3 a.png", "sketch bars a.png count=3", "sketch bars 3 file=a.png",
      "sketch $k 3 a.png", "sketch 3 a.png kind=bars", "sketch bars width=2 3 a.png",
    ]
  )
  func places(text: String) throws {
    let arguments = try bind(text)
    #expect(arguments[SketchCommand.count] == 3 && arguments[SketchCommand.file] == "a.png")
  }

  @Test("under other values there is no such place")
  func others() throws {
    #expect(try bind("sketch face a.png")[SketchCommand.file] == "a.png")
    #expect(try bind("sketch face")[SketchCommand.file] == nil)
  }

  @Test(
    "what is wrong is told",
    arguments: [
      ("sketch bars", "`sketch` needs `count`: a whole number ≥ 1"),
      ("sketch bars a.png", "`count` of `sketch`: expected a whole number ≥ 1, found \"a.png\""),
      ("sketch bars 3 a.png b.png", "`sketch` takes 3 values without a name"),
      ("sketch face a.png b.png", "`sketch` takes 2 values without a name"),
      ("sketch face count=3", "`sketch face` has no option `count=`"),
      ("sketch bar 3 a.png", "`kind` of `sketch` cannot be `bar`"),
    ]
  )
  func errors(text: String, message: String) throws {
    #expect(try check(text).map(\.message) == [message])
    let error = #expect(throws: Diagnostic.self) { try bind(text) }
    #expect(error?.message == message)
  }

  @Test("while the first argument is not known, the places of others are not judged")
  func unknown() throws {
    #expect(try check("param kind = bars\nsketch $kind 3 a.png").isEmpty)
  }

  @Test("help lists the argument with its group, the synopsis where it stands")
  func help() {
    let declaration = SketchCommand.declaration
    #expect(declaration.synopsis == "sketch <kind> [count] [file] [width=N]")
    let page = HelpPage.text(for: declaration, width: 80)
    #expect(page.contains("Options for bars:\n  count    how many (≥ 1; required)\n  width=N"))
    let markdown = HelpPage.markdown(for: declaration)
    #expect(markdown.contains("| `count` | how many (≥ 1; required) |\n| `width=N` |"))
  }
}
