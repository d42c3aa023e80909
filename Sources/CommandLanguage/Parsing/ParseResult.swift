/// The result of parsing a text.
package struct ParseResult: Sendable {
  /// The statements without errors.
  package let script: Script

  /// All syntax errors in order.
  package let diagnostics: [Diagnostic]

  /// True if the only errors are that the text ends too early, inside brackets, braces or quotes or after a backslash,
  /// so that a shell can ask for another line.
  package let isIncomplete: Bool

  /// True if one of the errors may be that the text ends too early, whatever else is wrong.
  package let isOpen: Bool

  /// The ranges of the outermost statements, including those with errors.
  package let extents: [SourceRange]

  /// Returns the script if it has no errors.
  ///
  /// - Throws: The first diagnostic.
  package func checked() throws(Diagnostic) -> Script {
    if let first = diagnostics.first { throw first }
    return script
  }
}

/// A syntax error on its way to the statement that recovers from it.
struct SyntaxFailure: Error {
  /// The way in which parsing continues.
  enum Consequence {
    /// Parsing continues at the end of the statement.
    case recover
    /// Parsing continues at the end of the statement; the text may merely be incomplete.
    case incomplete
    /// Parsing stops.
    case abort
  }

  let error: LanguageError
  let range: SourceRange

  /// The offset at which to start looking for the end of the statement.
  var resume: Int

  var consequence = Consequence.recover
}
