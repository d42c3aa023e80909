extension Signature {
  /// The declaration of one argument, without its type.
  package struct Parameter: DeclaredArgument, Equatable {
    /// The number of times that an argument is given.
    package enum Occurrence: Equatable, Sendable { case required, optional, repeating }

    /// The name, which may precede `=`.
    package let name: String

    /// The values that the argument accepts.
    package let kind: ParameterKind

    /// The number of times that the argument is given.
    package let occurrence: Occurrence

    /// A one-line description.
    package let summary: String

    /// The unit of the value, such as `seconds`.
    package let unit: String?

    /// The default, as help shows it.
    package let defaultText: String?

    /// The declaration itself.
    package var parameter: Parameter { self }

    /// True if the argument is a single choice among words.
    var isSingleChoice: Bool {
      if case .choice = kind { occurrence != .repeating } else { false }
    }

    /// The kind that bound values are checked against: a list for a repeating argument.
    var boundKind: ParameterKind {
      if case .list = kind { return kind }
      return occurrence == .repeating ? .list(of: kind) : kind
    }
  }
}
