/// Binds the arguments of a call to the parameters of its command, and checks them.
struct Binder {
  /// A function that evaluates an expression; it returns nil if the value is not known yet.
  typealias Evaluation = (ValueExpression) throws(Diagnostic) -> Value?

  private struct Given {
    var values: [Value] = []
    var spelling: String?
    var ranges: [SourceRange] = []
    var isKnown = true

    /// The range of the argument; nil if it is not given.
    var range: SourceRange? {
      ranges.first.map { ranges.dropFirst().reduce($0) { $0.union($1) } }
    }

    /// - Parameter value: the value; nil if it is not known.
    mutating func add(_ value: Value?, of expression: ValueExpression) {
      ranges.append(expression.range)
      spelling = expression.spelling ?? spelling
      if let value { values.append(value) } else { isKnown = false }
    }
  }

  private let call: CommandCall
  private let declaration: CommandDeclaration
  private let source: Source
  private var diagnostics: [Diagnostic] = []
  private var given: [String: Given] = [:]
  private var variables: [BoundArguments.Variable] = []

  /// The positional parameters that have not been filled.
  private var places: ArraySlice<Signature.Parameter> = []

  /// True if the positional parameters are known; until then, arguments without a name are only evaluated.
  private var arePlacesKnown = true

  /// True if a name is unknown and may be mistyped, so that an argument that seems to be missing may be there.
  private var hasUnknownOption = false

  private init(_ call: CommandCall, to declaration: CommandDeclaration, in source: Source) {
    self.call = call
    self.declaration = declaration
    self.source = source
  }

  /// Binds a call whose values can be evaluated; `text` returns the text of a raw tail.
  ///
  /// - Throws: The first error.
  static func bind(
    _ call: CommandCall,
    to declaration: CommandDeclaration,
    in source: Source,
    evaluate: Evaluation,
    text: (Template) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> BoundArguments {
    var raw = try call.tail.map { (tail) throws(Diagnostic) in try text(tail) }
    var parsed = call
    if declaration.signature.hasTailOptions, let tail = call.tail, let text = raw {
      let parts = try TailOptions(text, at: tail.range, in: source)
      (parsed, raw) = (call.with(parts.arguments), parts.text)
    }
    var binder = Binder(parsed, to: declaration, in: source)
    let values = binder.bindAll(evaluate: evaluate, tail: raw ?? "")
    if let first = binder.diagnostics.first { throw first }
    return BoundArguments(
      declaration: declaration,
      source: source,
      call: call,
      given: values,
      variables: binder.variables,
      raw: raw
    )
  }

  /// Returns all errors of a call that can be found before the values of its variables are known.
  static func check(
    _ call: CommandCall,
    against declaration: CommandDeclaration,
    in source: Source,
    evaluate: Evaluation
  ) -> [Diagnostic] {
    // The content of a tail with variables is checked when it is bound.
    guard let tail = call.tail, declaration.signature.hasTailOptions else {
      var binder = Binder(call, to: declaration, in: source)
      _ = binder.bindAll(evaluate: evaluate, tail: call.tail?.constant)
      return binder.diagnostics
    }
    guard let text = tail.constant else { return [] }
    do {
      let parts = try TailOptions(text, at: tail.range, in: source)
      var binder = Binder(call.with(parts.arguments), to: declaration, in: source)
      _ = binder.bindAll(evaluate: evaluate, tail: parts.text)
      return binder.diagnostics
    } catch {
      return [error]
    }
  }

  // MARK: Steps

  /// - Parameter tail: the text of a raw tail without options; nil if it is not known yet.
  private mutating func bindAll(
    evaluate: Evaluation,
    tail text: String?
  ) -> [String: BoundArguments.Given] {
    let signature = declaration.signature
    if let tail = signature.rawTail, tail.isRequired,
      text?.isEmpty ?? (call.tail == nil)
    {
      report(missing: tail.name, expected: tail.summary)
    }
    checkBlock()
    distribute(evaluate)
    var bound: [String: BoundArguments.Given] = [:]
    for parameter in signature.positionals { bound[parameter.name] = bind(parameter) }
    let scope = scope(of: bound)
    for parameter in signature.options { bound[parameter.name] = bind(parameter) }
    let scoped = signature.positionals(in: scope).filter { !signature.positionals.contains($0) }
    for parameter in scoped { bound[parameter.name] = bind(parameter) }
    let looked = Set(scoped.map(\.name))
    for name in signature.groupedNames where given[name] != nil && !looked.contains(name) {
      let declared = signature.declarations(of: name, in: scope)
      if let parameter = declared.first {
        // The value of the first argument decides which of several declarations applies.
        if declared.count == 1 { bound[name] = bind(parameter) }
      } else if let range = given[name]?.range {
        report(signature.refusal(of: name, in: scope, command: declaration.name), at: range)
      }
    }
    return bound
  }

  private mutating func checkBlock() {
    switch (declaration.signature.block, call.block) {
    case (nil, let block?):
      let brace = SourceRange(block.range.lower, block.range.lower + 1)
      report(.noBlock(command: declaration.name), at: brace)
    case (let expected?, nil):
      let error = LanguageError.missingBlock(command: declaration.name, expected: expected.summary)
      report(error, at: call.name.range)
    default: break
    }
  }

  /// Returns the scope that the first argument selects, as far as it is known.
  private func scope(of bound: [String: BoundArguments.Given]) -> Signature.Scope {
    guard let first = declaration.signature.positionals.first else { return .unknown }
    if case .text(let value)? = bound[first.name]?.value { return .value(value) }
    let isLeftOut =
      given[first.name] == nil && first.occurrence != .required && !hasUnknownOption
    return isLeftOut ? .alone : .unknown
  }

  /// Returns the checked value of an argument; nil if it is not given, not known yet, or wrong.
  private mutating func bind(_ parameter: Signature.Parameter) -> BoundArguments.Given? {
    guard let argument = given[parameter.name] else {
      if parameter.occurrence == .required, !hasUnknownOption {
        report(missing: parameter.name, expected: parameter.kind.expectation)
      }
      return nil
    }
    guard argument.isKnown, let value = check(argument, against: parameter),
      let range = argument.range
    else { return nil }
    return BoundArguments.Given(parameter: parameter, value: value, range: range)
  }

  private mutating func distribute(_ evaluate: Evaluation) {
    let signature = declaration.signature
    let named = Set(call.arguments.compactMap { $0.name?.text })
    places = signature.positionals.filter { !named.contains($0.name) }[...]
    var rest = arguments[...]
    var isAfterList = false
    // Further errors of the same call are not reported.
    while diagnostics.count <= Parser.errorLimit, let argument = rest.popFirst() {
      defer { isAfterList = if case .list = argument.value.kind { true } else { false } }
      if let name = argument.name {
        guard !signature.declarations(of: name.text).isEmpty else {
          if signature.block?.variables != nil {
            giveVariable(name, argument.value, evaluate)
            continue
          }
          let options = signature.names
          hasUnknownOption = true
          report(
            .unknownOption(name: name.text, command: declaration.name, options: options),
            at: name.range
          )
          continue
        }
        if given[name.text] != nil {
          report(.duplicateArgument(name: name.text, command: declaration.name), at: name.range)
          continue
        }
        // `checkpoint=every 500`: the number follows a space.
        if isInterval(name.text), argument.value.isWord("every"), let number = rest.first,
          number.name == nil
        {
          rest.removeFirst()
          give(number.value, to: name.text, evaluate)
        } else {
          give(argument.value, to: name.text, evaluate)
        }
        findPlaces(behind: name.text, named: named)
      } else if !arePlacesKnown {
        do { _ = try evaluate(argument.value) } catch { diagnostics.append(error) }
      } else if let parameter = places.first {
        if parameter.occurrence != .repeating { places.removeFirst() }
        give(argument.value, to: parameter.name, evaluate)
        findPlaces(behind: parameter.name, named: named)
      } else {
        let limit = signature.positionals.count + (scopedPlaces ?? []).count
        report(
          .tooManyArguments(
            command: declaration.name,
            limit: limit,
            synopsis: synopsis,
            isListPart: isAfterList
          ),
          at: argument.value.range
        )
        return
      }
    }
  }

  /// The arguments in the order given, except that the one that decides which others are positional comes first, even
  /// if it follows them by name.
  private var arguments: [CommandCall.Argument] {
    guard declaration.signature.hasScopedPlaces,
      let first = declaration.signature.positionals.first,
      let place = call.arguments.firstIndex(where: { $0.name?.text == first.name })
    else { return call.arguments }
    var arguments = call.arguments
    arguments.insert(arguments.remove(at: place), at: 0)
    return arguments
  }

  /// Adds the positional parameters of groups as soon as it is known which groups apply.
  private mutating func findPlaces(behind name: String, named: Set<String>) {
    let signature = declaration.signature
    guard signature.hasScopedPlaces, name == signature.positionals.first?.name else { return }
    arePlacesKnown = scopedPlaces != nil
    places = (scopedPlaces ?? []).filter { !named.contains($0.name) } + places
  }

  /// The value of the first positional argument, if it is a choice that selects groups.
  private var scopeValue: String? {
    guard let first = declaration.signature.positionals.first,
      case .choice(let choices) = first.kind,
      case .text(let value)? = given[first.name]?.values.first, choices.contains(value)
    else { return nil }
    return value
  }

  /// The synopsis of the call, as far as it is known which groups apply.
  private var synopsis: String {
    guard !declaration.signature.groups.isEmpty, let value = scopeValue else {
      return declaration.synopsis
    }
    return declaration.synopsis(under: value)
  }

  /// The positional parameters that groups add to the call; nil while that is not known.
  private var scopedPlaces: [Signature.Parameter]? {
    let signature = declaration.signature
    guard let value = scopeValue else { return nil }
    return Signature.once(
      signature.groups.filter { $0.applies(in: .value(value)) }.flatMap(\.positionals)
    )
  }

  private mutating func giveVariable(
    _ name: Identifier,
    _ expression: ValueExpression,
    _ evaluate: Evaluation
  ) {
    guard !variables.contains(where: { $0.name == name.text }) else {
      report(.duplicateArgument(name: name.text, command: declaration.name), at: name.range)
      return
    }
    do {
      let value = try evaluate(expression) ?? .nothing
      variables.append(.init(name: name.text, value: value, range: expression.range))
    } catch {
      diagnostics.append(error)
    }
  }

  private func isInterval(_ name: String) -> Bool {
    declaration.signature.declarations(of: name).contains {
      if case .interval = $0.kind { true } else { false }
    }
  }

  private mutating func give(
    _ expression: ValueExpression,
    to name: String,
    _ evaluate: Evaluation
  ) {
    var value: Value?
    do {
      value = try evaluate(expression)
    } catch {
      diagnostics.append(error)
    }
    given[name, default: Given()].add(value, of: expression)
  }

  private mutating func check(
    _ argument: Given,
    against parameter: Signature.Parameter
  ) -> Value? {
    let isSingle = argument.values.count == 1
    if isSingle, parameter.occurrence != .repeating {
      return check(argument.values[0], spelling: argument.spelling, parameter, argument.ranges[0])
    }
    var elements: [Value] = []
    for (value, range) in zip(argument.values, argument.ranges) {
      let spelling = isSingle ? argument.spelling : nil
      guard case .list(let checked)? = check(value, spelling: spelling, parameter, range) else {
        return nil
      }
      elements += checked
    }
    return .list(elements)
  }

  private mutating func check(
    _ value: Value,
    spelling: String?,
    _ parameter: Signature.Parameter,
    _ range: SourceRange
  ) -> Value? {
    do {
      return try parameter.boundKind.checked(value, spelling: spelling)
    } catch {
      report(error, of: parameter, at: range)
      return nil
    }
  }

  // MARK: Reports

  private mutating func report(
    _ mismatch: KindMismatch,
    of parameter: Signature.Parameter,
    at range: SourceRange
  ) {
    switch mismatch {
    case .expected(let expected, let found, let hint):
      report(
        .wrongArgument(
          name: parameter.name,
          command: declaration.name,
          expected: expected,
          found: found,
          hint: hint
        ),
        at: range
      )
    case .notAChoice(let found, let choices):
      report(
        .invalidChoice(
          name: parameter.name,
          command: declaration.name,
          found: found,
          choices: choices
        ),
        at: range
      )
    }
  }

  private mutating func report(missing name: String, expected: String) {
    report(
      .missingArgument(
        name: name,
        command: declaration.name,
        expected: expected,
        synopsis: synopsis
      ),
      at: call.name.range
    )
  }

  private mutating func report(_ error: LanguageError, at range: SourceRange) {
    diagnostics.append(Diagnostic(error, source: source, range: range))
  }
}
