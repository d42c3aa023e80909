/// The functions that make and rearrange tables and records.
enum TableFunctions {
  /// A value in a function call, with its name if it has one.
  typealias Argument = (name: String?, value: Value)

  // MARK: Making

  /// Makes a record of the fields of records, followed by named values.
  static func record(_ arguments: [Argument]) throws(LanguageError) -> Value {
    var record = Record()
    for (name, value) in arguments {
      if let name {
        record[name] = value
      } else if case .record(let fields) = value {
        for field in fields.fields { record[field.name] = field.value }
      } else {
        throw .wrongOperands(operation: "record", kinds: [value.kindName])
      }
    }
    return .record(record)
  }

  /// Makes a table of the rows of tables and records, followed by named columns.
  static func table(_ arguments: [Argument]) throws(LanguageError) -> Value {
    var table = Table()
    var columns: [Table.Column] = []
    let rows = arguments.filter { $0.name == nil }
    for (_, value) in rows {
      guard let more = value.rows else {
        throw .wrongOperands(operation: "table", kinds: [value.kindName])
      }
      if table.columns.isEmpty, table.count == 0 { table = more } else { table.append(more) }
    }
    let lengths = arguments.compactMap { $0.name == nil ? nil : $0.value.elements?.count }
    let count = rows.isEmpty ? lengths.max() ?? 1 : table.count
    for (name, value) in arguments {
      guard let name else { continue }
      let values = value.elements ?? Array(repeating: value, count: count)
      columns.append(.init(name, values))
    }
    if rows.isEmpty { return .table(try Table(columns: columns)) }
    for column in columns {
      guard column.values.count == table.count else {
        throw .columnLength(name: column.name, count: column.values.count, rows: table.count)
      }
      table = try table.with(column)
    }
    return .table(table)
  }

  // MARK: Ordering

  /// Sorts the rows by columns, earlier ones taking precedence; a minus before a name reverses its order.
  static func sorted(_ table: Table, by names: [Value]) throws(LanguageError) -> Value {
    var keys: [(values: [Value], isDescending: Bool)] = []
    for name in try texts(names, of: .sort) {
      let isDescending = name.hasPrefix("-")
      let column = isDescending ? String(name.dropFirst()) : name
      keys.append((try table.column(column, of: "the table"), isDescending))
    }
    let places = (0..<table.count).sorted { first, second in
      for (values, isDescending) in keys {
        let (a, b) = (values[first], values[second])
        if isBefore(a, b, isDescending: isDescending) { return true }
        if isBefore(b, a, isDescending: isDescending) { return false }
      }
      return first < second
    }
    return .table(table.rows(at: places))
  }

  /// Returns true if a value comes before another: numbers precede texts; NaN and empty cells come last in either
  /// order.
  private static func isBefore(_ first: Value, _ second: Value, isDescending: Bool) -> Bool {
    let ranks = (rank(of: first), rank(of: second))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    switch (first, second) {
    case (.number(let a), .number(let b)): return isDescending ? a > b : a < b
    case (.text(let a), .text(let b)): return isDescending ? a > b : a < b
    case (.boolean(let a), .boolean(let b)): return isDescending ? a && !b : !a && b
    default: return false
    }
  }

  private static func rank(of value: Value) -> Int {
    switch value {
    case .number(let number): number.isNaN ? 4 : 0
    case .boolean: 1
    case .text: 2
    case .list, .record, .labelled, .table: 3
    case .nothing: 5
    }
  }

  // MARK: Grouping

  /// The numeric column whose mean is meaningless.
  private static let seedName = "seed"

  /// Makes a row for each combination of values in some columns, in order of first occurrence: the values, the number
  /// of rows that have them, and the mean and standard deviation of every other numeric column except `seed`.
  static func grouped(_ table: Table, by names: [Value]) throws(LanguageError) -> Value {
    let names = try texts(names, of: .group)
    var keys: [[Value]] = []
    for name in names { keys.append(try table.column(name, of: "the table")) }
    var places: [[Int]] = []
    var known: [[Value]: Int] = [:]
    for row in 0..<table.count {
      let key = keys.map { $0[row] }
      if let place = known[key] {
        places[place].append(row)
      } else {
        known[key] = places.count
        places.append([row])
      }
    }
    var columns = zip(names, keys).map { name, values in
      Table.Column(name, places.map { values[$0[0]] })
    }
    columns.append(.init("n", places.map { .number(Double($0.count)) }))
    for column in table.columns
    where column.isNumeric && !names.contains(column.name) && column.name != seedName {
      let samples = places.map { rows in rows.compactMap { column.values[$0].number } }
      columns.append(.init(column.name + "_mean", samples.map { statistic(.mean, of: $0) }))
      columns.append(.init(column.name + "_std", samples.map { statistic(.std, of: $0) }))
    }
    return .table(try Table(columns: columns))
  }

  /// Returns a statistic; nothing if there are too few numbers.
  private static func statistic(_ function: BuiltinFunction, of numbers: [Double]) -> Value {
    (try? Statistics.value(of: function, numbers)).map { .number($0) } ?? .nothing
  }

  private static func texts(
    _ values: [Value],
    of function: BuiltinFunction
  ) throws(LanguageError) -> [String] {
    var texts: [String] = []
    for value in values {
      guard case .text(let text) = value else {
        throw .wrongOperands(operation: function.rawValue, kinds: ["a table", value.kindName])
      }
      texts.append(text)
    }
    return texts
  }
}

extension Value {
  /// The number, if the value is one.
  fileprivate var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}
