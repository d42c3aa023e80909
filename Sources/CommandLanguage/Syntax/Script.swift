/// A parsed text.
///
/// Nodes of a syntax tree are equal when they say the same; where they stand does not count.
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

  /// Whether both say the same.

  package static func == (first: Script, second: Script) -> Bool {
    first.statements == second.statements
  }
}

/// One statement and where it stands.
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
    /// `time`, and the statement that is timed
    case timed(Statement)
    /// `def`
    case definition(StatementDefinition)
    /// An expression whose value is shown
    case expression(ValueExpression)
  }

  /// What it says.
  package let kind: Kind

  /// Where it stands.
  package let range: SourceRange

  /// Whether both say the same.

  package static func == (first: Statement, second: Statement) -> Bool {
    first.kind == second.kind
  }
}

/// A name and where it stands.
package struct Identifier: Equatable, Sendable {
  /// The name.
  package let text: String

  /// Where it stands.
  package let range: SourceRange

  /// Whether both say the same.

  package static func == (first: Identifier, second: Identifier) -> Bool {
    first.text == second.text
  }
}

/// The statements between braces.
package struct Block: Equatable, Sendable {
  /// The statements.
  package let statements: [Statement]

  /// Where it stands, braces included.
  package let range: SourceRange

  /// Whether both say the same.

  package static func == (first: Block, second: Block) -> Bool {
    first.statements == second.statements
  }
}

/// A command with its arguments: `train 500 rate=1e-3`.
package struct CommandCall: Equatable, Sendable {
  /// A value that a command or function is given, by name or by its position.
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

  /// The text behind the name, for the commands that take it unparsed.
  package let tail: Template?

  /// The statements in braces at the end, for the commands that take some.
  package let block: Block?

  /// Where the call stands.
  package let range: SourceRange

  /// Whether both say the same.

  package static func == (first: CommandCall, second: CommandCall) -> Bool {
    first.name == second.name && first.arguments == second.arguments && first.tail == second.tail
      && first.block == second.block
  }
}

/// `let name = …` or `param name = …`.
package struct Binding: Equatable, Sendable {
  /// The two words that bind a name.
  package enum Keyword: String, Sendable { case `let`, param }

  /// What a name is bound to.
  package indirect enum Value: Equatable, Sendable {
    case expression(ValueExpression)
    case command(CommandCall)
  }

  /// Which word it starts with.
  package let keyword: Keyword

  /// The name that is bound.
  package let name: Identifier

  /// Its value.
  package let value: Value
}

/// `for name in values { … }` or `for name, index in values { … }`.
package struct Loop: Equatable, Sendable {
  /// The name that takes each value.
  package let variable: Identifier

  /// The name that takes the place of each value, from 0, if there is one.
  package let index: Identifier?

  /// The values.
  package let values: ValueExpression

  /// What is done for each.
  package let body: Block
}

/// `def name(first, second=1) { … }`
package struct StatementDefinition: Equatable, Sendable {
  /// A name that takes a value of a call.
  package struct Parameter: Equatable, Sendable {
    /// The name, in the body alone.
    package let name: Identifier

    /// Its value where a call gives none; without it every call must give one.
    package let fallback: ValueExpression?
  }

  /// The name that calls it.
  package let name: Identifier

  /// The names that take the values of a call, in order; those that calls may leave out at the end.
  package let parameters: [Parameter]

  /// What is done.
  package let body: Block
}

/// `if … { … } else if … { … } else { … }`.
package struct Conditional: Equatable, Sendable {
  /// A condition and what is done when it holds.
  package struct Branch: Equatable, Sendable {
    /// The condition.
    package let condition: ValueExpression

    /// What is done when it holds.
    package let body: Block
  }

  /// The branches; the first whose condition holds is taken.
  package let branches: [Branch]

  /// What is done when no condition holds.
  package let otherwise: Block?
}

/// `assert … , "message"`.
package struct Assertion: Equatable, Sendable {
  /// What must hold.
  package let condition: ValueExpression

  /// What to say when it does not.
  package let message: ValueExpression?
}
