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
  private let bytes: [UInt8]
  private let places: [Place]

  /// Where a line of the text begins.
  package struct Place: Sendable {
    fileprivate let line: UInt32
    fileprivate let start: UInt32
  }

  /// The lines below the names, taken from the text whenever they are asked for; empty ones are left out.
  package var rows: LazyMapCollection<[Place], Row> {
    places.lazy.map { [bytes] place in
      var reader = CSVReader(bytes, at: Int(place.start), line: Int(place.line))
      // It was read before without a fault.
      _ = reader.next()
      return Row(line: reader.line, cells: reader.texts ?? [])
    }
  }

  /// Reads a text in UTF-8; cells may stand in double quotes.
  ///
  /// - Throws: `CSVError` with the line where something is wrong.
  package init(parsing bytes: [UInt8]) throws(CSVError) {
    var names: [String]?
    guard bytes.count <= Int32.max else {
      throw CSVError(line: nil, "it has more than two gigabytes", "divide it")
    }
    var places: [Place] = []
    var reader = CSVReader(bytes)
    while reader.next() {
      let line = reader.line
      if reader.isUnfinished {
        throw CSVError(line: line, "a quote is not closed", "close it with \"")
      }
      guard reader.count <= CSVReader.mostFields else {
        throw CSVError(
          line: line,
          "there are more than \(CSVReader.mostFields) values",
          "part the values of a line by commas, and lines by line breaks"
        )
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
        places.append(Place(line: UInt32(line), start: UInt32(reader.start)))
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
    self.bytes = bytes
    self.places = places
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
