/// An expression: a literal, a word, a list, a variable, or arithmetic over them.
package struct ValueExpression: Equatable, Sendable {
  /// The forms of expressions.
  package indirect enum Kind: Equatable, Sendable {
    /// `64k`
    case number(NumberLiteral)
    /// `true`
    case boolean(Bool)
    /// `run-$m.png`, in arguments and as an index
    case word(Template)
    /// `"a $b"`
    case string(Template)
    /// `$r.accuracy[64]`
    case reference(VariableReference)
    /// `8,16,32`
    case list([ValueExpression])
    /// `64..4096 by *2`
    case range(RangeExpression)
    /// `not $a`
    case unary(UnaryOperator, ValueExpression)
    /// `$a + 1`
    case binary(BinaryOperator, ValueExpression, ValueExpression)
    /// `max($a, 1)` or `record(a=1)`
    case call(BuiltinFunction, [CommandCall.Argument])
    /// `($x ^ 2 for x in $xs if $x > 0)`
    case comprehension(Comprehension)
  }

  /// The form and content of the expression.
  package let kind: Kind

  /// The range of the expression.
  package let range: SourceRange

  /// The original spelling of a number, or of a range of numbers without a step.
  var spelling: String? {
    switch kind {
    case .number(let literal): return literal.spelling
    case .range(let range):
      guard range.step == nil, let first = range.first.spelling, let last = range.last.spelling
      else { return nil }
      return "\(first)..\(last)"
    default: return nil
    }
  }

  /// Returns true if both say the same.

  package static func == (first: ValueExpression, second: ValueExpression) -> Bool {
    first.kind == second.kind
  }
}

/// `element for name in values`, with or without an `if` condition.
package struct Comprehension: Equatable, Sendable {
  /// The expression that is evaluated for each value; a list contributes its elements.
  package let element: ValueExpression

  /// The name that receives each value, known only in the element and the condition.
  package let variable: Identifier

  /// The name that receives the index of each value, from 0, if there is one.
  package let index: Identifier?

  /// The values.
  package let values: ValueExpression

  /// The condition that a value must meet to contribute.
  package let condition: ValueExpression?

  /// The ranges of `for`, `in` and `if`.
  let words: [SourceRange]

  /// The names that are set in the element and the condition.
  var names: [Identifier] { [variable] + [index].compactMap { $0 } }

  /// Returns true if both say the same.

  package static func == (first: Comprehension, second: Comprehension) -> Bool {
    first.element == second.element && first.variable == second.variable
      && first.index == second.index && first.values == second.values
      && first.condition == second.condition
  }
}

/// A number with its original spelling, such as `64k`.
package struct NumberLiteral: Equatable, Sendable {
  /// The number.
  package let value: Double

  /// The original spelling.
  package let spelling: String
}

/// `first..last`, `first..last by step` or `first..last by *factor`.
package struct RangeExpression: Equatable, Sendable {
  /// The step from one element of a range to the next.
  package enum Step: Equatable, Sendable {
    case add(ValueExpression)
    case multiply(ValueExpression)
  }

  /// The first element.
  package let first: ValueExpression

  /// The bound, which belongs to the range if a step hits it.
  package let last: ValueExpression

  /// The step; nil to count up by one.
  package let step: Step?
}

/// `$name` with a path such as `.accuracy[64]`.
package struct VariableReference: Equatable, Sendable {
  /// A step from a value to a part of it.
  package enum Step: Equatable, Sendable {
    case field(Identifier)
    case index(ValueExpression)
  }

  /// The name of the variable.
  package let name: Identifier

  /// The path from its value to the part that is meant.
  package let path: [Step]

  /// The layout of the value as text, if there is one; only in braces.
  package let layout: ValueLayout?

  /// The range of the reference.
  package let range: SourceRange

  /// Returns true if both say the same.

  package static func == (first: VariableReference, second: VariableReference) -> Bool {
    first.name == second.name && first.path == second.path && first.layout == second.layout
  }
}

/// Text in which variables are replaced by their values.
package struct Template: Equatable, Sendable {
  /// A piece of a template.
  package enum Part: Equatable, Sendable {
    case text(String)
    case reference(VariableReference)
  }

  /// The pieces in order; no two texts are adjacent, and none is empty.
  package let parts: [Part]

  /// The range, including quotes.
  package let range: SourceRange

  /// The text, if nothing in it is replaced.
  package var constant: String? {
    switch (parts.first, parts.count) {
    case (nil, _): ""
    case (.text(let text), 1): text
    default: nil
    }
  }

  /// Returns true if both say the same.

  package static func == (first: Template, second: Template) -> Bool {
    first.parts == second.parts
  }
}
