import CommandLanguage

/// The words of the language as syntax files of editors need them.
struct EditorSyntax {
  /// A command with its arguments.
  struct Call {
    /// Its name.
    let name: String
    /// Its name and its aliases that are words.
    let words: [String]
    /// Its aliases that are signs, such as `?`.
    let signs: [String]
    /// What may stand before `=`.
    let options: [String]
    /// Whether it takes the text behind it as it is.
    let isRaw: Bool
    /// Whether options of other names are variables of its block.
    let takesVariables: Bool
  }

  let calls: [Call]
  let functions = BuiltinFunction.allCases.map(\.rawValue)
  /// The words that begin statements, but for those that bind a name.
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
