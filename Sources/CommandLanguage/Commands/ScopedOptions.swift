/// Options that apply only for some values of a command's first positional argument.
///
/// Several groups may have an option of the same name; its meaning may differ between groups that no value selects
/// together.
package struct ScopedOptions: Equatable, Sendable {
  /// The subject of the options, such as “music”.
  package let subject: String

  /// The values for which the options apply.
  let values: [String]

  /// True if the options apply when the positional argument is omitted.
  let appliesAlone: Bool

  /// The topic of a call to which the options apply, if it says more than the call's value.
  let topic: String?

  /// The remedies for options of other groups, by the options' names.
  let replacements: [String: String]

  /// The positional arguments, directly after the one that decides which groups apply.
  package let positionals: [Signature.Parameter]

  /// The options.
  package let options: [Signature.Parameter]

  /// Makes a group; without options, it only states the topic of its values.
  ///
  /// - Parameters:
  ///   - subject: the subject of the options, as in “`gain=` is about music”.
  ///   - values: the values of the first positional argument for which the options apply.
  ///   - appliesAlone: true if the options apply when that argument is omitted.
  ///   - topic: the topic of a call with these values, as in “not about music”; of several groups, the narrowest one's
  ///     counts.
  ///   - replacements: remedies for options of other groups, by their names.
  ///   - positionals: the positional arguments, after that argument and before all others.
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

  /// All arguments of the group, the positional ones first.
  package var arguments: [Signature.Parameter] { positionals + options }

  /// Returns true if the options apply to a call, or may apply because its scope is unknown.
  func applies(in scope: Signature.Scope) -> Bool {
    switch scope {
    case .unknown: true
    case .alone: appliesAlone
    case .value(let value): values.contains(value)
    }
  }

  /// Returns true if a call can have the options of both groups.
  func overlaps(_ other: ScopedOptions) -> Bool {
    appliesAlone && other.appliesAlone || !Set(values).isDisjoint(with: other.values)
  }
}

extension Signature {
  /// The state of a call's first positional argument, which decides which options apply.
  enum Scope: Equatable {
    /// The argument is not known, or wrong.
    case unknown
    /// The argument is omitted.
    case alone
    case value(String)
  }

  /// Returns the options that may appear in a call, each name once.
  func options(in scope: Scope) -> [Parameter] {
    Self.once(options + groups.filter { $0.applies(in: scope) }.flatMap(\.options))
  }

  /// Returns the positional arguments of a call; those of groups only if it is known which groups apply.
  func positionals(in scope: Scope) -> [Parameter] {
    guard scope != .unknown else { return positionals }
    let own = groups.filter { $0.applies(in: scope) }.flatMap(\.positionals)
    return positionals.prefix(1) + Self.once(own) + positionals.dropFirst()
  }

  /// True if the places of arguments depend on which groups apply.
  var hasScopedPlaces: Bool { groups.contains { !$0.positionals.isEmpty } }

  /// Returns all declarations of an option that may appear in a call; several if it is unknown which one applies.
  func declarations(of name: String, in scope: Scope) -> [Parameter] {
    let all = options + groups.filter { $0.applies(in: scope) }.flatMap(\.arguments)
    return all.filter { $0.name == name }.reduce(into: []) { found, parameter in
      if !found.contains(parameter) { found.append(parameter) }
    }
  }

  /// Returns the error for an option that belongs to groups other than the call's.
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
