import CommandLanguage
import Foundation

/// The formats of tables in files, by the ending.
enum TableFormat: String, CaseIterable {
  case csv, tsv, json
  case markdown = "md"
  case latex = "tex"

  /// The layout of a table.
  struct Layout {
    /// The number of digits after the point of numbers that are not whole; nil for the format's own.
    let digits: Int?
    /// True if a mean and its deviation share a column.
    let joinsErrors: Bool
  }

  /// Creates the format for a file name.
  init?(ofFile name: String) {
    self.init(rawValue: (name as NSString).pathExtension.lowercased())
  }

  /// True if the format is for people rather than programs.
  var isForPeople: Bool { self == .markdown || self == .latex }

  /// Returns a table as the bytes of a file.
  func bytes(of table: Table, _ layout: Layout) -> [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .csv: Self.write(table, layout, separator: ",", into: &bytes)
    case .tsv: Self.write(table, layout, separator: "\t", into: &bytes)
    case .json: Self.writeObjects(table, layout, into: &bytes)
    case .markdown: bytes += SetTable(table, layout, isLatex: false).markdown.utf8
    case .latex: bytes += SetTable(table, layout, isLatex: true).latex.utf8
    }
    return bytes
  }

  // MARK: For programs

  private static func write(
    _ table: Table,
    _ layout: Layout,
    separator: Character,
    into bytes: inout [UInt8]
  ) {
    let sign = String(separator)
    bytes += table.names.map { quoted($0, separator) }.joined(separator: sign).utf8
    bytes.append(UInt8(ascii: "\n"))
    for row in 0..<table.count {
      for (place, column) in table.columns.enumerated() {
        if place > 0 { bytes += sign.utf8 }
        let cell = text(of: column.values[row], digits: layout.digits)
        // An entirely empty line would not be a row.
        let isLone = table.columns.count == 1 && cell.isEmpty
        bytes += (isLone ? "\"\"" : quoted(cell, separator)).utf8
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Quotes a field by RFC 4180 if it contains a separator, a quote or a line break; also if it begins with `#`,
  /// which many readers take for a comment, or has blanks at an end.
  private static func quoted(_ text: String, _ separator: Character) -> String {
    let isPlain =
      !text.contains { $0 == separator || $0 == "\"" || $0.isNewline }
      && text.first != "#" && text.first?.isWhitespace != true && text.last?.isWhitespace != true
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func writeObjects(
    _ table: Table,
    _ layout: Layout,
    into bytes: inout [UInt8]
  ) {
    bytes += "[".utf8
    for row in 0..<table.count {
      var record = table[row]
      if let digits = layout.digits {
        for field in record.fields { record[field.name] = rounded(field.value, digits) }
      }
      bytes += (row == 0 ? "\n" : ",\n").utf8
      bytes += Value.record(record).json.utf8
    }
    bytes += "\n]\n".utf8
  }

  private static func rounded(_ value: Value, _ digits: Int) -> Value {
    guard case .number(let number) = value else { return value }
    return .number(Double(String(format: "%.*f", digits, number)) ?? number)
  }

  /// Returns the text of a cell: a number with all digits, or with some after the point.
  fileprivate static func text(of value: Value, digits: Int?) -> String {
    guard case .number(let number) = value else { return value.inlineDescription }
    guard let digits, number.isFinite, number != number.rounded() else {
      return NumberFormat.exact(number)
    }
    return String(format: "%.*f", digits, number)
  }
}

/// A table typeset for people: texts in columns.
private struct SetTable {
  private let names: [String]
  private let cells: [[String]]
  private let isNumeric: [Bool]
  private let isLatex: Bool

  init(_ table: Table, _ layout: TableFormat.Layout, isLatex: Bool) {
    let pairs = layout.joinsErrors ? Self.pairs(in: table) : [:]
    var names: [String] = []
    var columns: [[String]] = []
    var isNumeric: [Bool] = []
    for column in table.columns where !pairs.values.contains(column.name) {
      isNumeric.append(column.isNumeric)
      let means = column.values.map { Self.text(of: $0, layout.digits, isLatex) }
      if let error = pairs[column.name], let errors = table[error] {
        names.append(String(column.name.dropLast("_mean".count)))
        columns.append(
          zip(means, errors).map { mean, error in
            if error == .nothing { return isLatex && !mean.isEmpty ? "$\(mean)$" : mean }
            let deviation = Self.text(of: error, layout.digits, isLatex)
            return isLatex ? "$\(mean) \\pm \(deviation)$" : "\(mean) ± \(deviation)"
          }
        )
      } else {
        names.append(column.name)
        columns.append(means)
      }
    }
    self.names = names.map { Self.escaped($0, isLatex) }
    self.isNumeric = isNumeric
    self.isLatex = isLatex
    cells = (0..<table.count).map { row in columns.map { $0[row] } }
  }

  /// Returns the columns of deviations by those of their means.
  private static func pairs(in table: Table) -> [String: String] {
    let names = Set(table.names)
    var pairs: [String: String] = [:]
    for name in names where name.hasSuffix("_mean") {
      let error = name.dropLast("mean".count) + "std"
      if names.contains(String(error)) { pairs[name] = String(error) }
    }
    return pairs
  }

  private static func text(of value: Value, _ digits: Int?, _ isLatex: Bool) -> String {
    guard case .number(let number) = value else {
      return escaped(value.inlineDescription, isLatex)
    }
    return digits == nil
      ? NumberFormat.short(number) : TableFormat.text(of: value, digits: digits)
  }

  private static func escaped(_ text: String, _ isLatex: Bool) -> String {
    var result = ""
    for character in text {
      switch character {
      case _ where character.isNewline: result += " "
      case "|" where !isLatex: result += "\\|"
      case "\\" where !isLatex: result += "\\\\"
      case "&", "%", "$", "#", "_", "{", "}": result += isLatex ? "\\\(character)" : "\(character)"
      case "~" where isLatex: result += "\\textasciitilde{}"
      case "^" where isLatex: result += "\\textasciicircum{}"
      case "\\": result += "\\textbackslash{}"
      default: result.append(character)
      }
    }
    return result
  }

  var markdown: String {
    let rows = [names, isNumeric.map { $0 ? "---:" : "---" }] + cells
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The table as a `tabular` with the rules of `booktabs`, numbers right-aligned.
  var latex: String {
    func line(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\\n" }
    let columns = isNumeric.map { $0 ? "r" : "l" }.joined()
    return "% \\usepackage{booktabs}\n\\begin{tabular}{\(columns)}\n  \\toprule\n" + line(names)
      + "  \\midrule\n" + cells.map(line).joined() + "  \\bottomrule\n\\end{tabular}\n"
  }
}
