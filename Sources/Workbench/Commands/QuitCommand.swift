import CommandLanguage

/// `quit`
struct QuitCommand: Command {
  static let declaration = CommandDeclaration(
    name: "quit",
    summary: "End the session",
    discussion: "In the shell Ctrl-D does the same. What was not saved is gone.",
    signature: Signature(),
    examples: [.init("quit", "the statements behind it do not run")],
    category: Category.session
  )

  init(_ arguments: BoundArguments) throws {}

  func run(in session: Session) throws -> Value { throw QuitRequest() }
}
