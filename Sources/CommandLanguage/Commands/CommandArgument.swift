/// An argument of a command, declared once with its name, kind, summary and default, and read through this declaration:
///
///     static let keep = CommandArgument(
///       "keep", .integer(in: 1...1_000_000), "how many files stay", default: 3)
///     …
///     let kept = arguments[Self.keep]  // an Int, 3 where the call has no `keep=`
///
/// `Content` is the type that a command reads: an optional if the argument may be omitted and has no default.
package struct CommandArgument<Content: Sendable>: DeclaredArgument {
  /// The declaration without its type.
  package let parameter: Signature.Parameter

  /// The value if none is given; nil if the argument is required.
  let fallback: Content?

  /// The conversion of a checked value to its type.
  let read: @Sendable (Value) -> Content?

  private init(
    _ name: String,
    _ kind: ParameterKind,
    _ occurrence: Signature.Parameter.Occurrence,
    _ summary: String,
    unit: String?,
    defaultText: String?,
    fallback: Content?,
    read: @escaping @Sendable (Value) -> Content?
  ) {
    parameter = Signature.Parameter(
      name: name,
      kind: kind,
      occurrence: occurrence,
      summary: summary,
      unit: unit,
      defaultText: defaultText
    )
    self.fallback = fallback
    self.read = read
  }

  /// Makes an argument with a default.
  ///
  /// - Parameters:
  ///   - unit: the unit of the value, such as `seconds`.
  ///   - phrase: the default as help shows it, if it depends on other things; otherwise help shows the value.
  package init(
    _ name: String,
    _ kind: ArgumentKind<Content>,
    _ summary: String,
    unit: String? = nil,
    default fallback: Content,
    otherwise phrase: String? = nil
  ) {
    self.init(
      name,
      kind.kind,
      .optional,
      summary,
      unit: unit,
      defaultText: phrase ?? kind.spell(fallback),
      fallback: fallback,
      read: kind.read
    )
  }

  /// Makes an argument that may be omitted and then has no value.
  ///
  /// - Parameters:
  ///   - unit: the unit of the value, such as `seconds`.
  ///   - phrase: the behaviour without it, as help shows it.
  package init<Given>(
    _ name: String,
    _ kind: ArgumentKind<Given>,
    _ summary: String,
    unit: String? = nil,
    otherwise phrase: String? = nil
  ) where Content == Given? {
    self.init(
      name,
      kind.kind,
      .optional,
      summary,
      unit: unit,
      defaultText: phrase,
      fallback: .some(nil),
      read: { value in kind.read(value).map { .some($0) } }
    )
  }

  /// Makes an argument that must be given.
  package static func required(
    _ name: String,
    _ kind: ArgumentKind<Content>,
    _ summary: String,
    unit: String? = nil
  ) -> CommandArgument {
    CommandArgument(
      name,
      kind.kind,
      .required,
      summary,
      unit: unit,
      defaultText: nil,
      fallback: nil,
      read: kind.read
    )
  }

  /// Makes the last positional argument, which may be given any number of times.
  package static func repeating<Element>(
    _ name: String,
    _ kind: ArgumentKind<Element>,
    _ summary: String,
    unit: String? = nil,
    otherwise phrase: String? = nil
  ) -> CommandArgument where Content == [Element] {
    CommandArgument(
      name,
      kind.kind,
      .repeating,
      summary,
      unit: unit,
      defaultText: phrase,
      fallback: [],
      read: ArgumentKind.list(of: kind).read
    )
  }
}

/// A named part of a call that an error can point to.
package protocol NamedArgument: Sendable {
  /// Its name.
  var name: String { get }
}

/// The declaration of an argument of any type.
package protocol DeclaredArgument: NamedArgument {
  /// The declaration without its type.
  var parameter: Signature.Parameter { get }
}

extension DeclaredArgument {
  /// Its name.
  package var name: String { parameter.name }
}
