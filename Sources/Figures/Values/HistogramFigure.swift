import CommandLanguage
import Plotting
import Sessions
import Wording

/// The distribution of a column's values.
package enum HistogramFigure {
  private static let x = CommandArgument("x", .text, "the column; needed of a table")
  private static let bins = CommandArgument(
    "bins",
    .integer(in: 1...1000),
    "the number of bins",
    otherwise:
      "by the rules of Sturges, and of Freedman and Diaconis, whichever gives more; 100 at most"
  )

  package static let plotted = PlottedFigure(
    name: "histogram",
    summary: "how many rows have values in each of some bins of equal width",
    discussion: """
      With log=x bins have equal ratios. Several series are outlines over each other, with the same bins. A value between two \
      bins belongs to the upper one.
      """,
    options: [x, bins],
    examples: [
      .init("plot histogram (0.1, 0.4, 0.4, 0.7, 0.9) bins=4", "a list of numbers in four bins"),
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1))
        plot histogram $t x=loss by=maps bins=4
        """,
        "a column of a table, the rows of each size by themselves"
      ),
    ],
    hasModels: false,
    hasValues: true
  ) { request, session in
    try HistogramFigure.plot(request, in: session)
  }

  /// The base of bars on a logarithmic axis of counts.
  private static let logarithmicFloor = 0.5

  private static func plot(_ request: PlotRequest, in session: Session) throws -> Plot {
    let arguments = request.arguments
    let table = try ValueTable(arguments[PlotOptions.values])
    let axes = try ValueAxes(request)
    var column = try column(of: table, arguments)
    let groups = try ValueGroups(table, by: arguments[PlotOptions.by] ?? [])
    let names = try axes.names(groups.groups.map(\.name))
    var remarks = try leaveOut(from: &column, of: table, axes)
    if groups.missing > 0 {
      remarks.append(
        "by= has no value in \(grouped(groups.missing)) of \(counted(table.table.count, "row")): left out"
      )
    }
    let samples = groups.groups.map { group in
      group.rows.map { column.values[$0] }.filter { !$0.isNaN }
    }
    let all = samples.flatMap { $0 }
    guard !all.isEmpty else {
      throw Diagnostic("nothing is left to draw: no row has a value", about: PlotOptions.values)
    }
    let histogram = Histogram(of: all, bins: arguments[bins], isLogarithmic: axes.isLogX)
    let counts = samples.map(histogram.counts)
    let floor = axes.isLogY ? logarithmicFloor : 0
    let series = zip(names, counts).enumerated().flatMap { index, entry in
      Self.series(entry.0, entry.1, histogram.edges, index, of: names.count, floor: floor)
    }
    var y = Axis("count", lower: floor)
    if counts.joined().max() ?? 0 <= 5, !axes.isLogY { y.ticks = .every(1) }
    let x = Axis(column.name, scale: axes.isLogX ? .log10 : .linear)
    let figure = Figure(
      title: axes.title ?? (table.isList ? "" : "Distribution of \(column.name)"),
      subtitle: counted(all.count, "value") + ", " + counted(histogram.edges.count - 1, "bin"),
      panels: [axes.panel(x: x, y: y, series: series)]
    )
    for remark in remarks { session.emit(remark) }
    return Plot(figure: figure, slots: [])
  }

  private static func column(
    of table: ValueTable,
    _ arguments: BoundArguments
  ) throws -> ValueTable.Numbers {
    if let name = arguments[x] { return try table.numbers(name, of: x) }
    if table.isList { return try table.numbers() }
    throw arguments.error(
      on: PlotOptions.values,
      "which column is drawn? `x=` is missing",
      remedy: table.columnRemedy ?? "the table has no column of numbers"
    )
  }

  /// Removes values that cannot be counted, and returns remarks about them.
  private static func leaveOut(
    from column: inout ValueTable.Numbers,
    of table: ValueTable,
    _ axes: ValueAxes
  ) throws -> [String] {
    let noun = table.isList ? "the list" : "`\(column.name)`"
    var remarks: [String] = []
    func note(_ count: Int, _ fault: String) {
      guard count > 0 else { return }
      let share = "\(grouped(count)) of \(counted(table.table.count, table.rowNoun))"
      remarks.append("\(noun) \(fault) in \(share): left out")
    }
    note(column.missing, "has no finite value")
    if axes.isLogX {
      let places = column.values.indices.filter { column.values[$0] <= 0 }
      for place in places { column.values[place] = .nan }
      note(places.count, "is zero or negative, without a place on a logarithmic axis,")
    }
    let ends = column.values.filter { !$0.isNaN }
    if let range = axes.xRange {
      let places = column.values.indices.filter {
        !column.values[$0].isNaN && !range.contains(column.values[$0])
      }
      for place in places { column.values[place] = .nan }
      note(places.count, "is outside of xrange")
    }
    guard column.values.contains(where: { !$0.isNaN }) else {
      guard let least = ends.min(), let most = ends.max() else {
        throw Diagnostic(
          "nothing is left to draw: a logarithmic axis needs positive values",
          about: ValueAxes.log,
          remedy: "leave out log="
        )
      }
      throw Diagnostic(
        "no value lies in this range",
        about: ValueAxes.xRangeOption,
        remedy:
          "the values lie from \(Value.number(least).description) to \(Value.number(most).description)"
      )
    }
    return remarks
  }

  /// Returns the boxes of one series; for several, an outline over a faint area for each.
  private static func series(
    _ name: String,
    _ counts: [Int],
    _ edges: [Double],
    _ index: Int,
    of all: Int,
    floor: Double
  ) -> [Series] {
    let heights = counts.map { max(floor, Double($0)) }
    let filled = counts.indices.filter { counts[$0] > 0 }
    let boxes = Series(
      all == 1 ? name : "",
      x: filled.flatMap { [edges[$0], edges[$0 + 1]] },
      y: filled.flatMap { [floor, heights[$0]] },
      form: .boxes,
      color: .palette(index),
      opacity: all == 1 ? 1 : 0.15
    )
    guard all > 1 else { return [boxes] }
    let outline = Series(
      name,
      x: [edges[0]] + edges,
      y: [floor] + heights + [floor],
      form: .steps,
      color: .palette(index)
    )
    return [boxes, outline]
  }
}
