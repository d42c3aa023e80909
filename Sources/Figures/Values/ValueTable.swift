import CommandLanguage

/// The content of a figure of user-supplied numbers: the columns of a table, or a list as a column without a name.
struct ValueTable {
  /// The numbers of a column.
  struct Numbers {
    /// The name in messages and on axes.
    let name: String
    /// The values row by row; NaN if there is none.
    var values: [Double]
    /// The number of rows without a value, or without a finite one.
    var missing = 0
  }

  /// The columns.
  let table: Table
  /// True if it is a list, whose elements are known only by their places.
  let isList: Bool

  private static let listName = "value"
  private static let labelName = "label"

  /// Reads a table, a command's result with its table, a list of records or numbers, or a labelled list.
  ///
  /// - Throws: a diagnostic about `values` for anything else, and if there are no rows.
  init(_ value: Value) throws {
    guard let (table, isList) = Self.columns(of: value) else {
      throw Diagnostic(
        "expected a table or a list of numbers, found \(value.briefDescription)",
        about: PlotOptions.values,
        remedy: "put it before the file, as in `plot lines $t x=maps y=loss loss.pdf`"
      )
    }
    guard table.count > 0 else {
      throw Diagnostic(
        "\(isList ? "the list is empty" : "the table has no rows"): there is nothing to draw",
        about: PlotOptions.values
      )
    }
    (self.table, self.isList) = (table, isList)
  }

  private static func columns(of value: Value) -> (table: Table, isList: Bool)? {
    switch value {
    case .list(let elements) where !elements.isEmpty && value.rows != nil:
      return value.rows.map { ($0, false) }
    case .list(let elements):
      return (try? Table(columns: [.init(listName, elements)])).map { ($0, true) }
    case .number: return columns(of: .list([value]))
    case .labelled(let labelled):
      let labels = Table.Column(labelName, labelled.entries.map { Self.value(of: $0.label) })
      let values = Table.Column(listName, labelled.entries.map(\.value))
      return (try? Table(columns: [labels, values])).map { ($0, true) }
    default: return value.rows.map { ($0, false) }
    }
  }

  private static func value(of label: Labelled.Label) -> Value {
    switch label {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    }
  }

  /// The name of the horizontal axis if no column is named: the labels of a labelled list; nil for places.
  var placeName: String? { isList && table.columns.count == 2 ? Self.labelName : nil }

  /// The noun for its rows in messages.
  var rowNoun: String { isList ? "place" : "row" }

  /// The names of the columns that hold numbers.
  private var numericNames: [String] { table.columns.filter(\.isNumeric).map(\.name) }

  /// Returns the only column of a list.
  func numbers() throws -> Numbers {
    try Diagnostic.about(PlotOptions.values) { try numbers(Self.listName, as: "the list") }
  }

  /// Returns the column that an option names, as numbers.
  func numbers(_ name: String, of option: any NamedArgument) throws -> Numbers {
    try Diagnostic.about(option) { try numbers(name, as: "`\(name)`") }
  }

  private func numbers(_ name: String, as noun: String) throws -> Numbers {
    var numbers = Numbers(name: name, values: [])
    numbers.values.reserveCapacity(table.count)
    for (row, cell) in try column(name).enumerated() {
      switch cell {
      case .number(let number):
        if !number.isFinite { numbers.missing += 1 }
        numbers.values.append(number.isFinite ? number : .nan)
      case .nothing:
        numbers.missing += 1
        numbers.values.append(.nan)
      default:
        throw Diagnostic(
          "\(noun) holds \(cell.briefDescription) at \(rowNoun) \(row), where a number is needed",
          remedy: numericRemedy(besides: name)
        )
      }
    }
    if numbers.missing == table.count {
      throw Diagnostic("\(noun) holds no finite number", remedy: numericRemedy(besides: name))
    }
    return numbers
  }

  /// Returns the values of a column.
  ///
  /// - Throws: a diagnostic that lists the available columns.
  func column(_ name: String) throws -> [Value] {
    guard !isList || table[name] != nil else {
      throw Diagnostic("a list has no column `\(name)`", remedy: "leave the option out")
    }
    do {
      return try table.column(name, of: "the table")
    } catch {
      throw Diagnostic(error.message, remedy: error.remedy)
    }
  }

  private func numericRemedy(besides name: String) -> String? {
    let names = numericNames.filter { $0 != name }
    if isList { return "give a list of numbers" }
    return names.isEmpty
      ? nil
      : "columns of numbers are \(Suggestion.listing(names.map { "`\($0)`" }, lastAfter: "and"))"
  }

  /// The remedy if no column is named for the vertical axis.
  var columnRemedy: String? { numericRemedy(besides: "") }
}
