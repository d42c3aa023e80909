/// The arguments of a command.
package struct Signature: Equatable, Sendable {
  /// One argument.
  package struct Parameter: Equatable, Sendable {
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

    /// An argument that must be given.
    package static func required(
      _ name: String,
      _ kind: ParameterKind,
      _ summary: String,
      unit: String? = nil
    ) -> Parameter {
      Parameter(
        name: name,
        kind: kind,
        occurrence: .required,
        summary: summary,
        unit: unit,
        defaultText: nil
      )
    }

    /// An argument that may be left out.
    package static func optional(
      _ name: String,
      _ kind: ParameterKind,
      _ summary: String,
      unit: String? = nil,
      default defaultText: String? = nil
    ) -> Parameter {
      Parameter(
        name: name,
        kind: kind,
        occurrence: .optional,
        summary: summary,
        unit: unit,
        defaultText: defaultText
      )
    }

    /// The last positional argument, given any number of times.
    package static func repeating(
      _ name: String,
      _ kind: ParameterKind,
      _ summary: String,
      unit: String? = nil,
      default defaultText: String? = nil
    ) -> Parameter {
      Parameter(
        name: name,
        kind: kind,
        occurrence: .repeating,
        summary: summary,
        unit: unit,
        defaultText: defaultText
      )
    }

    /// The kind that bound values are checked against: a list for repeating ones.
    var boundKind: ParameterKind {
      if case .list = kind { return kind }
      return occurrence == .repeating ? .list(of: kind) : kind
    }
  }

  /// A text that is handed over unparsed.
  package struct RawTail: Equatable, Sendable {
    /// What it is called in the synopsis.
    package let name: String

    /// What it does, in one line.
    package let summary: String

    /// Whether it must not be empty.
    package let isRequired: Bool

    /// What its words are the names of, such as a `topic`; completion asks the host.
    package let namesOf: String?

    /// Makes a raw tail.
    package init(
      _ name: String,
      _ summary: String,
      isRequired: Bool = true,
      namesOf: String? = nil
    ) {
      self.name = name
      self.summary = summary
      self.isRequired = isRequired
      self.namesOf = namesOf
    }
  }

  /// The arguments that are known by their place; each may be given by its name instead.
  package let positionals: [Parameter]

  /// The arguments that are given by name only.
  package let options: [Parameter]

  /// The unparsed text, for commands that take no positional arguments.
  package let rawTail: RawTail?

  /// Makes a signature of parsed arguments.
  ///
  /// Required positionals come first, a repeating one is the last; names differ.
  package init(positionals: [Parameter] = [], options: [Parameter] = []) {
    let occurrences = positionals.map(\.occurrence)
    let firstOptional = occurrences.firstIndex { $0 != .required } ?? occurrences.count
    precondition(
      !occurrences[firstOptional...].contains(.required),
      "required arguments come before optional ones"
    )
    precondition(
      !occurrences.dropLast().contains(.repeating),
      "only the last argument repeats"
    )
    precondition(!options.contains { $0.occurrence == .repeating }, "options do not repeat")
    let names = (positionals + options).map(\.name)
    precondition(Set(names).count == names.count, "argument names differ")
    self.positionals = positionals
    self.options = options
    rawTail = nil
  }

  /// Makes the signature of a command that takes the text behind its name unparsed.
  ///
  /// With options every word `name=value` of the text is one of them and is taken out of it.
  package init(rawTail: RawTail, options: [Parameter] = []) {
    precondition(options.allSatisfy { $0.occurrence == .optional }, "options may be left out")
    positionals = []
    self.options = options
    self.rawTail = rawTail
  }

  /// Whether words of the raw tail are options.
  var hasTailOptions: Bool { rawTail != nil && !options.isEmpty }

  /// All arguments that have a name.
  package var parameters: [Parameter] { positionals + options }

  /// The argument with a name.
  package func parameter(named name: String) -> Parameter? {
    parameters.first { $0.name == name }
  }
}
