/// The commands that a host knows.
package struct CommandRegistry<Host: EvaluatorHost>: Sendable {
  struct Entry: Sendable {
    let declaration: CommandDeclaration
    let make: @Sendable (BoundArguments) throws -> any Command<Host>
  }

  private var entries: [Entry] = []
  private var indices: [String: Int] = [:]

  /// The names and aliases of the commands that take the text after them unparsed.
  package private(set) var rawTailCommands: Set<String> = []

  /// The remedies for words that other programs know.
  private var foreignWords: [String: String] = [:]

  /// Makes an empty registry.
  package init() {}

  /// Adds a command, whose names must be new and not be keywords.
  package mutating func register<C: Command>(_ type: C.Type) where C.Host == Host {
    let declaration = type.declaration
    for name in [declaration.name] + declaration.aliases {
      precondition(indices[name] == nil, "there is a command `\(name)` already")
      precondition(
        Keyword(rawValue: name) == nil && ReservedWord(rawValue: name) == nil,
        "`\(name)` is a word of the language"
      )
      indices[name] = entries.count
      if declaration.signature.rawTail != nil { rawTailCommands.insert(name) }
    }
    entries.append(Entry(declaration: declaration) { arguments in try C(arguments) })
  }

  /// Sets the remedy for words that other programs know, such as `ls`.
  package mutating func explain(_ words: [String], _ remedy: String) {
    for word in words { foreignWords[word] = remedy }
  }

  /// Returns the remedy for a word that other programs know.
  func remedy(forForeignWord word: String) -> String? { foreignWords[word] }

  /// The declarations in order of registration.
  package var declarations: [CommandDeclaration] { entries.map(\.declaration) }

  /// The names of all commands in order of registration, without aliases.
  package var names: [String] { entries.map(\.declaration.name) }

  /// Returns the declaration of a name or alias.
  package func declaration(named name: String) -> CommandDeclaration? {
    entry(named: name)?.declaration
  }

  func entry(named name: String) -> Entry? { indices[name].map { entries[$0] } }

  /// Returns the command or keyword that was probably meant by a mistyped name.
  package func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: names + Keyword.allCases.map(\.rawValue))
  }

  /// Parses a text with the registry's raw-tail commands.
  package func parse(_ source: Source) -> ParseResult {
    Parser.parse(source, rawTailCommands: rawTailCommands)
  }

}
