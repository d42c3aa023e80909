/// What parsing a text gives.
package struct ParseResult: Sendable {
  /// The statements without errors.
  package let script: Script

  /// All syntax errors in order.
  package let diagnostics: [Diagnostic]

  /// Whether nothing is wrong but that the text ends too early, inside of brackets, braces, a
  /// quoted text or behind a backslash, so that a shell can ask for another line.
  package let isIncomplete: Bool

  /// Whether one of the errors may be that the text ends too early, whatever else is wrong.
  package let isOpen: Bool

  /// Where each statement of the outermost level stands, those with errors included.
  package let extents: [SourceRange]

  /// The script, when it has no errors.
  ///
  /// - Throws: The first diagnostic.
  package func checked() throws(Diagnostic) -> Script {
    if let first = diagnostics.first { throw first }
    return script
  }
}

/// A syntax error on its way to the statement that recovers from it.
struct SyntaxFailure: Error {
  /// How parsing goes on.
  enum Consequence {
    /// At the end of the statement.
    case recover
    /// At the end of the statement, and the text may only be incomplete.
    case incomplete
    /// Not at all.
    case abort
  }

  let error: LanguageError
  let range: SourceRange

  /// Where to look for the end of the statement.
  var resume: Int

  var consequence = Consequence.recover
}
