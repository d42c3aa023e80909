import CommandLanguage

/// The rows of a table by the values in some columns, each combination a separate series.
struct ValueGroups {
  /// Rows that belong together.
  struct Group {
    /// Their name in the legend; empty if there is only one group because nothing divides the rows.
    let name: String
    /// Their indices in the table, in order.
    var rows: [Int]
  }

  /// The groups, in the order in which the values first occur; ascending if a single column of numbers divides the
  /// rows.
  private(set) var groups: [Group]
  /// The number of rows without a value in one of the columns; they belong to no group.
  private(set) var missing = 0

  /// Divides the rows by the columns with some names; without names all rows form one group.
  init(_ table: ValueTable, by names: [String]) throws {
    guard !names.isEmpty else {
      groups = [Group(name: "", rows: Array(0..<table.table.count))]
      return
    }
    let columns = try Diagnostic.about(PlotOptions.by) { try names.map { try table.column($0) } }
    var places: [[Value]: Int] = [:]
    var keys: [[Value]] = []
    groups = []
    for row in 0..<table.table.count {
      let key = columns.map { $0[row] }
      guard !key.contains(.nothing) else {
        missing += 1
        continue
      }
      if let place = places[key] {
        groups[place].rows.append(row)
      } else {
        places[key] = groups.count
        keys.append(key)
        groups.append(Group(name: Self.name(of: key, names), rows: [row]))
      }
    }
    if columns.count == 1, keys.allSatisfy({ Self.number($0[0]) != nil }) {
      let order = keys.indices.sorted {
        (Self.number(keys[$0][0]) ?? 0, $0) < (Self.number(keys[$1][0]) ?? 0, $1)
      }
      groups = order.map { groups[$0] }
    }
  }

  /// Names a group: texts appear as they are; numbers and truth values with the name of their column.
  private static func name(of key: [Value], _ names: [String]) -> String {
    zip(names, key).map { name, value in
      if case .text(let text) = value { text } else { "\(name) = \(value.inlineDescription)" }
    }.joined(separator: ", ")
  }

  private static func number(_ value: Value) -> Double? {
    if case .number(let number) = value { number } else { nil }
  }
}
