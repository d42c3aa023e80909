/// Values in rows and named columns.
package struct Table: Codable, Hashable, Sendable {
  /// A name and the values below it, one a row; a cell without a value holds nothing.
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

    /// Whether each cell that holds something holds a number, and one does.
    package var isNumeric: Bool {
      var hasNumber = false
      for value in values where value != .nothing {
        guard case .number = value else { return false }
        hasNumber = true
      }
      return hasNumber
    }
  }

  /// The columns in order, each name once, all of one length.
  package private(set) var columns: [Column]

  /// How many rows it has.
  package private(set) var count: Int

  /// Makes a table without rows and columns.
  package init() {
    columns = []
    count = 0
  }

  /// Makes a table of columns.
  ///
  /// - Throws: `LanguageError` where they are not equally long.
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

  /// Makes a table of rows, whose fields are the columns in the order in which they first occur; a row without a field
  /// has nothing there.
  package init(rows: some Sequence<Record>) {
    self.init()
    var places: [String: Int] = [:]
    for row in rows { append(row, &places) }
  }

  /// Adds the rows of another table, column by column.
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

  /// A row, from 0; cells that hold nothing are fields that hold nothing.
  package subscript(row: Int) -> Record {
    var record = Record()
    for column in columns { record[column.name] = column.values[row] }
    return record
  }

  /// All rows as records.
  package var rows: [Record] { (0..<count).map { self[$0] } }

  /// The rows at some places, in their order.
  package func rows(at places: [Int]) -> Table {
    var table = self
    table.count = places.count
    for index in columns.indices {
      let values = columns[index].values
      table.columns[index].values = places.map { values[$0] }
    }
    return table
  }

  /// The table with a column in place of one of its name, or behind the others.
  ///
  /// - Throws: `LanguageError` where it is not as long as the others.
  package func with(_ column: Column) throws(LanguageError) -> Table {
    var columns = columns
    if let place = columns.firstIndex(where: { $0.name == column.name }) {
      columns[place] = column
    } else {
      columns.append(column)
    }
    return try Table(columns: columns)
  }

  /// The values of a column.
  ///
  /// Messages call the table `owner`, such as `$t`.
  ///
  /// - Throws: `LanguageError` listing the columns there are.
  package func column(_ name: String, of owner: String) throws(LanguageError) -> [Value] {
    guard let values = self[name] else {
      throw .noSuchColumn(owner: owner, column: name, columns: names)
    }
    return values
  }
}
