import CommandLanguage
import Sessions

/// Lines of code that are parsed on their own: one or more complete statements.
///
/// Results that depend on the text alone are computed once, however often the surrounding document changes.
final class CodePiece {
  /// The statements, syntax errors and names of a piece in its document.
  struct Reading {
    /// The statements that are expected to succeed.
    let script: Script
    /// The syntax errors.
    let errors: [Diagnostic]
    /// The names that the statements define.
    let defined: DefinedNames
  }

  let result: ParseResult

  /// The lines of each statement, from 0, grouped as the cells of a notebook.
  let groups: [Range<Int>]

  /// The definitions in the statements, in order.
  private(set) lazy var definitions = Definition.all(in: result.script)

  /// The syntactic parts of the text.
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

  /// Returns the piece's statements, errors and names.
  ///
  /// - Parameter failing: true if the last group is marked as failing and does not count.
  func reading(failing: Bool) -> Reading { failing ? succeeding : whole }

  /// Returns all errors that are certain, with their places in the piece.
  ///
  /// - Parameters:
  ///   - defined: the names that the whole document defines.
  ///   - revision: a number that changes whenever `defined` does.
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

  /// The words after `let`, `param` and `for`, which statements with errors would define.
  private var namesAfterKeywords: [String] {
    let words = result.script.source.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return zip(words, words.dropFirst()).filter { ["let", "param", "for"].contains($0.0) }
      .map { String($0.1) }
  }
}

/// The language as the server queries it: its commands, help and checks.
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
