/// An argument of a command, declared once with its name, its kind, what it does and its default, and read through
/// this declaration:
///
///     static let keep = CommandArgument(
///       "keep", .integer(in: 1...1_000_000), "how many files stay", default: 3)
///     …
///     let kept = arguments[Self.keep]  // an Int, 3 where the call has no `keep=`
///
/// `Content` is what a command reads: an optional where the argument may be left out and has no default.
package struct CommandArgument<Content: Sendable>: DeclaredArgument {
  /// The declaration without its type.
  package let parameter: Signature.Parameter

  /// The value where none is given; nil of an argument that must be given.
  let fallback: Content?

  /// A checked value in its type.
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

  /// An argument with a default.
  ///
  /// - Parameters:
  ///   - unit: of the value, such as `seconds`.
  ///   - phrase: what help shows as the default, where it depends on other things; else it shows the value.
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

  /// An argument that may be left out and has no value then.
  ///
  /// - Parameters:
  ///   - unit: of the value, such as `seconds`.
  ///   - phrase: what holds without it, as help shows it.
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

  /// An argument that must be given.
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

  /// The last positional argument, given any number of times.
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

/// What a call has under a name, so that an error can point at it.
package protocol NamedArgument: Sendable {
  /// Its name.
  var name: String { get }
}

/// The declaration of an argument, whatever its type.
package protocol DeclaredArgument: NamedArgument {
  /// The declaration without its type.
  var parameter: Signature.Parameter { get }
}

extension DeclaredArgument {
  /// Its name.
  package var name: String { parameter.name }
}
