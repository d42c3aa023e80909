/// Options that apply only under some values of a command's first positional argument.
///
/// An option of the same name may belong to several groups; it may mean something else in each, where no value has both.
package struct ScopedOptions: Equatable, Sendable {
  /// What the options are about, such as “music”.
  package let subject: String

  /// The values under which they apply.
  let values: [String]

  /// Whether they apply where the positional argument is left out.
  let appliesAlone: Bool

  /// What a call is about under which they apply, where that says more than its value.
  let topic: String?

  /// What to write in place of options of other groups, by their names.
  let replacements: [String: String]

  /// The arguments that are known by their place, right behind the argument that says which groups apply.
  package let positionals: [Signature.Parameter]

  /// The options.
  package let options: [Signature.Parameter]

  /// Makes a group; without options it only tells what its values are about.
  ///
  /// - Parameters:
  ///   - subject: what the options are about, as in “`gain=` is about music”.
  ///   - values: those of the first positional argument under which they apply.
  ///   - appliesAlone: whether they apply where that is left out.
  ///   - topic: what a call with these values is about, as in “not about music”; of several groups that of the
  ///     narrowest is taken.
  ///   - replacements: remedies for options of other groups, by their names.
  ///   - positionals: arguments that are known by their place, behind that argument and before all others.
  package init(
    _ subject: String,
    under values: [String],
    orAlone appliesAlone: Bool = false,
    topic: String? = nil,
    replacements: [String: String] = [:],
    positionals: [any DeclaredArgument] = [],
    options: [any DeclaredArgument]
  ) {
    self.subject = subject
    self.values = values
    self.appliesAlone = appliesAlone
    self.topic = topic
    self.replacements = replacements
    self.positionals = positionals.map(\.parameter)
    self.options = options.map(\.parameter)
  }

  /// All its arguments, those that are known by their place first.
  package var arguments: [Signature.Parameter] { positionals + options }

  /// Whether the options apply to a call, as far as is known.
  func applies(in scope: Signature.Scope) -> Bool {
    switch scope {
    case .unknown: true
    case .alone: appliesAlone
    case .value(let value): values.contains(value)
    }
  }

  /// Whether a call can have the options of both groups.
  func overlaps(_ other: ScopedOptions) -> Bool {
    appliesAlone && other.appliesAlone || !Set(values).isDisjoint(with: other.values)
  }
}

extension Signature {
  /// What is known of the first positional argument of a call, which says what options apply.
  enum Scope: Equatable {
    /// It is not known, or wrong.
    case unknown
    /// It is left out.
    case alone
    case value(String)
  }

  /// The options that may stand in a call, each name once.
  func options(in scope: Scope) -> [Parameter] {
    Self.once(options + groups.filter { $0.applies(in: scope) }.flatMap(\.options))
  }

  /// The arguments that are known by their place in a call; those of groups only where it is known which apply.
  func positionals(in scope: Scope) -> [Parameter] {
    guard scope != .unknown else { return positionals }
    let own = groups.filter { $0.applies(in: scope) }.flatMap(\.positionals)
    return positionals.prefix(1) + Self.once(own) + positionals.dropFirst()
  }

  /// Whether the places of arguments depend on which groups apply.
  var hasScopedPlaces: Bool { groups.contains { !$0.positionals.isEmpty } }

  /// All declarations of an option that may stand in a call; several where they depend on what is not known.
  func declarations(of name: String, in scope: Scope) -> [Parameter] {
    let all = options + groups.filter { $0.applies(in: scope) }.flatMap(\.arguments)
    return all.filter { $0.name == name }.reduce(into: []) { found, parameter in
      if !found.contains(parameter) { found.append(parameter) }
    }
  }

  /// Why an option that belongs to other groups has no place in a call.
  func refusal(of name: String, in scope: Scope, command: String) -> LanguageError {
    let owners = groups.filter { $0.arguments.contains { $0.name == name } }
    let own = groups.filter { $0.applies(in: scope) }.sorted { $0.values.count < $1.values.count }
    let calls = owners.flatMap { owner in
      owner.values.map { "\(command) \($0)" }
        + (owner.appliesAlone ? ["\(command) \(name)=…"] : [])
    }
    var topic = own.lazy.compactMap(\.topic).first
    var call = command
    if case .value(let value) = scope {
      call += " " + value
      topic = topic ?? valueNoun.map { "the \($0) `\(value)`" }
    }
    guard let topic else {
      return .optionOfOtherCalls(name: name, call: call, calls: calls)
    }
    return .foreignOption(
      name: name,
      subjects: owners.map(\.subject),
      topic: topic,
      calls: calls,
      replacement: own.lazy.compactMap { $0.replacements[name] }.first
    )
  }
}
