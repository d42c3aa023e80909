import CommandLanguage
import Plotting

/// The axes and the legend of a figure of user-supplied numbers.
struct ValueAxes {
  /// The choice of logarithmic axes.
  enum Logarithm: String, CaseIterable {
    case x, y, xy
  }

  let isLogX: Bool
  let isLogY: Bool
  let xRange: AxisRange?
  let yRange: AxisRange?
  let xLabel: String?
  let yLabel: String?
  /// The names of the series; nil for those in the data.
  let legend: [String]?
  let title: String?

  /// The maximum number of series that colours and dashes can distinguish.
  static let mostSeries = 28

  static let log = CommandArgument(
    "log",
    .choice(Logarithm.self),
    "which axes are logarithmic",
    otherwise: "none"
  )
  static let xRangeOption = range("xrange", "horizontal")
  static let yRangeOption = range("yrange", "vertical")
  static let xLabelOption = label("xlabel", "horizontal")
  static let yLabelOption = label("ylabel", "vertical")
  static let legendOption = CommandArgument(
    "legend",
    .list(of: .text),
    "the names of the series in their order, or `none` for no legend",
    otherwise: "columns and values of by="
  )

  private static func range(_ name: String, _ direction: String) -> CommandArgument<String?> {
    CommandArgument(
      name,
      .text,
      "the ends of the \(direction) axis, such as 0..100, 5.. or ..5",
      otherwise: "what shows all"
    )
  }

  private static func label(_ name: String, _ direction: String) -> CommandArgument<String?> {
    CommandArgument(name, .text, "what stands at the \(direction) axis", otherwise: "its column")
  }

  /// Reads the options of a call.
  init(_ request: PlotRequest) throws(Diagnostic) {
    let arguments = request.arguments
    let log = arguments[Self.log]
    isLogX = log == .x || log == .xy
    isLogY = log == .y || log == .xy
    xRange = try .read(Self.xRangeOption, of: arguments, isLogarithmic: isLogX)
    yRange = try .read(Self.yRangeOption, of: arguments, isLogarithmic: isLogY)
    xLabel = arguments[Self.xLabelOption]
    yLabel = arguments[Self.yLabelOption]
    legend = arguments[Self.legendOption]
    title = request.title
  }

  /// Returns the horizontal axis.
  func horizontal(_ axis: Axis) -> Axis { applied(to: axis, xLabel, xRange) }

  /// Returns the vertical axis.
  func vertical(_ axis: Axis) -> Axis {
    var axis = axis
    if isLogY { axis.scale = .log10 }
    return applied(to: axis, yLabel, yRange)
  }

  private func applied(to axis: Axis, _ label: String?, _ range: AxisRange?) -> Axis {
    var axis = axis
    axis.label = label ?? axis.label
    axis.lower = range?.lower ?? axis.lower
    axis.upper = range?.upper ?? axis.upper
    return axis
  }

  /// Rejects options that have no meaning on an axis of categories.
  func checkCategories(_ name: String) throws(Diagnostic) {
    let options: [(any NamedArgument, Bool)] = [
      (Self.log, isLogX), (Self.xRangeOption, xRange != nil),
    ]
    for (option, isGiven) in options where isGiven {
      throw Diagnostic(
        "the horizontal axis has categories, which stand at equal distances",
        about: option,
        remedy: "leave out `\(option.name)=`" + (isLogY ? ", or write `log=y`" : "")
      )
    }
  }

  /// Returns the names of series in the legend.
  ///
  /// - Throws: a diagnostic if other names are given, and their number differs.
  func names(_ names: [String]) throws(Diagnostic) -> [String] {
    guard names.count <= Self.mostSeries else {
      throw Diagnostic(
        "\(names.count) series cannot be told apart; \(Self.mostSeries) are the most",
        about: PlotOptions.by,
        remedy: "take a part of the rows, or a column in by= that has fewer values"
      )
    }
    guard let legend, !hidesLegend else { return names }
    guard legend.count == names.count else {
      let shown = names.map { $0.isEmpty ? "one without a name" : "`\($0)`" }
      throw Diagnostic(
        "`legend=` has \(legend.count) \(legend.count == 1 ? "name" : "names"), and there "
          + (names.count == 1 ? "is one series" : "are \(names.count) series"),
        about: Self.legendOption,
        remedy: "in this order: \(Suggestion.listing(shown, lastAfter: "and"))"
      )
    }
    return legend
  }

  private var hidesLegend: Bool { legend == ["none"] }

  /// Returns a panel of series that can be told apart without colours too.
  func panel(x: Axis, y: Axis, series: [Series]) -> Panel {
    var panel = Panel(
      x: horizontal(x),
      y: vertical(y),
      series: series,
      legend: hidesLegend ? .none : .automatic
    )
    panel.variesRhythms = true
    panel.fitsShownValues = true
    return panel
  }
}
