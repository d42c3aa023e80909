extension Value: CustomStringConvertible {
  /// The value as shown: `a,b` for a list, one line per field for a record.
  package var description: String {
    switch self {
    case .nothing: ""
    case .number(let number): NumberFormat.short(number)
    case .text(let text): text
    case .boolean(let value): value ? "true" : "false"
    case .list(let elements): Self.joined(elements)
    case .record(let record): Self.lines(record.fields.map { ($0.name, $0.value) })
    case .labelled(let labelled):
      Self.lines(labelled.entries.map { ($0.label.description, $0.value) })
    case .table(let table): table.text.lines(width: Table.width).joined(separator: "\n")
    }
  }

  /// The value on one line: fields and labels follow each other, nested ones in braces.
  package var inlineDescription: String {
    switch self {
    case .record(let record): Self.inline(record.fields.map { ($0.name, $0.value) })
    case .labelled(let labelled):
      Self.inline(labelled.entries.map { ($0.label.description, $0.value) })
    case .table(let table): table.briefDescription
    default: description
    }
  }

  /// The value as messages name it: texts in quotes, long values truncated.
  package var briefDescription: String {
    let limit = 60
    let text: String
    switch self {
    case .nothing: return kindName
    case .text(let content): text = "\"\(content.prefix(limit))\""
    case .list(let elements) where elements.isEmpty: return "an empty list"
    case .list(let elements):
      let shown = Self.joined(Array(elements.prefix(12)))
      return shown.count <= limit && elements.count <= 12
        ? shown : "\(shown.prefix(limit))… (\(elements.count) elements)"
    case .record(let record): text = "a record of \(record.names.joined(separator: ", "))"
    case .labelled(let labelled): text = "a labelled list of \(labelled.entries.count)"
    case .table(let table): text = table.briefDescription
    default: text = description
    }
    return text.count > limit + 2 ? text.prefix(limit) + "…" : text
  }

  private static func joined(_ elements: [Value]) -> String {
    elements.map { element in
      switch element {
      case .list: "(\(element.inlineDescription))"
      case .record, .labelled, .table: "{\(element.inlineDescription)}"
      default: element.description
      }
    }.joined(separator: ",")
  }

  private static func inline(_ pairs: [(String, Value)]) -> String {
    pairs.map { name, value in
      switch value {
      case .record, .labelled, .table: "\(name): {\(value.inlineDescription)}"
      default: "\(name): \(value.inlineDescription)"
      }
    }.joined(separator: ", ")
  }

  private static func lines(_ pairs: [(String, Value)]) -> String {
    pairs.map { name, value in
      let text = value.description
      switch value {
      case .record, .labelled, .table: return "\(name):\n\(indented(text))"
      default: return text.contains("\n") ? "\(name):\n\(indented(text))" : "\(name): \(text)"
      }
    }.joined(separator: "\n")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  \($0)" }.joined(separator: "\n")
  }
}
