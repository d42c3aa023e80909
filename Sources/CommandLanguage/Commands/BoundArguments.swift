/// The checked arguments of one call.
///
/// They are read through the declarations of the command's signature; to ask for another one is an error of the program.
package struct BoundArguments: Sendable {
  struct Given: Sendable {
    /// The declaration that it was checked against.
    let parameter: Signature.Parameter
    let value: Value
    let range: SourceRange
  }

  /// A name and the value that a call gives it.
  package struct Variable: Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: Value
    /// Where the value stands.
    package let range: SourceRange
  }

  /// The declaration of the command.
  package let declaration: CommandDeclaration

  /// The text that the call stands in.
  package let source: Source

  /// The statements in braces at the end of the call.
  package let block: CommandBlock?

  /// The options of names that the command does not declare, where it takes such.
  package let variables: [Variable]

  private let call: CommandCall
  private let given: [String: Given]
  private let rawText: String?

  init(
    declaration: CommandDeclaration,
    source: Source,
    call: CommandCall,
    given: [String: Given],
    variables: [Variable],
    raw: String?
  ) {
    self.declaration = declaration
    self.source = source
    self.call = call
    self.given = given
    self.variables = variables
    block = call.block.map { CommandBlock(block: $0, source: source) }
    rawText = raw
  }

  /// Where the call stands.
  package var range: SourceRange { call.range }

  /// The text behind the name of a raw-tail command, with variables replaced.
  package var raw: String { rawText ?? "" }

  /// The value of an argument, its default where none is given.
  package subscript<Content>(_ argument: CommandArgument<Content>) -> Content {
    guard let given = given(argument) else {
      guard let fallback = argument.fallback else {
        preconditionFailure("the binder refuses calls without `\(argument.name)`")
      }
      return fallback
    }
    guard let content = argument.read(given.value) else {
      preconditionFailure("the binder refuses other values of `\(argument.name)`")
    }
    return content
  }

  /// The value of an argument by its name; nothing where none is given.
  func value(named name: String) -> Value? { given[name]?.value }

  /// Whether an argument is given.
  package func has(_ argument: any DeclaredArgument) -> Bool { given(argument) != nil }

  /// Where an argument stands; the name of the command when it is not given.
  package func range(of argument: any NamedArgument) -> SourceRange {
    if declaration.signature.rawTail?.name == argument.name {
      return call.tail?.range ?? call.name.range
    }
    return given[argument.name]?.range ?? call.name.range
  }

  /// A diagnostic that points to an argument.
  package func error(
    on argument: any NamedArgument,
    _ message: String,
    remedy: String? = nil
  ) -> Diagnostic {
    Diagnostic(message, source: source, range: range(of: argument), remedy: remedy)
  }

  /// A diagnostic that points to the whole call.
  package func error(_ message: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic(message, source: source, range: range, remedy: remedy)
  }

  private func given(_ argument: any DeclaredArgument) -> Given? {
    let parameter = argument.parameter
    precondition(
      declaration.signature.declares(parameter),
      "`\(declaration.name)` declares no such argument `\(parameter.name)`"
    )
    // Another declaration of the name may have been meant.
    return given[parameter.name].flatMap { $0.parameter == parameter ? $0 : nil }
  }
}
