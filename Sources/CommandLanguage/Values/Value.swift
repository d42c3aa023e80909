/// The value of an expression or a command.
package indirect enum Value: Codable, Hashable, Sendable {
  case nothing
  case number(Double)
  case text(String)
  case boolean(Bool)
  case list([Value])
  case record(Record)
  case labelled(Labelled)
  case table(Table)

  /// The kind in words, with an article: “a number”.
  package var kindName: String {
    switch self {
    case .nothing: "nothing"
    case .number: "a number"
    case .text: "a text"
    case .boolean: "true or false"
    case .list: "a list"
    case .record: "a record"
    case .labelled: "a labelled list"
    case .table: "a table"
    }
  }

  /// The elements that a loop or a list iterates over; nil if the value has none.
  package var elements: [Value]? {
    switch self {
    case .list(let elements): elements
    case .labelled(let labelled): labelled.entries.map(\.value)
    case .table(let table): table.rows.map { .record($0) }
    default: nil
    }
  }

  /// The rows that the value stands for where a table is expected: those of a table, of a command's result that holds
  /// its table, of a single record, or of a list of records; nil for anything else.
  package var rows: Table? {
    switch self {
    case .table(let table): return table
    case .record(let record):
      if case .table(let table) = record[Record.tableName] { return table }
      return Table(rows: [record])
    case .list(let elements):
      var rows: [Record] = []
      for element in elements {
        guard case .record(let record) = element else { return nil }
        rows.append(record)
      }
      return Table(rows: rows)
    default: return nil
    }
  }

  /// True if the value is a table, or a command's result that holds its table.
  var isTable: Bool {
    switch self {
    case .table: true
    case .record(let record): record[Record.tableName] != nil
    default: false
    }
  }

  /// A single number, text or Boolean as a list of one element, which loops iterate over.
  var single: [Value]? {
    switch self {
    case .number, .text, .boolean: [self]
    default: nil
    }
  }

  /// Makes a list of numbers.
  package static func numbers(_ values: some Sequence<Double>) -> Value {
    .list(values.map { .number($0) })
  }

  /// Makes a list of whole numbers.
  package static func integers(_ values: some Sequence<Int>) -> Value {
    .list(values.map { .number(Double($0)) })
  }

  /// Makes a list of texts.
  package static func texts(_ values: some Sequence<String>) -> Value {
    .list(values.map { .text($0) })
  }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  /// Makes a value from a literal.
  package init(floatLiteral value: Double) { self = .number(value) }

  /// Makes a value from a literal.
  package init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// Makes a value from a literal.
  package init(stringLiteral value: String) { self = .text(value) }

  /// Makes a value from a literal.
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
