/// The checked arguments of one call.
///
/// Accessors take the declared name of an argument; to ask for another name, or for a type that the
/// declared kind does not have, is an error of the program.
package struct BoundArguments: Sendable {
  struct Argument: Sendable {
    let value: Value
    let range: SourceRange
  }

  /// The declaration of the command.
  package let declaration: CommandDeclaration

  /// The text that the call stands in.
  package let source: Source

  let call: CommandCall
  let arguments: [String: Argument]
  private let rawText: String?

  init(
    declaration: CommandDeclaration,
    source: Source,
    call: CommandCall,
    arguments: [String: Argument],
    raw: String?
  ) {
    self.declaration = declaration
    self.source = source
    self.call = call
    self.arguments = arguments
    rawText = raw
  }

  /// Where the call stands.
  package var range: SourceRange { call.range }

  /// The text behind the name of a raw-tail command, with variables replaced.
  package var raw: String { rawText ?? "" }

  /// Whether an argument is given.
  package func has(_ name: String) -> Bool { argument(name) != nil }

  /// Where an argument stands; the name of the command when it is not given.
  package func range(of name: String) -> SourceRange {
    if declaration.signature.rawTail?.name == name {
      return call.tail?.range ?? call.name.range
    }
    return argument(name)?.range ?? call.name.range
  }

  /// A diagnostic that points to an argument.
  package func error(on name: String, _ message: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic(message, source: source, range: range(of: name), remedy: remedy)
  }

  /// A diagnostic that points to the whole call.
  package func error(_ message: String, remedy: String? = nil) -> Diagnostic {
    Diagnostic(message, source: source, range: range, remedy: remedy)
  }

  private func argument(_ name: String) -> Argument? {
    precondition(
      declaration.signature.parameter(named: name) != nil,
      "`\(declaration.name)` declares no argument `\(name)`"
    )
    return arguments[name]
  }

  private func missing(_ name: String) -> Diagnostic {
    let expected = declaration.signature.parameter(named: name)?.kind.expectation
    let error = LanguageError.missingArgument(
      name: name,
      command: declaration.name,
      expected: expected ?? "a value",
      synopsis: declaration.synopsis
    )
    return Diagnostic(error, source: source, range: call.name.range)
  }

  private func unwrap<Result>(_ value: Result?, _ name: String) throws(Diagnostic) -> Result {
    guard let value else { throw missing(name) }
    return value
  }
}

// MARK: - Accessors

extension BoundArguments {
  /// The value of an argument, nothing when it is not given.
  package func optionalValue(_ name: String) -> Value? { argument(name)?.value }

  /// The value of an argument.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func value(_ name: String) throws(Diagnostic) -> Value {
    try unwrap(optionalValue(name), name)
  }

  /// A whole number, nothing when it is not given.
  package func optionalInteger(_ name: String) -> Int? {
    optionalNumber(name).flatMap { Int(exactly: $0) }
  }

  /// A whole number.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func integer(_ name: String) throws(Diagnostic) -> Int {
    try unwrap(optionalInteger(name), name)
  }

  /// A number, nothing when it is not given.
  package func optionalNumber(_ name: String) -> Double? {
    if case .number(let number)? = optionalValue(name) { number } else { nil }
  }

  /// A number.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func number(_ name: String) throws(Diagnostic) -> Double {
    try unwrap(optionalNumber(name), name)
  }

  /// True or false, nothing when it is not given.
  package func optionalBoolean(_ name: String) -> Bool? {
    if case .boolean(let flag)? = optionalValue(name) { flag } else { nil }
  }

  /// True or false.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func boolean(_ name: String) throws(Diagnostic) -> Bool {
    try unwrap(optionalBoolean(name), name)
  }

  /// A word, text, choice, path or name, nothing when it is not given.
  package func optionalText(_ name: String) -> String? {
    if case .text(let text)? = optionalValue(name) { text } else { nil }
  }

  /// A word, text, choice, path or name.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func text(_ name: String) throws(Diagnostic) -> String {
    try unwrap(optionalText(name), name)
  }

  /// The elements of a repeating argument or a list, nothing when it is not given.
  package func optionalValues(_ name: String) -> [Value]? { optionalValue(name)?.elements }

  /// The numbers of a list, nothing when it is not given.
  package func optionalNumbers(_ name: String) -> [Double]? {
    optionalValues(name)?.compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  /// The numbers of a list.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func numbers(_ name: String) throws(Diagnostic) -> [Double] {
    try unwrap(optionalNumbers(name), name)
  }

  /// The whole numbers of a list or of lengths, nothing when it is not given.
  package func optionalLengths(_ name: String) -> [Int]? {
    optionalNumbers(name)?.compactMap { Int(exactly: $0) }
  }

  /// The whole numbers of a list or of lengths.
  ///
  /// - Throws: A diagnostic when it is not given.
  package func lengths(_ name: String) throws(Diagnostic) -> [Int] {
    try unwrap(optionalLengths(name), name)
  }

  /// The words or texts of a list, empty when it is not given.
  package func words(_ name: String) -> [String] {
    (optionalValues(name) ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
