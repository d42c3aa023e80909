/// The kind of values that an argument takes; checking, messages, help and completion follow from it.
package indirect enum ParameterKind: Equatable, Sendable {
  /// One word without whitespace, such as the name of a new model.
  case word
  /// The name of something that the host knows, such as a `model`; completion asks the host.
  case name(of: String)
  /// Any text.
  case text
  /// A number.
  case number(NumericBounds)
  /// A whole number.
  case integer(NumericBounds)
  /// A power of two.
  case powerOfTwo(NumericBounds)
  /// A whole number of units between repetitions, written `every 500` or `500`.
  case interval(NumericBounds)
  /// True or false; also written on/off and yes/no.
  case boolean
  /// One of a set of words.
  case choice([String])
  /// One or more values.
  case list(of: ParameterKind)
  /// Whole numbers given one by one, as a list or as a range.
  case lengths(NumericBounds)
  /// The path of a file to read; the extensions, without the dot, are for completion. For some files, the name of
  /// something that the host knows may be given instead.
  case fileToRead(extensions: [String], orNameOf: String? = nil)
  /// The path of a file to write; it must have one of the extensions, if there are any.
  case fileToWrite(extensions: [String])
  /// The path of a directory.
  case directory
  /// The name of a variable, without `$`.
  case variableName
  /// A table, a record, a list of records, or a command's result that holds its table.
  case table
  /// Any value.
  case value
}

extension ParameterKind {
  /// The expected value, with an article: “a whole number ≥ 1”.
  package var expectation: String {
    switch self {
    case .word: "a word"
    case .name(let thing): "the name of a \(thing)"
    case .text: "a text"
    case .number(let bounds): Self.join("a number", bounds.description)
    case .integer(let bounds): Self.join("a whole number", bounds.description)
    case .powerOfTwo(let bounds): Self.join("a power of two", bounds.description)
    case .interval(let bounds): Self.join("`every` and a whole number", bounds.description)
    case .boolean: "on or off"
    case .choice(let choices): "one of \(Suggestion.listing(choices))"
    case .list(let kind): "\(kind.expectation), or a list of such"
    case .lengths(let bounds):
      Self.join("whole numbers", bounds.description) + " as a list or a range"
    case .fileToRead, .fileToWrite([]): "the name of a file"
    case .fileToWrite(let extensions):
      "the name of a file ending in \(Suggestion.listing(extensions.map { "." + $0 }, lastAfter: "or"))"
    case .directory: "the name of a directory"
    case .variableName: "the name of a variable, without `$`"
    case .table: "a table, such as `$t`"
    case .value: "a value"
    }
  }

  /// The placeholder of the value in a synopsis: `N`, `FILE`, `on|off`.
  package var placeholder: String {
    switch self {
    case .word, .name, .variableName: "NAME"
    case .text: "TEXT"
    case .number, .integer, .powerOfTwo: "N"
    case .interval: "every N"
    case .boolean: "on|off"
    case .choice(let choices):
      choices.joined(separator: "|").count <= 24 ? choices.joined(separator: "|") : "NAME"
    case .list(let kind): kind.placeholder + ",…"
    case .lengths: "N,…|N..N"
    case .fileToRead, .fileToWrite: "FILE"
    case .directory: "DIRECTORY"
    case .table: "$TABLE"
    case .value: "VALUE"
    }
  }

  private static func join(_ noun: String, _ bounds: String) -> String {
    bounds.isEmpty ? noun : "\(noun) \(bounds)"
  }
}
