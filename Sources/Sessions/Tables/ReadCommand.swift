import CommandLanguage
import Files
import Wording

/// `let t = read results.csv`
package struct ReadCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToRead(extensions: ["csv", "tsv", "txt"]),
    "a table of text, whose first line names the columns"
  )

  /// The maximum number of cells of a table.
  private static let mostCells = 5_000_000

  package static let declaration = CommandDeclaration(
    name: "read",
    summary: "Read a table from a file",
    discussion: """
      Values are parted by commas, semicolons, tabs or blanks, whichever the first line has; lines that begin with # are comments. \
      A column in which every value is a number holds numbers, one of `true` and `false` holds those, any other holds texts. An \
      empty value is an empty cell, `nan` a number that is none.

      Names become names of the language: `val loss` is `$t.val_loss`.
      """,
    signature: Signature(positionals: [file]),
    examples: [
      .init(
        "write runs.csv (table(maps=(24, 48), loss=(0.5, 0.25)))\nlet t = read runs.csv\n$t.loss",
        "a column of a file"
      )
    ],
    category: Category.session
  )

  private let path: String

  package init(_ arguments: BoundArguments) throws { path = arguments[Self.file] }

  package func run(in session: Session) throws -> Value {
    let bytes = Array(try session.read(path))
    guard var reader = TableReader(bytes) else {
      throw Diagnostic("`\(path)` is empty", remedy: "its first line names the columns")
    }
    let names = Self.names(of: reader)
    guard !names.isEmpty else {
      throw Diagnostic("`\(path)` names no columns", remedy: "its first line names the columns")
    }
    var texts = Array(repeating: [String](), count: names.count)
    while reader.next() {
      guard reader.count <= names.count else {
        throw Diagnostic(
          "line \(reader.line) of `\(path)` has \(counted(reader.count, "value")), its first line \(counted(names.count, "name"))",
          remedy: "put values that have the separator in them between double quotes"
        )
      }
      for column in names.indices { texts[column].append(reader.text(column)) }
      if texts[0].count % 4096 == 0 { try session.checkInterruption() }
      guard texts[0].count * names.count <= Self.mostCells else {
        throw Diagnostic(
          "`\(path)` has more than \(grouped(Self.mostCells)) values",
          remedy: "leave out columns or rows that are not needed"
        )
      }
    }
    try session.remark(reader.remarks, on: path)
    let columns = zip(names, texts).map { name, texts in
      Table.Column(name, Self.values(of: texts, hasCommas: !reader.isPartedByCommas))
    }
    let table = try Table(columns: columns)
    session.emit(
      "\(path)  \(counted(table.count, "row")): \(table.names.joined(separator: ", "))"
    )
    return .table(table)
  }

  /// Returns the column names as identifiers of the language, made unique.
  private static func names(of reader: TableReader) -> [String] {
    var known: Set<String> = []
    return reader.names.enumerated().map { place, text in
      let plain = String(text.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
      var name = plain.isEmpty ? "column_\(place + 1)" : plain
      if name.first?.isNumber == true { name = "_" + name }
      var unique = name
      var copy = 2
      while !known.insert(unique).inserted {
        unique = "\(name)_\(copy)"
        copy += 1
      }
      return unique
    }
  }

  /// Returns a column's values as numbers, booleans or texts, whichever all of them allow.
  private static func values(of texts: [String], hasCommas: Bool) -> [Value] {
    func all(_ read: (String) -> Value?) -> [Value]? {
      var values: [Value] = []
      values.reserveCapacity(texts.count)
      for text in texts {
        if text.isEmpty {
          values.append(.nothing)
        } else if let value = read(text) {
          values.append(value)
        } else {
          return nil
        }
      }
      return values
    }
    return all { number($0, hasCommas: hasCommas).map { .number($0) } }
      ?? all { ["true": true, "false": false][$0.lowercased()].map { .boolean($0) } }
      ?? all { .text($0) } ?? []
  }

  private static func number(_ text: String, hasCommas: Bool) -> Double? {
    let text = hasCommas && !text.contains(".") ? text.replacing(",", with: ".") : text
    if let number = Double(text), number.isFinite { return number }
    return switch text.lowercased() {
    case "nan": .nan
    case "inf", "+inf", "infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
  }
}
