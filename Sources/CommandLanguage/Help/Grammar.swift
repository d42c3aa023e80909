/// The grammar of the language; the reference shows it, and tests compare it with the parser.
package enum Grammar {
  /// A rule of the grammar.
  package struct Rule: Equatable, Sendable {
    /// The construct that the rule describes.
    package let name: String

    /// The definition in the notation of the grammar.
    package let definition: String

    /// An additional remark; may be empty.
    package let remark: String

    /// Statements that follow the rule; `echo` is a command and `say` one with a raw tail.
    package let accepted: [String]

    /// Similar texts that are errors.
    package let rejected: [String]
  }

  /// Returns the grammar in lines of at most `width` columns.
  package static func text(width: Int) -> String {
    let lines = rules.flatMap { rule in
      let pieces = ["\(rule.name) ="] + rule.definition.split(separator: " ").map(String.init)
      return TextLayout.wrap(pieces, width: width, hanging: 6)
        + TextLayout.paragraphs(rule.remark, width: width, indent: 6)
    }
    return (["The language, statement by statement", ""] + lines).joined(separator: "\n")
      + "\n\nFunctions:\n"
      + TextLayout.table(functions, width: width).joined(separator: "\n")
  }

  /// Returns the grammar in Markdown, with a heading at a level.
  package static func markdown(level: Int) -> String {
    let definitions = rules.map { "\($0.name) = \($0.definition)" }
    let remarks = rules.filter { !$0.remark.isEmpty }.map { "- \($0.name): \($0.remark)" }
    let functionList = functions.map { "- `\($0.term)`: \($0.text)" }
    return HelpPage.join([
      HelpPage.heading(KeywordPage.category, level: level),
      HelpPage.code(definitions.joined(separator: "\n")),
      remarks.joined(separator: "\n"),
      "Functions:",
      functionList.joined(separator: "\n"),
    ])
  }

  private static var functions: [(term: String, text: String)] {
    BuiltinFunction.allCases.map { (term: $0.synopsis, text: $0.summary) }
  }
}
