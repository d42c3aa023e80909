/// Values in rows and named columns.
package struct Table: Codable, Hashable, Sendable {
  /// A name and the values below it, one per row; an empty cell holds nothing.
  package struct Column: Codable, Hashable, Sendable {
    /// The name: letters, digits and underscores, so that `$table.name` reaches it.
    package let name: String

    /// The cells, from the first row to the last.
    package fileprivate(set) var values: [Value]

    /// Makes a column.
    package init(_ name: String, _ values: [Value]) {
      self.name = name
      self.values = values
    }

    /// True if every nonempty cell holds a number, and at least one does.
    package var isNumeric: Bool {
      var hasNumber = false
      for value in values where value != .nothing {
        guard case .number = value else { return false }
        hasNumber = true
      }
      return hasNumber
    }
  }

  /// The columns in order, each name once, all of the same length.
  package private(set) var columns: [Column]

  /// The number of rows.
  package private(set) var count: Int

  /// Makes a table without rows or columns.
  package init() {
    columns = []
    count = 0
  }

  /// Makes a table from columns.
  ///
  /// - Throws: `LanguageError` if their lengths differ.
  package init(columns: [Column]) throws(LanguageError) {
    let count = columns.first?.values.count ?? 0
    if let other = columns.first(where: { $0.values.count != count }) {
      throw .columnsDiffer(
        names: [columns[0].name, other.name],
        counts: [count, other.values.count]
      )
    }
    self.columns = columns
    self.count = count
  }

  /// Makes a table from rows, whose fields are the columns in order of first occurrence; a row without a field has an
  /// empty cell there.
  package init(rows: some Sequence<Record>) {
    self.init()
    var places: [String: Int] = [:]
    for row in rows { append(row, &places) }
  }

  /// Appends the rows of another table, column by column.
  package mutating func append(_ table: Table) {
    let count = count + table.count
    for column in table.columns {
      if let place = columns.firstIndex(where: { $0.name == column.name }) {
        columns[place].values += column.values
      } else {
        columns.append(Column(column.name, blanks(self.count) + column.values))
      }
    }
    self.count = count
    for place in columns.indices {
      columns[place].values += blanks(count - columns[place].values.count)
    }
  }

  private mutating func append(_ row: Record, _ places: inout [String: Int]) {
    for field in row.fields {
      let place = places[field.name] ?? columns.count
      if place == columns.count {
        places[field.name] = place
        columns.append(Column(field.name, []))
      }
      columns[place].values += blanks(count - columns[place].values.count)
      columns[place].values.append(field.value)
    }
    count += 1
    for place in columns.indices where columns[place].values.count < count {
      columns[place].values.append(.nothing)
    }
  }

  private func blanks(_ count: Int) -> [Value] { Array(repeating: .nothing, count: count) }

  /// The names of the columns in order.
  package var names: [String] { columns.map(\.name) }

  /// The values of a column.
  package subscript(name: String) -> [Value]? { columns.first { $0.name == name }?.values }

  /// A row, from 0; empty cells become fields that hold nothing.
  package subscript(row: Int) -> Record {
    var record = Record()
    for column in columns { record[column.name] = column.values[row] }
    return record
  }

  /// All rows as records.
  package var rows: [Record] { (0..<count).map { self[$0] } }

  /// Returns the rows with given indices, in the order of the indices.
  package func rows(at places: [Int]) -> Table {
    var table = self
    table.count = places.count
    for index in columns.indices {
      let values = columns[index].values
      table.columns[index].values = places.map { values[$0] }
    }
    return table
  }

  /// Returns the table with a column that replaces one of the same name or else comes last.
  ///
  /// - Throws: `LanguageError` if its length differs from that of the others.
  package func with(_ column: Column) throws(LanguageError) -> Table {
    var columns = columns
    if let place = columns.firstIndex(where: { $0.name == column.name }) {
      columns[place] = column
    } else {
      columns.append(column)
    }
    return try Table(columns: columns)
  }

  /// Returns the values of a column.
  ///
  /// Messages call the table `owner`, such as `$t`.
  ///
  /// - Throws: `LanguageError` that lists the columns.
  package func column(_ name: String, of owner: String) throws(LanguageError) -> [Value] {
    guard let values = self[name] else {
      throw .noSuchColumn(owner: owner, column: name, columns: names)
    }
    return values
  }
}
