/// The full declaration of a command, used by help, messages, checks and completion.
package struct CommandDeclaration: Equatable, Sendable {
  /// A runnable example.
  package struct Example: Equatable, Sendable {
    /// The statements.
    package let code: String

    /// The explanation of the statements.
    package let explanation: String

    /// Makes an example.
    package init(_ code: String, _ explanation: String) {
      self.code = code
      self.explanation = explanation
    }
  }

  /// The name by which the command is called.
  package let name: String

  /// Other names by which it is called, such as `?` for `help`; punctuation is for raw-tail commands only.
  package let aliases: [String]

  /// A one-line description, without a full stop.
  package let summary: String

  /// Further description; paragraphs are separated by empty lines.
  package let discussion: String

  /// Its arguments.
  package let signature: Signature

  /// Runnable examples.
  package let examples: [Example]

  /// The heading under which the command is listed.
  package let category: String

  /// True if the command may set variables without naming them, as one that runs another script does; unknown variables
  /// are then not reported before a script runs.
  package let definesVariables: Bool

  /// Makes a declaration.
  package init(
    name: String,
    aliases: [String] = [],
    summary: String,
    discussion: String = "",
    signature: Signature,
    examples: [Example] = [],
    category: String,
    definesVariables: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.signature = signature
    self.examples = examples
    self.category = category
    self.definesVariables = definesVariables
  }

  /// The synopsis: `train [steps] [rate=N]`.
  package var synopsis: String { synopsisParts.joined(separator: " ") }

  /// Returns the synopsis of a call with a value of the first argument, without the parts that belong to other values.
  func synopsis(under value: String) -> String {
    let positionals = signature.positionals(in: .value(value)).dropFirst().map(Self.piece(of:))
    let options = signature.options(in: .value(value)).map(Self.optionPiece(of:))
    return ([name, value] + positionals + options).joined(separator: " ")
  }

  /// The parts of the synopsis that a line break does not split: the name; the arguments in the order of
  /// `argumentNames`, with any block variables before the options; the block.
  package var synopsisParts: [String] {
    let tail = signature.rawTail.map { $0.isRequired ? "<\($0.name)>" : "[\($0.name)]" }
    let scoped = Set(signature.groups.flatMap(\.positionals).map(\.name))
    let positionals = signature.allPositionals.map {
      scoped.contains($0.name) ? "[\($0.name)]" : Self.piece(of: $0)
    }
    let options = Signature.once(signature.allOptions).map(Self.optionPiece(of:))
    let variables = signature.block?.variables.map { _ in "NAME=VALUES …" }
    let block = signature.block.map { _ in "{ … }" }
    return [name] + [tail].compactMap { $0 } + positionals + [variables].compactMap { $0 } + options
      + [block].compactMap { $0 }
  }

  private static func piece(of positional: Signature.Parameter) -> String {
    switch positional.occurrence {
    case .required: "<\(positional.name)>"
    case .optional: "[\(positional.name)]"
    case .repeating: "[\(positional.name) …]"
    }
  }

  private static func optionPiece(of option: Signature.Parameter) -> String {
    let text = "\(option.name)=\(option.kind.placeholder)"
    return option.occurrence == .required ? text : "[\(text)]"
  }

  /// The names of all arguments, each once.
  package var argumentNames: [String] {
    (signature.rawTail.map { [$0.name] } ?? []) + signature.names
  }
}
