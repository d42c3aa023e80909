extension ValueExpression {
  /// The variables that occur in the expression.
  package var references: [VariableReference] {
    switch kind {
    case .number, .boolean: []
    case .word(let template), .string(let template): template.references
    case .reference(let reference): reference.withNested
    case .list(let elements): elements.flatMap(\.references)
    case .range(let range):
      range.first.references + range.last.references + (range.step?.value.references ?? [])
    case .unary(_, let value): value.references
    case .binary(_, let left, let right): left.references + right.references
    case .call(_, let arguments): arguments.flatMap(\.references)
    }
  }
}

extension Template {
  /// The variables that occur in the text.
  package var references: [VariableReference] {
    parts.flatMap { part -> [VariableReference] in
      if case .reference(let reference) = part { reference.withNested } else { [] }
    }
  }
}

extension VariableReference {
  fileprivate var withNested: [VariableReference] {
    path.reduce(into: [self]) { references, step in
      if case .index(let index) = step { references += index.references }
    }
  }
}

extension RangeExpression.Step {
  fileprivate var value: ValueExpression {
    switch self {
    case .add(let value), .multiply(let value): value
    }
  }
}
