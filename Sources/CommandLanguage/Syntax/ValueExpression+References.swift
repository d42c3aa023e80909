extension ValueExpression {
  /// The variables that occur in the expression, except for those that it sets itself.
  package var references: [VariableReference] {
    switch kind {
    case .number, .boolean: []
    case .word(let template), .string(let template): template.references
    case .reference(let reference): reference.withNested
    case .list, .range, .unary, .binary, .call: operands.flatMap(\.references)
    case .comprehension(let comprehension):
      comprehension.values.references
        + [comprehension.element, comprehension.condition].compactMap { $0 }
        .flatMap(\.references).filter { !comprehension.names.contains($0.name) }
    }
  }

  /// The subexpressions of the expression; none for a single value.
  var operands: [ValueExpression] {
    switch kind {
    case .number, .boolean, .word, .string, .reference: []
    case .list(let elements): elements
    case .range(let range): [range.first, range.last] + [range.step?.value].compactMap { $0 }
    case .unary(_, let value): [value]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let arguments): arguments.map(\.value)
    case .comprehension(let comprehension):
      [comprehension.element, comprehension.values] + [comprehension.condition].compactMap { $0 }
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
