/// The checked arguments of one call.
///
/// They are read through the declarations of the command's signature; reading any other one is a programming error.
package struct BoundArguments: Sendable {
  struct Given: Sendable {
    /// The declaration that the value was checked against.
    let parameter: Signature.Parameter
    let value: Value
    let range: SourceRange
  }

  /// A name with the value that a call gives it.
  package struct Variable: Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: Value
    /// The range of the value.
    package let range: SourceRange
  }

  /// The declaration of the command.
  package let declaration: CommandDeclaration

  /// The text that contains the call.
  package let source: Source

  /// The statements in braces at the end of the call.
  package let block: CommandBlock?

  /// The options that the command does not declare, if it takes them as variables.
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

  /// The range of the call.
  package var range: SourceRange { call.range }

  /// The text after the name of a raw-tail command, with variables replaced.
  package var raw: String { rawText ?? "" }

  /// The value of an argument, or its default if none is given.
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

  /// Returns the value of an argument by name; nil if it is not given.
  func value(named name: String) -> Value? { given[name]?.value }

  /// Returns true if an argument is given.
  package func has(_ argument: any DeclaredArgument) -> Bool { given(argument) != nil }

  /// Returns the range of an argument; that of the command's name if it is not given.
  package func range(of argument: any NamedArgument) -> SourceRange {
    if declaration.signature.rawTail?.name == argument.name {
      return call.tail?.range ?? call.name.range
    }
    return given[argument.name]?.range ?? call.name.range
  }

  /// Returns a diagnostic that points to an argument.
  package func error(
    on argument: any NamedArgument,
    _ message: String,
    remedy: String? = nil
  ) -> Diagnostic {
    Diagnostic(message, source: source, range: range(of: argument), remedy: remedy)
  }

  /// Returns a diagnostic that points to the whole call.
  package func error(_ message: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic(message, source: source, range: range, remedy: remedy)
  }

  private func given(_ argument: any DeclaredArgument) -> Given? {
    let parameter = argument.parameter
    precondition(
      declaration.signature.declares(parameter),
      "`\(declaration.name)` declares no such argument `\(parameter.name)`"
    )
    // The name may have been given under another declaration.
    return given[parameter.name].flatMap { $0.parameter == parameter ? $0 : nil }
  }
}
