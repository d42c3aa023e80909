import Foundation

/// The cells of a text of comma-separated values with a line of column names.
package struct CSVRows: Sendable {
  /// A line of the text.
  package struct Row: Sendable {
    /// The line, from 1.
    package let line: Int
    /// As many as there are columns, without blanks at their ends.
    package let cells: [String]
  }

  /// The names of the columns, in lower case.
  package let columns: [String]
  /// The lines below the names; empty ones are left out.
  package let rows: [Row]

  /// Reads a text in UTF-8; cells may stand in double quotes.
  ///
  /// - Throws: `CSVError` with the line where something is wrong.
  package init(parsing bytes: [UInt8]) throws(CSVError) {
    var names: [String]?
    var rows: [Row] = []
    var reader = CSVReader(bytes)
    while reader.next() {
      let line = reader.line
      if reader.isUnfinished {
        throw CSVError(line: line, "a quote is not closed", "close it with \"")
      }
      guard let cells = reader.texts else {
        throw CSVError(line: line, "this is no text in UTF-8", "give a text file with columns")
      }
      if let names {
        guard cells.count == names.count else {
          throw CSVError(
            line: line,
            "there are not \(names.count) values, as there are columns, but \(cells.count)",
            "give a value for each column, parted by commas"
          )
        }
        rows.append(Row(line: line, cells: cells))
      } else {
        names = cells.map { $0.lowercased() }
      }
    }
    guard let names else {
      throw CSVError(line: nil, "the file is empty", "the first line names the columns")
    }
    if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw CSVError(line: 1, "two columns are named `\(name)`", "name each column once")
    }
    columns = names
    self.rows = rows
  }
}

extension CSVRows {
  /// A number of a cell.
  ///
  /// - Throws: `CSVError` if it is none, or outside of `range`.
  package func number(
    _ row: Row,
    _ column: Int,
    in range: ClosedRange<Double>
  ) throws(CSVError) -> Double {
    let text = row.cells[column]
    guard let number = Double(text), range.contains(number) else {
      let (low, high) = (Self.text(range.lowerBound), Self.text(range.upperBound))
      throw CSVError(
        line: row.line,
        "`\(text)` in column `\(columns[column])` is no number from \(low) to \(high)",
        "write a number such as \(low)"
      )
    }
    return number
  }

  /// A whole number of a cell.
  ///
  /// - Throws: `CSVError` if it is none, or outside of `range`.
  package func integer(
    _ row: Row,
    _ column: Int,
    in range: ClosedRange<Int>
  ) throws(CSVError) -> Int {
    guard let number = Int(row.cells[column]), range.contains(number) else {
      throw CSVError(
        line: row.line,
        "`\(row.cells[column])` in column `\(columns[column])` is no whole number from "
          + "\(range.lowerBound) to \(range.upperBound)",
        "write a number such as \(range.lowerBound)"
      )
    }
    return number
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}

/// What is wrong with a text of comma-separated values, and where.
package struct CSVError: Error, Equatable {
  /// The line, from 1; nil where it is about the whole file.
  package let line: Int?
  package let message: String
  package let remedy: String

  package init(line: Int?, _ message: String, _ remedy: String) {
    self.line = line
    self.message = message
    self.remedy = remedy
  }
}
