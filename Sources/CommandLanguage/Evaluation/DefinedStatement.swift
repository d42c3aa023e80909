/// A statement that a script has defined, with its declaration.
package struct DefinedStatement: Sendable {
  /// The definition of the statement.
  package let definition: StatementDefinition

  /// The text that contains the definition.
  package let source: Source

  /// The name and values, declared like those of commands.
  package let declaration: CommandDeclaration

  init(_ definition: StatementDefinition, in source: Source) {
    self.definition = definition
    self.source = source
    declaration = CommandDeclaration(
      name: definition.name.text,
      summary: "defined by `def`",
      signature: Signature(positionals: definition.parameters.map(\.declared)),
      category: KeywordPage.category
    )
  }
}

extension Script {
  /// The declarations of the statements that the script defines.
  package var definedStatements: [CommandDeclaration] {
    allStatements.compactMap { statement in
      guard case .definition(let definition) = statement.kind else { return nil }
      return DefinedStatement(definition, in: source).declaration
    }
  }
}

extension StatementDefinition.Parameter {
  fileprivate var declared: Signature.Parameter {
    Signature.Parameter(
      name: name.text,
      kind: .value,
      occurrence: fallback == nil ? .required : .optional,
      summary: "a value",
      unit: nil,
      defaultText: fallback.map(ExpressionPrinter.expression)
    )
  }
}
