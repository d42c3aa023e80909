/// Checks assertions and explains those that fail.
struct AssertionCheck {
  let evaluator: ExpressionEvaluator

  /// - Throws: A diagnostic that shows both sides of the failed comparison.
  func check(_ assertion: Assertion) throws(Diagnostic) {
    if try evaluator.condition(assertion.condition) { return }
    var message: String?
    if let node = assertion.message { message = try evaluator.evaluate(node).description }
    let condition = evaluator.source.text(in: assertion.condition.range)
    let error = LanguageError.assertionFailed(
      condition: condition.split(whereSeparator: \.isNewline).joined(separator: " "),
      message: message
    )
    throw Diagnostic(
      error,
      source: evaluator.source,
      range: assertion.condition.range,
      notes: try explanation(of: assertion.condition)
    )
  }

  /// Returns the values that make a condition false, one per line.
  private func explanation(of node: ValueExpression) throws(Diagnostic) -> [String] {
    switch node.kind {
    case .binary(.and, let left, let right):
      return try explanation(of: try evaluator.condition(left) ? right : left)
    case .binary(.or, let left, let right):
      return try explanation(of: left) + explanation(of: right)
    case .binary(let operation, let left, let right) where operation.isComparison:
      let first = try evaluator.evaluate(left)
      let second = try evaluator.evaluate(right)
      let isExact = Self.brief(first, isExact: false) == Self.brief(second, isExact: false)
      return [
        "left side: " + line(for: left, first, isExact: isExact),
        "right side: " + line(for: right, second, isExact: isExact),
      ]
    case .unary(.not, let operand):
      let notes = try explanation(of: operand)
      return notes.isEmpty ? [line(for: operand, true, isExact: false)] : notes
    case .reference:
      return [line(for: node, try evaluator.evaluate(node), isExact: false)]
    default:
      return []
    }
  }

  private func line(for node: ValueExpression, _ value: Value, isExact: Bool) -> String {
    let text = Self.brief(value, isExact: isExact)
    let written = evaluator.source.text(in: node.range)
    return written == text || written.contains("\n") ? text : "\(written) = \(text)"
  }

  private static func brief(_ value: Value, isExact: Bool) -> String {
    if isExact, case .number(let number) = value { return NumberFormat.exact(number) }
    return value.briefDescription
  }
}
