/// Everything there is to say about a command; help, messages, checks and completion use it.
package struct CommandDeclaration: Equatable, Sendable {
  /// A runnable example.
  package struct Example: Equatable, Sendable {
    /// The statements.
    package let code: String

    /// What they do.
    package let explanation: String

    /// Makes an example.
    package init(_ code: String, _ explanation: String) {
      self.code = code
      self.explanation = explanation
    }
  }

  /// The name that calls it.
  package let name: String

  /// Other names that call it, such as `?` for `help`; signs only for raw-tail commands.
  package let aliases: [String]

  /// What it does, in one line without a full stop.
  package let summary: String

  /// More about it; paragraphs are separated by empty lines.
  package let discussion: String

  /// Its arguments.
  package let signature: Signature

  /// Examples, each of which can be run.
  package let examples: [Example]

  /// The heading it is listed under.
  package let category: String

  /// Whether it may set variables without naming them, as a command that runs another script does;
  /// unknown variables are then not reported before a script runs.
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

  /// How it is written: `train [steps] [rate=N]`.
  package var synopsis: String { synopsisParts.joined(separator: " ") }

  /// How a call with a value of the first argument is written, without what belongs to other values.
  func synopsis(under value: String) -> String {
    let positionals = signature.positionals(in: .value(value)).dropFirst().map(Self.piece(of:))
    let options = signature.options(in: .value(value)).map(Self.optionPiece(of:))
    return ([name, value] + positionals + options).joined(separator: " ")
  }

  /// The pieces of the synopsis that a line break does not part: the name, then an argument each, in the order of
  /// `argumentNames`.
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
