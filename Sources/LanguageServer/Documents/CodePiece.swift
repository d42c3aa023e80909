import CommandLanguage
import Sessions

/// Lines of code that are parsed by themselves: one or more whole statements.
///
/// What follows from the text alone is computed once, however often the document around it changes.
final class CodePiece {
  /// What there is to say about a piece as it stands in a document.
  struct Reading {
    /// The statements that are meant to succeed.
    let script: Script
    /// Errors of syntax.
    let errors: [Diagnostic]
    /// What the statements name.
    let defined: DefinedNames
  }

  let result: ParseResult

  /// The lines of each statement, from 0, as the cells of a notebook have them.
  let groups: [Range<Int>]

  /// What the statements give names to, in order.
  private(set) lazy var definitions = Definition.all(in: result.script)

  /// What the parts of the text are.
  private(set) lazy var parts = result.script.parts

  private let language: Language
  private lazy var whole = reading(of: result.script, errors: result.diagnostics)
  private lazy var succeeding = withoutLastGroup()
  private var checked: [Bool: (revision: Int, diagnostics: [Diagnostic])] = [:]

  init(_ text: String, language: Language) {
    self.language = language
    result = language.registry.parse(Source(name: "", text: text))
    groups = LineGroups.ranges(of: result)
  }

  /// What the piece says.
  ///
  /// - Parameter failing: whether its last group is marked as failing, and does not count.
  func reading(failing: Bool) -> Reading { failing ? succeeding : whole }

  /// All errors that are certain, with their places in the piece.
  ///
  /// - Parameters:
  ///   - defined: what the whole document names.
  ///   - revision: a number that differs where that does.
  func diagnostics(failing: Bool, among defined: DefinedNames, revision: Int) -> [Diagnostic] {
    if let known = checked[failing], known.revision == revision { return known.diagnostics }
    let reading = reading(failing: failing)
    let diagnostics = reading.errors + language.evaluator.check(reading.script, among: defined)
    checked[failing] = (revision, diagnostics)
    return diagnostics
  }

  private func withoutLastGroup() -> Reading {
    let source = result.script.source
    let first = groups.last?.lowerBound ?? 0
    let statements = result.script.statements.filter {
      source.lineIndex(at: $0.range.lower) < first
    }
    let errors = result.diagnostics.filter { diagnostic in
      diagnostic.range.map { source.lineIndex(at: $0.lower) < first } ?? true
    }
    return reading(of: Script(source: source, statements: statements), errors: errors)
  }

  private func reading(of script: Script, errors: [Diagnostic]) -> Reading {
    var defined = language.evaluator.definedNames(in: script)
    if !errors.isEmpty { defined.names.formUnion(namesAfterKeywords) }
    return Reading(script: script, errors: errors, defined: defined)
  }

  /// The words behind `let`, `param` and `for`, which statements with errors would name.
  private var namesAfterKeywords: [String] {
    let words = result.script.source.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return zip(words, words.dropFirst()).filter { ["let", "param", "for"].contains($0.0) }
      .map { String($0.1) }
  }
}

/// What a language server asks about the language.
final class Language {
  let registry: CommandRegistry<Session>
  let help: HelpIndex
  let evaluator: Evaluator<Session>

  init(_ catalog: Catalog) {
    registry = catalog.commands
    help = catalog.help
    evaluator = Evaluator(registry: catalog.commands)
  }
}
