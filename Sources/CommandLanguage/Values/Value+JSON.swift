extension Value {
  /// The value as JSON on one line, with fields and labels in their order.
  ///
  /// Numbers are exact. Nothing and numbers that are not finite become `null`.
  package var json: String {
    switch self {
    case .nothing: "null"
    case .number(let number): number.isFinite ? NumberFormat.exact(number) : "null"
    case .text(let text): Self.quoted(text)
    case .boolean(let value): value ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .record(let record): Self.object(record.fields.map { ($0.name, $0.value) })
    case .labelled(let labelled):
      Self.object(labelled.entries.map { ($0.label.description, $0.value) })
    }
  }

  private static func object(_ pairs: [(String, Value)]) -> String {
    "{" + pairs.map { "\(quoted($0)):\($1.json)" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result.append(contentsOf: "\\\(scalar)".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\u{00}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return "\"" + String(result) + "\""
  }
}
