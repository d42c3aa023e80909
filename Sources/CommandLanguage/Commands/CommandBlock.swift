/// Statements in braces that a command runs when it wants.
package struct CommandBlock: Sendable {
  let block: Block

  /// The text that they stand in.
  package let source: Source

  /// The statements as they are printed, whatever blanks and comments they were written with.
  package var text: String { ScriptPrinter.print(block.statements) }

  /// The variables that the statements use.
  package var references: [String] {
    let script = Script(source: source, statements: block.statements)
    return script.allStatements.flatMap { statement in
      (statement.expressions.flatMap(\.references) + (statement.call?.call.tail?.references ?? []))
        .map(\.name.text)
    }
  }
}
