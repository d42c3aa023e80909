import CommandLanguage

/// The language's words, as syntax files for editors need them.
struct EditorSyntax {
  /// A command with its arguments.
  struct Call {
    /// Its name.
    let name: String
    /// Its name, and those aliases that are words.
    let words: [String]
    /// Those aliases that are signs, such as `?`.
    let signs: [String]
    /// The names allowed before `=`.
    let options: [String]
    /// True if it takes the text after it unparsed.
    let isRaw: Bool
    /// True if options with other names are variables of its block.
    let takesVariables: Bool
  }

  let calls: [Call]
  let functions = BuiltinFunction.allCases.map(\.rawValue)
  /// The words that begin statements, except for those that bind a name.
  let keywords = Keyword.allCases.filter { ![.let, .param, .for, .def].contains($0) }.map(
    \.rawValue
  )
  let constants = [ReservedWord.true, .false].map(\.rawValue)
  let operators = [ReservedWord.not, .and, .or].map(\.rawValue)

  init(_ commands: [CommandDeclaration]) {
    calls = commands.map { command in
      let names = [command.name] + command.aliases
      let signature = command.signature
      let options = signature.rawTail == nil ? command.argumentNames : signature.options.map(\.name)
      return Call(
        name: command.name,
        words: names.filter { $0.first?.isLetter ?? false },
        signs: names.filter { !($0.first?.isLetter ?? false) },
        options: options,
        isRaw: signature.rawTail != nil,
        takesVariables: signature.block?.variables != nil
      )
    }
  }
}
