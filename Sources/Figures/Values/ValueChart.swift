import CommandLanguage
import Plotting
import Sessions
import Wording

/// The series of a figure that shows columns over another one, and remarks on omitted values.
struct ValueChart {
  /// A series before it is drawn.
  struct Line {
    /// Its name in the legend; empty for none.
    var name: String
    /// Its points.
    var points: ValuePoints
  }

  let table: ValueTable
  let axes: ValueAxes
  /// The places of rows on the horizontal axis.
  private(set) var places: ValuePlaces
  /// The name of the vertical axis; empty if it shows several columns.
  let yName: String
  /// The spread shown around the means.
  let error: ValueError
  private(set) var lines: [Line] = []
  /// The remarks on omitted values, shown beside the figure.
  private(set) var remarks: [String] = []

  /// The column of the horizontal axis.
  static let x = CommandArgument(
    "x",
    .text,
    "the column of the horizontal axis; one with texts has categories",
    otherwise: "the number of the row from 0"
  )
  /// The columns of the vertical axis.
  static let y = CommandArgument(
    "y",
    .list(of: .text),
    "the columns that are drawn, each a series; needed of a table"
  )
  /// The spread drawn around means.
  static let error = CommandArgument(
    "error",
    .choice(ValueError.self),
    "what is drawn around the mean of rows that stand at the same place: standard deviation, standard error, from the "
      + "least to the largest, or nothing",
    default: .std
  )

  /// Reads the columns that a call names, and divides their rows into series.
  ///
  /// - Parameters:
  ///   - isCategorical: true if numbers on the horizontal axis are categories.
  ///   - isAveraged: true if rows at the same place are one point.
  /// - Throws: a diagnostic if columns do not fit, or nothing is left to draw.
  init(_ request: PlotRequest, isCategorical: Bool = false, isAveraged: Bool = true) throws {
    let arguments = request.arguments
    let table = try ValueTable(arguments[PlotOptions.values])
    (self.table, axes) = (table, try ValueAxes(request))
    error = isAveraged ? arguments[Self.error] : .none
    places = try Self.places(table, arguments[Self.x], isCategorical: isCategorical)
    if places.categories != nil { try axes.checkCategories(places.name) }
    let columns = try Self.columns(table, arguments)
    yName = columns.count == 1 ? columns[0].name : ""
    let groups = try ValueGroups(table, by: arguments[PlotOptions.by] ?? [])
    for column in columns {
      for group in groups.groups {
        let names = [columns.count > 1 ? column.name : "", group.name].filter { !$0.isEmpty }
        lines.append(
          Line(name: names.joined(separator: ", "), points: ValuePoints())
        )
      }
    }
    for (line, name) in try axes.names(lines.map(\.name)).enumerated() { lines[line].name = name }
    note(places.name, places.missing)
    if axes.isLogX { noteLogarithm(places.name, places.dropNotPositive(), "row") }
    note((arguments[PlotOptions.by] ?? []).joined(separator: ", "), groups.missing)
    for (index, column) in columns.enumerated() {
      note(table.isList ? "" : column.name, column.missing)
      for (place, group) in groups.groups.enumerated() {
        lines[index * groups.groups.count + place].points =
          isAveraged
          ? ValuePoints(
            rows: group.rows,
            places: places.values,
            values: column.values,
            error: error
          )
          : ValuePoints(single: group.rows, places: places.values, values: column.values)
      }
    }
    if axes.isLogY {
      let dropped = lines.indices.reduce(0) { $0 + lines[$1].points.dropNotPositive() }
      noteLogarithm(yName, dropped, "point")
    }
    try check()
  }

  private static func places(
    _ table: ValueTable,
    _ name: String?,
    isCategorical: Bool
  ) throws -> ValuePlaces {
    guard let name = name ?? table.placeName else {
      let places = ValuePlaces(count: table.table.count, name: table.rowNoun)
      guard isCategorical else { return places }
      let column = places.values.map { Value.number($0) }
      return ValuePlaces(column: column, name: table.rowNoun, isCategorical: true)
    }
    let column = try Diagnostic.about(x) { try table.column(name) }
    return ValuePlaces(column: column, name: name, isCategorical: isCategorical)
  }

  private static func columns(
    _ table: ValueTable,
    _ arguments: BoundArguments
  ) throws -> [ValueTable.Numbers] {
    guard let names = arguments[y] else {
      if table.isList { return [try table.numbers()] }
      throw arguments.error(
        on: PlotOptions.values,
        "which column is drawn? `y=` is missing",
        remedy: table.columnRemedy ?? "the table has no column of numbers"
      )
    }
    return try names.map { try table.numbers($0, of: y) }
  }

  // MARK: Omitted values

  private mutating func note(_ name: String, _ count: Int) {
    guard count > 0 else { return }
    let column = name.isEmpty ? "the list" : "`\(name)`"
    let all = "\(grouped(count)) of \(counted(table.table.count, table.rowNoun))"
    remarks.append("\(column) has no finite value in \(all): left out")
  }

  private mutating func noteLogarithm(_ name: String, _ count: Int, _ noun: String) {
    guard count > 0 else { return }
    let column = name.isEmpty ? "what is drawn" : "`\(name)`"
    let verb = count == 1 ? "has" : "have"
    remarks.append(
      "\(counted(count, noun)) where \(column) is zero or negative \(verb) no place on a logarithmic axis: left out"
    )
  }

  private func check() throws(Diagnostic) {
    let points = lines.flatMap { zip($0.points.x, $0.points.y) }.filter { !$0.1.isNaN }
    if points.isEmpty {
      throw Diagnostic(
        axes.isLogX || axes.isLogY
          ? "nothing is left to draw: no point has positive values, which a logarithmic axis needs"
          : "nothing is left to draw: no row has a finite value in each column",
        about: axes.isLogX || axes.isLogY ? ValueAxes.log : PlotOptions.values,
        remedy: axes.isLogX || axes.isLogY ? "leave out log=" : nil
      )
    }
    let ranges = [(ValueAxes.xRangeOption, axes.xRange), (ValueAxes.yRangeOption, axes.yRange)]
    for (index, (option, range)) in ranges.enumerated() {
      guard let range else { continue }
      let values = points.map { index == 0 ? $0.0 : $0.1 }
      guard !values.contains(where: range.contains) else { continue }
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      throw Diagnostic(
        "no point lies in this range",
        about: option,
        remedy:
          "the points lie from \(Value.number(least).description) to \(Value.number(most).description)"
      )
    }
  }

  // MARK: The figure

  /// Returns the figure of some series.
  ///
  /// - Parameter note: an addition to the subtitle.
  func figure(_ series: [Series], y: Axis? = nil, note: String? = nil) -> Figure {
    let points = lines.map(\.points)
    let means = ValuePoints.countText(points).map { count in
      (points.contains(where: \.hasSpread) ? error.caption : ValueError.none.caption) + ", " + count
    }
    let subtitle = [means, note].compactMap { $0 }.joined(separator: " · ")
    return Figure(
      title: axes.title ?? defaultTitle,
      subtitle: subtitle.isEmpty ? nil : subtitle,
      panels: [
        axes.panel(
          x: places.axis(isLogarithmic: axes.isLogX),
          y: y ?? Axis(yName),
          series: series
        )
      ]
    )
  }

  private var defaultTitle: String {
    if table.isList { return "" }
    let columns = yName.isEmpty ? "values" : yName
    return "\(columns) over \(places.name)"
  }

  /// Returns the plot of the figure, and emits its remarks.
  func plot(_ figure: Figure, in session: Session) -> Plot {
    for remark in remarks { session.emit(remark) }
    return Plot(figure: figure, slots: [])
  }
}
