/// The arguments of a command.
package struct Signature: Equatable, Sendable {
  /// A text that is passed on unparsed.
  package struct RawTail: NamedArgument, Equatable {
    /// The name in the synopsis.
    package let name: String

    /// A one-line description.
    package let summary: String

    /// True if the text must not be empty.
    package let isRequired: Bool

    /// The kind of thing that its words name, such as a `topic`; completion asks the host.
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

  /// Statements in braces that a command takes at its end.
  package struct BlockDeclaration: Equatable, Sendable {
    /// The purpose of the statements, in one line.
    package let summary: String

    /// A one-line description of options of any other name, which the block sees as variables; nil if there are none.
    package let variables: String?

    /// Makes a declaration.
    package init(_ summary: String, variables: String? = nil) {
      self.summary = summary
      self.variables = variables
    }
  }

  /// The positional arguments; each may also be given by name.
  package let positionals: [Parameter]

  /// The arguments that are given by name only and that every call may have.
  package let options: [Parameter]

  /// The groups of arguments that apply for some values of the first positional argument.
  package let groups: [ScopedOptions]

  /// The noun for a value of the first positional argument in messages; nil to cite the call instead.
  let valueNoun: String?

  /// The block that must end a call; nil for commands that take none.
  package let block: BlockDeclaration?

  /// The unparsed text, for commands without positional arguments.
  package let rawTail: RawTail?

  /// Makes a signature of parsed arguments.
  ///
  /// Required positionals come first, a repeating one last; names are distinct, except that groups may share a name if
  /// they never apply together or declare it identically.
  ///
  /// - Parameter valueNoun: the noun for a value of the first positional argument, as in “the task `sort`”; nil to cite
  ///   the call, as in “`plot loss`”.
  package init(
    positionals: [any DeclaredArgument] = [],
    options: [any DeclaredArgument] = [],
    groups: [ScopedOptions] = [],
    valueNoun: String? = nil,
    block: BlockDeclaration? = nil
  ) {
    let (positionals, options) = (positionals.map(\.parameter), options.map(\.parameter))
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
    precondition(Self.areApart(groups, from: Set(names)), "argument names differ in each group")
    precondition(
      groups.isEmpty || positionals.first?.isSingleChoice == true,
      "a choice in the first place says which group applies"
    )
    precondition(
      groups.flatMap(\.options).allSatisfy { $0.occurrence == .optional },
      "options of groups may be left out"
    )
    precondition(
      groups.flatMap(\.positionals).allSatisfy { $0.occurrence == .required },
      "arguments of groups that are known by their place are required"
    )
    self.positionals = positionals
    self.options = options
    self.groups = groups
    self.valueNoun = valueNoun
    self.block = block
    rawTail = nil
  }

  /// Makes the signature of a command that takes the text after its name unparsed.
  ///
  /// If there are options, every word `name=value` of the text is one of them and is removed from the text.
  package init(rawTail: RawTail, options: [any DeclaredArgument] = []) {
    let options = options.map(\.parameter)
    precondition(options.allSatisfy { $0.occurrence == .optional }, "options may be left out")
    positionals = []
    self.options = options
    groups = []
    valueNoun = nil
    block = nil
    self.rawTail = rawTail
  }

  /// Returns true if a call has at most one declaration of each name.
  private static func areApart(_ groups: [ScopedOptions], from names: Set<String>) -> Bool {
    groups.enumerated().allSatisfy { index, group in
      group.arguments.allSatisfy { option in
        !names.contains(option.name)
          && groups[..<index].filter { $0.overlaps(group) }.flatMap(\.arguments)
            .allSatisfy { $0.name != option.name || $0 == option }
      }
    }
  }

  /// True if words of the raw tail may be options.
  var hasTailOptions: Bool { rawTail != nil && !options.isEmpty }

  /// All options, those of groups last; a name may have several declarations.
  package var allOptions: [Parameter] {
    groups.flatMap(\.options).reduce(into: options) { all, option in
      if !all.contains(option) { all.append(option) }
    }
  }

  /// All arguments that are positional in some calls, in the order in which they appear.
  var allPositionals: [Parameter] {
    positionals.prefix(1) + Self.once(groups.flatMap(\.positionals)) + positionals.dropFirst()
  }

  /// The names of the groups' arguments, each once.
  var groupedNames: [String] { Self.once(groups.flatMap(\.arguments)).map(\.name) }

  /// The names of all arguments.
  var names: [String] { Self.once(allPositionals + allOptions).map(\.name) }

  /// Returns true if a call can have an argument with this declaration.
  func declares(_ parameter: Parameter) -> Bool {
    allPositionals.contains(parameter) || allOptions.contains(parameter)
  }

  /// Returns all declarations of arguments with a name.
  package func declarations(of name: String) -> [Parameter] {
    (allPositionals + allOptions).filter { $0.name == name }
  }

  /// Returns the first declaration of each name.
  static func once(_ parameters: [Parameter]) -> [Parameter] {
    var seen: Set<String> = []
    return parameters.filter { seen.insert($0.name).inserted }
  }
}
