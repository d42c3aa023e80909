extension Value {
  /// The value as written for `let` and `param`, which parses to an equal value; nil if there is no such form, as for
  /// records, tables and labelled lists.
  package var literal: String? {
    switch self {
    case .number(let number): return number.isFinite ? NumberFormat.exact(number) : nil
    case .boolean(let flag): return flag ? "true" : "false"
    case .text(let text):
      let parts: [Template.Part] = text.isEmpty ? [] : [.text(text)]
      return ExpressionPrinter.quoted(Template(parts: parts, range: SourceRange(0, 0)))
    case .list(let elements):
      let literals = elements.compactMap(\.literal)
      guard literals.count == elements.count else { return nil }
      return "(" + literals.joined(separator: ", ") + (literals.count == 1 ? ",)" : ")")
    case .nothing, .record, .labelled, .table: return nil
    }
  }
}
