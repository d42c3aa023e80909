/// A statement that a script has defined, and how it is called.
package struct DefinedStatement: Sendable {
  /// What it is made of.
  package let definition: StatementDefinition

  /// The text that it stands in.
  package let source: Source

  /// Its name and values, as commands declare theirs.
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
  /// How the statements are called that the script defines.
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
