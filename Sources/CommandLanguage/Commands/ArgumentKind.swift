/// A kind of argument together with the type in which commands read its values.
package struct ArgumentKind<Content: Sendable>: Sendable {
  /// The values that are accepted.
  let kind: ParameterKind

  /// The conversion of a checked value to its type.
  let read: @Sendable (Value) -> Content?

  /// The notation of a value in help.
  let spell: @Sendable (Content) -> String
}

// MARK: - Numbers

extension ArgumentKind where Content == Int {
  /// A whole number.
  package static var integer: Self { whole(.integer(.any)) }

  /// A whole number within limits.
  package static func integer(in range: ClosedRange<Int>) -> Self {
    whole(.integer(NumericBounds(range)))
  }

  /// A whole number of at least a limit.
  package static func integer(in range: PartialRangeFrom<Int>) -> Self {
    whole(.integer(NumericBounds(range)))
  }

  /// A power of two within limits.
  package static func powerOfTwo(in range: ClosedRange<Int>) -> Self {
    whole(.powerOfTwo(NumericBounds(range)))
  }

  /// A power of two of at least a limit.
  package static func powerOfTwo(in range: PartialRangeFrom<Int>) -> Self {
    whole(.powerOfTwo(NumericBounds(range)))
  }

  /// A whole number of units between repetitions, written `every 500` or `500`.
  package static func interval(in range: ClosedRange<Int>) -> Self {
    whole(.interval(NumericBounds(range)))
  }

  /// A whole number of units between repetitions, of at least a limit.
  package static func interval(in range: PartialRangeFrom<Int>) -> Self {
    whole(.interval(NumericBounds(range)))
  }

  private static func whole(_ kind: ParameterKind) -> Self {
    Self(
      kind: kind,
      read: { if case .number(let number) = $0 { Int(exactly: number) } else { nil } },
      spell: { String($0) }
    )
  }
}

extension ArgumentKind where Content == Double {
  /// A number.
  package static var number: Self { number(.any) }

  /// A number within limits.
  package static func number(in range: ClosedRange<Double>) -> Self {
    number(NumericBounds.from(range.lowerBound, through: range.upperBound))
  }

  /// A number of at least a limit.
  package static func number(in range: PartialRangeFrom<Double>) -> Self {
    number(NumericBounds.atLeast(range.lowerBound))
  }

  /// A number above one limit, up to and including another.
  package static func number(above lower: Double, through upper: Double) -> Self {
    number(NumericBounds.above(lower, through: upper))
  }

  private static func number(_ bounds: NumericBounds) -> Self {
    Self(
      kind: .number(bounds),
      read: { if case .number(let number) = $0 { number } else { nil } },
      spell: NumberFormat.short
    )
  }
}

extension NumericBounds {
  fileprivate init(_ range: ClosedRange<Int>) {
    self = .from(Double(range.lowerBound), through: Double(range.upperBound))
  }

  fileprivate init(_ range: PartialRangeFrom<Int>) {
    self = .atLeast(Double(range.lowerBound))
  }
}

// MARK: - Words

extension ArgumentKind where Content == Bool {
  /// On or off.
  package static var boolean: Self {
    Self(
      kind: .boolean,
      read: { if case .boolean(let flag) = $0 { flag } else { nil } },
      spell: { $0 ? "on" : "off" }
    )
  }
}

extension ArgumentKind where Content == String {
  /// One word without whitespace, such as the name of a new model.
  package static var word: Self { text(.word) }

  /// Any text.
  package static var text: Self { text(.text) }

  /// The path of a directory.
  package static var directory: Self { text(.directory) }

  /// The name of a variable, without `$`.
  package static var variableName: Self { text(.variableName) }

  /// The name of something that the host knows, such as a `model`.
  package static func name(of thing: String) -> Self { text(.name(of: thing)) }

  /// One of a set of words.
  package static func choice(among words: [String]) -> Self { text(.choice(words)) }

  /// The path of a file to read, or the name of something that the host knows.
  ///
  /// - Parameter extensions: the extensions, without the dot, for completion.
  package static func fileToRead(extensions: [String], orNameOf thing: String? = nil) -> Self {
    text(.fileToRead(extensions: extensions, orNameOf: thing))
  }

  /// The path of a file to write.
  ///
  /// - Parameter extensions: the extensions, without the dot; if there are any, the file must have one of them.
  package static func fileToWrite(extensions: [String]) -> Self {
    text(.fileToWrite(extensions: extensions))
  }

  private static func text(_ kind: ParameterKind) -> Self {
    Self(
      kind: kind,
      read: { if case .text(let text) = $0 { text } else { nil } },
      spell: { $0 }
    )
  }
}

extension ArgumentKind where Content: RawRepresentable<String> & CaseIterable {
  /// One of the cases of a type, or of a subset of them.
  package static func choice(_ type: Content.Type, among cases: [Content]? = nil) -> Self {
    Self(
      kind: .choice((cases ?? Array(Content.allCases)).map(\.rawValue)),
      read: { if case .text(let text) = $0 { Content(rawValue: text) } else { nil } },
      spell: \.rawValue
    )
  }
}

// MARK: - Several values, any value

extension ArgumentKind {
  /// One or more values.
  package static func list<Element>(of kind: ArgumentKind<Element>) -> Self
  where Content == [Element] {
    Self(
      kind: .list(of: kind.kind),
      read: { $0.elements?.compactMap(kind.read) },
      spell: { $0.map(kind.spell).joined(separator: ",") }
    )
  }
}

extension ArgumentKind where Content == [Int] {
  /// Whole numbers given one by one, as a list or as a range.
  package static var lengths: Self { lengths(.any) }

  /// Whole numbers of at least a limit, given one by one, as a list or as a range.
  package static func lengths(in range: PartialRangeFrom<Int>) -> Self {
    lengths(NumericBounds(range))
  }

  private static func lengths(_ bounds: NumericBounds) -> Self {
    let list = ArgumentKind.list(of: .integer)
    return Self(kind: .lengths(bounds), read: list.read, spell: list.spell)
  }
}

extension ArgumentKind where Content == Table {
  /// A table, a record, a list of records, or a command's result that holds its table.
  package static var table: Self {
    Self(kind: .table, read: \.rows, spell: { Value.table($0).inlineDescription })
  }
}

extension ArgumentKind where Content == Value {
  /// Any value.
  package static var value: Self {
    Self(kind: .value, read: { $0 }, spell: \.inlineDescription)
  }
}
