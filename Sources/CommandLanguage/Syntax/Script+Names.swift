extension Script {
  /// The names of the parameters that the script declares, in order.
  package var parameterNames: [String] {
    var names: [String] = []
    var known: Set<String> = []
    for case .binding(let binding) in allStatements.map(\.kind) where binding.keyword == .param {
      if known.insert(binding.name.text).inserted { names.append(binding.name.text) }
    }
    return names
  }

  /// Returns the `param` statements in a statement and its blocks, with the ranges of their values.
  package func parameterBindings(in statement: Statement) -> [(name: String, value: SourceRange)] {
    statement.withNested.compactMap { statement in
      guard case .binding(let binding) = statement.kind, binding.keyword == .param,
        case .expression(let value) = binding.value
      else { return nil }
      return (binding.name.text, value.range)
    }
  }

  /// The statements of all levels, in the order in which they are written.
  package var allStatements: [Statement] { statements.flatMap(\.withNested) }
}

extension Statement {
  fileprivate var withNested: [Statement] {
    switch kind {
    case .loop(let loop): return [self] + loop.body.statements.flatMap(\.withNested)
    case .conditional(let conditional):
      let blocks = conditional.branches.map(\.body) + [conditional.otherwise].compactMap { $0 }
      return [self] + blocks.flatMap(\.statements).flatMap(\.withNested)
    case .timed(let statement): return [self] + statement.withNested
    case .definition(let definition):
      return [self] + definition.body.statements.flatMap(\.withNested)
    case .command, .binding:
      return [self] + (call?.call.block?.statements.flatMap(\.withNested) ?? [])
    case .assertion, .expression: return [self]
    }
  }
}

extension Statement {
  /// The names that the statement sets.
  package var newNames: [Identifier] {
    switch kind {
    case .binding(let binding): [binding.name]
    case .loop(let loop): [loop.variable] + [loop.index].compactMap { $0 }
    case .definition(let definition): definition.parameters.map(\.name)
    case .command, .conditional, .assertion, .timed, .expression: []
    }
  }

  /// The options of a command with a block, which may set names in it.
  package var blockNames: [Identifier] {
    guard let call = call?.call, call.block != nil else { return [] }
    return call.arguments.compactMap(\.name)
  }

  /// The call that the statement itself makes, and the name that it is bound to.
  package var call: (call: CommandCall, variable: String?)? {
    switch kind {
    case .command(let call): return (call, nil)
    case .binding(let binding):
      guard case .command(let call) = binding.value else { return nil }
      return (call, binding.name.text)
    default: return nil
    }
  }

  /// The expressions of the statement itself, without those in its blocks.
  var expressions: [ValueExpression] {
    switch kind {
    case .command(let call): return call.arguments.map(\.value)
    case .binding(let binding):
      switch binding.value {
      case .command(let call): return call.arguments.map(\.value)
      case .expression(let node): return [node]
      }
    case .loop(let loop): return [loop.values]
    case .conditional(let conditional): return conditional.branches.map(\.condition)
    case .assertion(let assertion):
      return [assertion.condition] + [assertion.message].compactMap { $0 }
    case .expression(let node): return [node]
    case .definition(let definition): return definition.parameters.compactMap(\.fallback)
    case .timed: return []
    }
  }
}
