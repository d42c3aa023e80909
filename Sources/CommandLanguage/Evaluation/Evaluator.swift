/// Runs statements: stores the variables and calls the commands.
package final class Evaluator<Host: EvaluatorHost> {
  /// The variable that holds the value of the last command or expression.
  package static var lastValueName: String { "_" }

  /// The maximum depth to which scripts may run each other.
  package static var scriptLimit: Int { 16 }

  /// The maximum depth to which defined statements may call each other.
  package static var callLimit: Int { 100 }

  /// The commands.
  package let registry: CommandRegistry<Host>

  /// The variables; a host may set them as well.
  package var variables = VariableTable()

  /// The statements that scripts have defined, by their names.
  package private(set) var definitions: [String: DefinedStatement] = [:]

  /// The values from outside that replace those in `param` statements.
  package let overrides: Overrides

  /// The names that `param` statements have set, in order.
  package private(set) var parameterNames: [String] = []
  private var knownParameters: Set<String> = []

  private var usedOverrides: Set<String> = []
  private var depth = 0
  private var callDepth = 0

  /// Makes an evaluator without variables.
  package init(registry: CommandRegistry<Host>, overrides: Overrides = Overrides()) {
    self.registry = registry
    self.overrides = overrides
  }

  /// The names of the overrides that no `param` statement has requested so far.
  package var unusedOverrides: [String] {
    overrides.names.filter { !usedOverrides.contains($0) }
  }

  // MARK: Scripts

  /// Runs a script; returns the value of its last statement.
  ///
  /// - Throws: A diagnostic, or any error of the host, or an interruption.
  @discardableResult
  package func evaluate(_ script: Script, in host: Host) throws -> Value {
    guard depth < Self.scriptLimit else {
      throw Diagnostic(.scriptsTooDeep(limit: Self.scriptLimit), source: nil, range: nil)
    }
    depth += 1
    defer { depth -= 1 }
    return try evaluate(script.statements, of: script.source, in: host)
  }

  /// Runs statements; returns the value of the last one.
  ///
  /// - Parameter isQuiet: true if the value of the last statement is not shown, should it be an expression.
  private func evaluate(
    _ statements: [Statement],
    of source: Source,
    in host: Host,
    isQuiet: Bool = false
  ) throws -> Value {
    var value = Value.nothing
    for (place, statement) in statements.enumerated() {
      let isLast = place == statements.count - 1
      value = try evaluate(statement, of: source, in: host, isQuiet: isQuiet && isLast)
    }
    return value
  }

  /// Runs the block of a command; returns the value of its last statement, which is not shown.
  ///
  /// The variables that it sets are forgotten afterwards.
  ///
  /// - Parameter values: the variables that are set for the block in addition to all others.
  /// - Throws: A diagnostic, or any error of the host, or an interruption.
  package func evaluate(
    _ block: CommandBlock,
    setting values: [(name: String, value: Value)],
    in host: Host
  ) throws -> Value {
    try apart(with: values) {
      try evaluate(block.block.statements, of: block.source, in: host, isQuiet: true)
    }
  }

  /// Runs `body` with additional variables, and forgets the variables that it sets.
  private func apart(
    with values: [(name: String, value: Value)],
    _ body: () throws -> Value
  ) throws -> Value {
    let outer = variables
    defer { variables = outer }
    for (name, value) in values { variables[name] = value }
    return try body()
  }

  /// Runs a statement of a source; returns its value, which is nothing for loops, assertions and definitions.
  ///
  /// - Throws: A diagnostic, or any error of the host, or an interruption.
  @discardableResult
  package func evaluate(
    _ statement: Statement,
    of source: Source,
    in host: Host,
    isQuiet: Bool = false
  ) throws -> Value {
    try host.checkpoint()
    do {
      return try evaluateUnguarded(statement, of: source, in: host, isQuiet)
    } catch let diagnostic as Diagnostic {
      // The host knows why an expression was stopped.
      if case .stopped = diagnostic.reason { try host.checkpoint() }
      throw diagnostic
    }
  }

  private func expressions(of source: Source, in host: Host) -> ExpressionEvaluator {
    ExpressionEvaluator(source: source, variables: variables) {
      (try? host.checkpoint()) == nil
    }
  }

  private func evaluateUnguarded(
    _ statement: Statement,
    of source: Source,
    in host: Host,
    _ isQuiet: Bool
  ) throws -> Value {
    let expressions = expressions(of: source, in: host)
    let value: Value
    switch statement.kind {
    case .command(let call):
      value = try run(call, of: source, in: host, isQuiet: isQuiet)
    case .expression(let node):
      value = try expressions.evaluate(node)
      if !isQuiet { host.show(value) }
    case .binding(let binding):
      value = try bind(binding, of: source, in: host)
    case .assertion(let assertion):
      try AssertionCheck(evaluator: expressions).check(assertion)
      return .nothing
    case .timed(let timed):
      return try host.timed(statement, of: source) {
        try evaluate(timed, of: source, in: host, isQuiet: isQuiet)
      }
    case .definition(let definition):
      try define(definition, in: source)
      return .nothing
    case .loop(let loop):
      try run(loop, of: source, in: host)
      return .nothing
    case .conditional(let conditional):
      for branch in conditional.branches where try expressions.condition(branch.condition) {
        return try evaluate(branch.body.statements, of: source, in: host, isQuiet: isQuiet)
      }
      let otherwise = conditional.otherwise?.statements ?? []
      return try evaluate(otherwise, of: source, in: host, isQuiet: isQuiet)
    }
    switch statement.kind {
    case .command, .expression: if value != .nothing { variables[Self.lastValueName] = value }
    default: break
    }
    host.completed(statement, of: source, value: value)
    return value
  }

  // MARK: Statements

  private func bind(_ binding: Binding, of source: Source, in host: Host) throws -> Value {
    let name = binding.name.text
    var value: Value
    switch binding.value {
    case .command(let call):
      value = try run(call, of: source, in: host, boundTo: name, isQuiet: true)
    case .expression(let node):
      value = try expressions(of: source, in: host).evaluate(node)
    }
    if binding.keyword == .param {
      if knownParameters.insert(name).inserted { parameterNames.append(name) }
      if overrides.names.contains(name) { usedOverrides.insert(name) }
      do {
        value = try overrides.value(of: name, inPlaceOf: value)
      } catch {
        throw Diagnostic(error, source: source, range: binding.name.range)
      }
    }
    variables[name] = value
    return value
  }

  private func run(_ loop: Loop, of source: Source, in host: Host) throws {
    let values = try expressions(of: source, in: host).evaluate(loop.values)
    guard let elements = values.elements ?? values.single else {
      let error = LanguageError.notALoopValue(kind: values.kindName)
      throw Diagnostic(error, source: source, range: loop.values.range)
    }
    for (place, element) in elements.enumerated() {
      try host.checkpoint()
      variables[loop.variable.text] = element
      if let index = loop.index { variables[index.text] = .number(Double(place)) }
      _ = try evaluate(loop.body.statements, of: source, in: host)
    }
  }

  private func define(
    _ definition: StatementDefinition,
    in source: Source
  ) throws(Diagnostic) {
    let name = definition.name
    guard registry.declaration(named: name.text) == nil else {
      throw Diagnostic(.commandExists(name.text), source: source, range: name.range)
    }
    definitions[name.text] = DefinedStatement(definition, in: source)
  }

  /// Runs the body of a defined statement, and forgets the variables that it sets.
  private func run(
    _ defined: DefinedStatement,
    by call: CommandCall,
    of source: Source,
    in host: Host,
    isQuiet: Bool
  ) throws -> Value {
    let outside = expressions(of: source, in: host)
    let arguments = try Binder.bind(
      call,
      to: defined.declaration,
      in: source,
      evaluate: { (node) throws(Diagnostic) in try outside.evaluate(node) },
      text: { (template) throws(Diagnostic) in try outside.text(of: template) }
    )
    guard callDepth < Self.callLimit else {
      throw Diagnostic(.callsTooDeep(limit: Self.callLimit), source: source, range: call.range)
    }
    callDepth += 1
    defer { callDepth -= 1 }
    return try apart(with: []) {
      for parameter in defined.definition.parameters {
        let name = parameter.name.text
        if let value = arguments.value(named: name) {
          variables[name] = value
        } else if let fallback = parameter.fallback {
          variables[name] = try expressions(of: defined.source, in: host).evaluate(fallback)
        }
      }
      let statements = defined.definition.body.statements
      return try evaluate(statements, of: defined.source, in: host, isQuiet: isQuiet)
    }
  }

  private func run(
    _ call: CommandCall,
    of source: Source,
    in host: Host,
    boundTo variable: String? = nil,
    isQuiet: Bool
  ) throws -> Value {
    guard let entry = registry.entry(named: call.name.text) else {
      guard let defined = definitions[call.name.text] else {
        throw unknownCommand(call, in: source, boundTo: variable)
      }
      return try run(defined, by: call, of: source, in: host, isQuiet: isQuiet)
    }
    let expressions = expressions(of: source, in: host)
    let arguments = try Binder.bind(
      call,
      to: entry.declaration,
      in: source,
      evaluate: { (node) throws(Diagnostic) in try expressions.evaluate(node) },
      text: { (template) throws(Diagnostic) in try expressions.text(of: template) }
    )
    do {
      return try Self.open(entry.make(arguments), in: host)
    } catch let interruption where interruption is any Interruption {
      throw interruption
    } catch let error as CancellationError {
      throw error
    } catch {
      let argument = (error as? Diagnostic)?.argument
      let range = argument.map(arguments.range) ?? call.range
      throw Diagnostic(wrapping: error, source: source, range: range)
    }
  }

  private static func open<C: Command>(_ command: C, in host: Host) throws -> Value
  where C.Host == Host {
    try command.run(in: host)
  }

  func unknownCommand(
    _ call: CommandCall,
    in source: Source,
    boundTo variable: String?,
    known: Set<String> = []
  ) -> Diagnostic {
    let name = call.name.text
    let error = LanguageError.unknownCommand(
      name: name,
      remedy: registry.remedy(forForeignWord: name),
      nearest: registry.suggestion(for: name),
      boundTo: variable,
      isVariable: call.arguments.isEmpty && (variables[name] != nil || known.contains(name))
    )
    return Diagnostic(error, source: source, range: call.name.range)
  }
}
