/// Named values in order.
package struct Record: Codable, Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  package struct Field: Codable, Hashable, Sendable {
    /// The name: letters, digits and underscores, so that `$record.name` reaches it.
    package let name: String

    /// The value.
    package var value: Value
  }

  /// The field in which commands return the table that they print.
  package static let tableName = "table"

  /// The fields in order, each name once.
  package private(set) var fields: [Field] = []

  /// Makes a record without fields.
  package init() {}

  /// Makes a record; of several fields with one name, the last counts.
  package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// The names in order.
  package var names: [String] { fields.map(\.name) }

  /// The value of a field; setting a new name adds a field at the end, setting nil removes it.
  package subscript(name: String) -> Value? {
    get { fields.first { $0.name == name }?.value }
    set {
      let index = fields.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): fields[index].value = value
      case (let index?, nil): fields.remove(at: index)
      case (nil, let value?): fields.append(Field(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}

/// Values that are accessed by labels, such as lengths: `$r.accuracy[64]`.
package struct Labelled: Codable, Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// The label of a value.
  package enum Label: Codable, Hashable, Sendable {
    case number(Double)
    case text(String)
  }

  /// A label and its value.
  package struct Entry: Codable, Hashable, Sendable {
    /// The label.
    package let label: Label

    /// The value.
    package let value: Value
  }

  /// The entries in order.
  package let entries: [Entry]

  /// Makes a labelled list.
  package init(_ pairs: some Sequence<(Label, Value)>) {
    entries = pairs.map { Entry(label: $0.0, value: $0.1) }
  }

  /// Makes a labelled list.
  package init(dictionaryLiteral elements: (Label, Value)...) { self.init(elements) }

  /// The value with a label; the first one if there are several.
  package subscript(label: Label) -> Value? { entries.first { $0.label == label }?.value }
}

extension Labelled.Label: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  /// Makes a label from a literal.
  package init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// Makes a label from a literal.
  package init(floatLiteral value: Double) { self = .number(value) }

  /// Makes a label from a literal.
  package init(stringLiteral value: String) { self = .text(value) }

  /// The label as people write it.
  package var description: String {
    switch self {
    case .number(let number): NumberFormat.short(number)
    case .text(let text): text
    }
  }
}
