import CommandLanguage

/// `quit`
package struct QuitCommand: Command {
  package static let declaration = CommandDeclaration(
    name: "quit",
    summary: "End the session",
    discussion: "In the shell Ctrl-D does the same. What was not saved is gone.",
    signature: Signature(),
    examples: [.init("quit", "the statements behind it do not run")],
    category: Category.session
  )

  package init(_ arguments: BoundArguments) throws {}

  package func run(in session: Session) throws -> Value { throw QuitRequest() }
}
