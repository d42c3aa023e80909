import CommandLanguage

/// `print "loss" $loss`
package struct PrintCommand: Command {
  private static let values = CommandArgument.repeating(
    "values",
    .value,
    "what is shown, with blanks between"
  )

  package static let declaration = CommandDeclaration(
    name: "print",
    summary: "Show values on one line",
    discussion: """
      Words and texts are shown as they are, numbers as expressions show them; arithmetic stands in parentheses. \
      Without values the line is empty.
      """,
    signature: Signature(positionals: [values]),
    examples: [
      .init("print loss 0.25", "a line of words"),
      .init("let xs = 1, 2, 4\nprint mean (mean($xs)) ± (std($xs))", "what functions give"),
    ],
    category: Category.session
  )

  private let texts: [String]

  package init(_ arguments: BoundArguments) throws {
    texts = arguments[Self.values].map(\.inlineDescription)
  }

  package func run(in session: Session) throws -> Value {
    session.emit(texts.joined(separator: " "))
    return .nothing
  }
}
