/// Something that has a value: a literal, a word, a list, a variable or arithmetic over them.
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

  /// What it says.
  package let kind: Kind

  /// Where it stands.
  package let range: SourceRange

  /// How a number, or a range from one to another, was written.
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

  /// Whether both say the same.

  package static func == (first: ValueExpression, second: ValueExpression) -> Bool {
    first.kind == second.kind
  }
}

/// `element for name in values`, with `if` and a condition or without.
package struct Comprehension: Equatable, Sendable {
  /// What each value gives; those of a list contribute their own.
  package let element: ValueExpression

  /// The name that takes each value, in the element and the condition alone.
  package let variable: Identifier

  /// The name that takes the place of each value, from 0, if there is one.
  package let index: Identifier?

  /// The values.
  package let values: ValueExpression

  /// Values for which it does not hold give nothing.
  package let condition: ValueExpression?

  /// Where `for`, `in` and `if` stand.
  let words: [SourceRange]

  /// The names that are set in the element and the condition.
  var names: [Identifier] { [variable] + [index].compactMap { $0 } }

  /// Whether both say the same.

  package static func == (first: Comprehension, second: Comprehension) -> Bool {
    first.element == second.element && first.variable == second.variable
      && first.index == second.index && first.values == second.values
      && first.condition == second.condition
  }
}

/// A number with the characters it was written in, such as `64k`.
package struct NumberLiteral: Equatable, Sendable {
  /// The number.
  package let value: Double

  /// How it was written.
  package let spelling: String
}

/// `first..last`, `first..last by step` or `first..last by *factor`.
package struct RangeExpression: Equatable, Sendable {
  /// How a range goes on from one element to the next.
  package enum Step: Equatable, Sendable {
    case add(ValueExpression)
    case multiply(ValueExpression)
  }

  /// The first element.
  package let first: ValueExpression

  /// The bound, which belongs to the range when a step hits it.
  package let last: ValueExpression

  /// The step; one up when there is none.
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

  /// The way from its value to the part that is meant.
  package let path: [Step]

  /// How the value is set as text, if it says so; only between braces.
  package let layout: ValueLayout?

  /// Where it stands.
  package let range: SourceRange

  /// Whether both say the same.

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

  /// The pieces in order; no two texts follow each other and none is empty.
  package let parts: [Part]

  /// Where it stands, quotes included.
  package let range: SourceRange

  /// The text, when nothing in it is replaced.
  package var constant: String? {
    switch (parts.first, parts.count) {
    case (nil, _): ""
    case (.text(let text), 1): text
    default: nil
    }
  }

  /// Whether both say the same.

  package static func == (first: Template, second: Template) -> Bool {
    first.parts == second.parts
  }
}
