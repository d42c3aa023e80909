extension Signature {
  /// The declaration of one argument, without its type.
  package struct Parameter: DeclaredArgument, Equatable {
    /// How often an argument is given.
    package enum Occurrence: Equatable, Sendable { case required, optional, repeating }

    /// Its name, which may stand before `=`.
    package let name: String

    /// What values it takes.
    package let kind: ParameterKind

    /// How often it is given.
    package let occurrence: Occurrence

    /// What it does, in one line.
    package let summary: String

    /// The unit of the value, such as `seconds`.
    package let unit: String?

    /// The value without one given, as help shows it.
    package let defaultText: String?

    /// Itself.
    package var parameter: Parameter { self }

    /// Whether it is one of some words.
    var isSingleChoice: Bool {
      if case .choice = kind { occurrence != .repeating } else { false }
    }

    /// The kind that bound values are checked against: a list for repeating ones.
    var boundKind: ParameterKind {
      if case .list = kind { return kind }
      return occurrence == .repeating ? .list(of: kind) : kind
    }
  }
}
