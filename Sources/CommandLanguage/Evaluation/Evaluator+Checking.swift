extension Evaluator {
  /// Finds the errors of a script that are certain before any of it runs: unknown commands, options and variables,
  /// missing arguments, and arguments of the wrong kind that contain no variable. The parser's limit on the number of
  /// errors applies.
  package func check(_ script: Script) -> [Diagnostic] {
    check(script, among: definedNames(in: script))
  }

  /// Returns the names that a script defines.
  package func definedNames(in script: Script) -> DefinedNames {
    let statements = script.allStatements
    return DefinedNames(
      names: Set(statements.flatMap { $0.newNames + $0.blockNames }.map(\.text)),
      statements: Dictionary(
        statements.compactMap { statement in
          guard case .definition(let definition) = statement.kind else { return nil }
          return (definition.name.text, definition)
        },
        uniquingKeysWith: { _, last in last }
      ),
      isOpen: statements.compactMap(\.call?.call).contains(where: maySetVariables)
    )
  }

  /// Finds the same errors in one of several scripts that run together.
  ///
  /// - Parameter defined: the names that all of them define.
  package func check(_ script: Script, among defined: DefinedNames) -> [Diagnostic] {
    let source = script.source
    let statements = script.allStatements
    let known = defined.names.union(variables.names).union([Self.lastValueName])
    let isOpen = defined.isOpen
    // The number of names searched for the one that was meant is limited.
    lazy var suggested = Array(known.subtracting([Self.lastValueName]).sorted().prefix(200))
    var diagnostics: [Diagnostic] = []
    for statement in statements where diagnostics.count <= Parser.errorLimit {
      if let (call, variable) = statement.call {
        diagnostics += check(call, in: source, boundTo: variable, known: known, defined.statements)
      }
      if case .definition(let definition) = statement.kind,
        registry.declaration(named: definition.name.text) != nil
      {
        let error = LanguageError.commandExists(definition.name.text)
        diagnostics.append(Diagnostic(error, source: source, range: definition.name.range))
      }
      if isOpen { continue }
      let tail = statement.call?.call.tail
      let references = statement.expressions.flatMap(\.references) + (tail?.references ?? [])
      let unknown = references.lazy.filter { !known.contains($0.name.text) }
      for reference in unknown.prefix(Parser.errorLimit + 1) {
        let error = LanguageError.unknownVariable(name: reference.name.text, known: suggested)
        diagnostics.append(Diagnostic(error, source: source, range: reference.range))
      }
    }
    guard diagnostics.count > Parser.errorLimit else { return diagnostics }
    let error = LanguageError.tooManyErrors(limit: Parser.errorLimit)
    return diagnostics.prefix(Parser.errorLimit) + [Diagnostic(error, source: nil, range: nil)]
  }

  /// Returns true if a call may set variables, by declaration or because it is given the name of one.
  private func maySetVariables(_ call: CommandCall) -> Bool {
    guard let declaration = registry.declaration(named: call.name.text) else { return false }
    let signature = declaration.signature
    return declaration.definesVariables
      || signature.positionals.contains { $0.kind == .variableName }
      || call.arguments.contains { argument in
        argument.name.map { signature.declarations(of: $0.text) }?
          .contains { $0.kind == .variableName } ?? false
      }
  }

  private func check(
    _ call: CommandCall,
    in source: Source,
    boundTo variable: String?,
    known: Set<String>,
    _ defined: [String: StatementDefinition]
  ) -> [Diagnostic] {
    let name = call.name.text
    let own = defined[name].map { DefinedStatement($0, in: source) } ?? definitions[name]
    guard let declaration = registry.declaration(named: name) ?? own?.declaration else {
      return [unknownCommand(call, in: source, boundTo: variable, known: known)]
    }
    let constants = ExpressionEvaluator(source: source, variables: VariableTable())
    return Binder.check(call, against: declaration, in: source) { (node) throws(Diagnostic) in
      node.references.isEmpty ? try constants.evaluate(node) : nil
    }
  }
}
