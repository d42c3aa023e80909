/// A block of statements that a command runs when it chooses.
package struct CommandBlock: Sendable {
  let block: Block

  /// The text that contains the statements.
  package let source: Source

  /// The statements as printed, regardless of their original spacing and comments.
  package var text: String { ScriptPrinter.print(block.statements) }

  /// The variables that the statements refer to.
  package var references: [String] {
    let script = Script(source: source, statements: block.statements)
    return script.allStatements.flatMap { statement in
      (statement.expressions.flatMap(\.references) + (statement.call?.call.tail?.references ?? []))
        .map(\.name.text)
    }
  }
}
