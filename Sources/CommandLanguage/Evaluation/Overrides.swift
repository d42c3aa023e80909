/// Values from outside a script for its `param` statements, such as `-p steps=50`.
package struct Overrides: Sendable {
  private struct Setting {
    let text: String
    let value: Value
  }

  /// The names in order.
  package private(set) var names: [String] = []
  private var settings: [String: Setting] = [:]

  /// Makes overrides without any value.
  package init() {}

  /// Parses overrides of the form `name=value`; of several values for a name, the last counts.
  ///
  /// A value is written as in an argument; text that has no such form is taken literally.
  ///
  /// - Throws: A diagnostic if a text has another form.
  package init(parsing texts: [String]) throws(Diagnostic) {
    for text in texts {
      let source = Source(name: "", text: text)
      var cursor = Cursor(source.bytes)
      guard let name = cursor.takeName(), cursor.take(ASCII.equals) else {
        throw Diagnostic(.malformedOverride(text), source: nil, range: nil)
      }
      let rest = source.text(in: SourceRange(cursor.offset, source.bytes.count))
      set(name, to: Self.value(of: rest), text: rest)
    }
  }

  private mutating func set(_ name: String, to value: Value, text: String) {
    if settings[name] == nil { names.append(name) }
    settings[name] = Setting(text: text, value: value)
  }

  private static func value(of text: String) -> Value {
    let source = Source(name: "", text: text)
    let evaluator = ExpressionEvaluator(source: source, variables: VariableTable())
    do {
      return try evaluator.evaluate(try Parser.parseValue(source))
    } catch {
      return .text(text)
    }
  }

  /// Returns the override of a parameter in the form of the script's value; without an override, the script's value.
  ///
  /// - Throws: `LanguageError.wrongOverride` if the forms differ.
  func value(of name: String, inPlaceOf value: Value) throws(LanguageError) -> Value {
    guard let setting = settings[name] else { return value }
    let kind: ParameterKind
    switch value {
    case .number: kind = .number(.any)
    case .boolean: kind = .boolean
    case .text: kind = .text
    case .list: kind = .list(of: .value)
    case .nothing, .record, .labelled, .table: kind = .value
    }
    do {
      return try kind.checked(setting.value, spelling: setting.text)
    } catch {
      // A comma distinguishes a list of one value from the value.
      let isList = if case .list = setting.value { true } else { false }
      let found = isList ? "the list `\(setting.text)`" : setting.value.briefDescription
      throw .wrongOverride(name: name, expected: value.kindName, found: found)
    }
  }

  /// Returns an error for each name that a script has no `param` for, with the names that it has.
  package func unknownNames(in script: Script) -> [Diagnostic] {
    let known = script.parameterNames
    return names.filter { !known.contains($0) }.map {
      Diagnostic(.unknownOverride(name: $0, known: known), source: nil, range: nil)
    }
  }
}
