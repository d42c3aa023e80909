/// A parsed text.
///
/// Nodes of a syntax tree are equal if they say the same, regardless of their ranges.
package struct Script: Equatable, Sendable {
  /// The text it was parsed from.
  package let source: Source

  /// Its statements in order; those with syntax errors are left out.
  package let statements: [Statement]

  /// Makes a script.
  package init(source: Source, statements: [Statement]) {
    self.source = source
    self.statements = statements
  }

  /// Returns true if both say the same.

  package static func == (first: Script, second: Script) -> Bool {
    first.statements == second.statements
  }
}

/// A statement with its range.
package struct Statement: Equatable, Sendable {
  /// The forms of statements.
  package indirect enum Kind: Equatable, Sendable {
    /// `train 500`
    case command(CommandCall)
    /// `let` or `param`
    case binding(Binding)
    /// `for`
    case loop(Loop)
    /// `if`
    case conditional(Conditional)
    /// `assert`
    case assertion(Assertion)
    /// `time`, and the timed statement
    case timed(Statement)
    /// `def`
    case definition(StatementDefinition)
    /// An expression whose value is shown
    case expression(ValueExpression)
  }

  /// The form and content of the statement.
  package let kind: Kind

  /// The range of the statement.
  package let range: SourceRange

  /// Returns true if both say the same.

  package static func == (first: Statement, second: Statement) -> Bool {
    first.kind == second.kind
  }
}

/// A name with its range.
package struct Identifier: Equatable, Sendable {
  /// The name.
  package let text: String

  /// The range of the name.
  package let range: SourceRange

  /// Returns true if both say the same.

  package static func == (first: Identifier, second: Identifier) -> Bool {
    first.text == second.text
  }
}

/// The statements between braces.
package struct Block: Equatable, Sendable {
  /// The statements.
  package let statements: [Statement]

  /// The range, including the braces.
  package let range: SourceRange

  /// Returns true if both say the same.

  package static func == (first: Block, second: Block) -> Bool {
    first.statements == second.statements
  }
}

/// A command with its arguments: `train 500 rate=1e-3`.
package struct CommandCall: Equatable, Sendable {
  /// A value that a command or function receives, by name or by place.
  package struct Argument: Equatable, Sendable {
    /// The name before `=`, if there is one.
    package let name: Identifier?

    /// The value.
    package let value: ValueExpression
  }

  /// The name of the command.
  package let name: Identifier

  /// The arguments in order.
  package let arguments: [Argument]

  /// The text after the name, for the commands that take it unparsed.
  package let tail: Template?

  /// The statements in braces at the end, for the commands that take them.
  package let block: Block?

  /// The range of the call.
  package let range: SourceRange

  /// Returns true if both say the same.

  package static func == (first: CommandCall, second: CommandCall) -> Bool {
    first.name == second.name && first.arguments == second.arguments && first.tail == second.tail
      && first.block == second.block
  }
}

/// `let name = …` or `param name = …`.
package struct Binding: Equatable, Sendable {
  /// The two words that bind a name.
  package enum Keyword: String, Sendable { case `let`, param }

  /// The value that a name is bound to.
  package indirect enum Value: Equatable, Sendable {
    case expression(ValueExpression)
    case command(CommandCall)
  }

  /// The word that the binding starts with.
  package let keyword: Keyword

  /// The name that is bound.
  package let name: Identifier

  /// Its value.
  package let value: Value
}

/// `for name in values { … }` or `for name, index in values { … }`.
package struct Loop: Equatable, Sendable {
  /// The name that receives each value.
  package let variable: Identifier

  /// The name that receives the index of each value, from 0, if there is one.
  package let index: Identifier?

  /// The values.
  package let values: ValueExpression

  /// The statements that run for each value.
  package let body: Block
}

/// `def name(first, second=1) { … }`
package struct StatementDefinition: Equatable, Sendable {
  /// A name that receives a value of a call.
  package struct Parameter: Equatable, Sendable {
    /// The name, which is known only in the body.
    package let name: Identifier

    /// The default value; nil if every call must give one.
    package let fallback: ValueExpression?
  }

  /// The name by which the statement is called.
  package let name: Identifier

  /// The names that receive the values of a call, in order; optional ones come last.
  package let parameters: [Parameter]

  /// The statements that run.
  package let body: Block
}

/// `if … { … } else if … { … } else { … }`.
package struct Conditional: Equatable, Sendable {
  /// A condition with the statements that run if it holds.
  package struct Branch: Equatable, Sendable {
    /// The condition.
    package let condition: ValueExpression

    /// The statements that run if the condition holds.
    package let body: Block
  }

  /// The branches; the first whose condition holds is taken.
  package let branches: [Branch]

  /// The statements that run if no condition holds.
  package let otherwise: Block?
}

/// `assert … , "message"`.
package struct Assertion: Equatable, Sendable {
  /// The condition that must hold.
  package let condition: ValueExpression

  /// The message if the condition does not hold.
  package let message: ValueExpression?
}
