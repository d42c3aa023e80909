/// The margins between a panel's cell and the area between its axes, in points.
struct Insets: Hashable {
  /// The left margin.
  var left = 0.0
  /// The right margin.
  var right = 0.0
  /// The upper margin.
  var top = 0.0
  /// The lower margin.
  var bottom = 0.0
}

/// A panel with all that is decided before it is drawn.
struct PanelPlan {
  /// The panel as described.
  let panel: Panel
  /// The colours and type sizes.
  let theme: Theme
  /// The range of values along the horizontal axis.
  let xDomain: AxisDomain
  /// The range of values along the left vertical axis.
  let yDomain: AxisDomain
  /// The range of values along the right vertical axis.
  let secondDomain: AxisDomain?
  /// The division of the room at a position among bars.
  let bars: BarGrouping?
  /// True if there is nothing to show.
  let isEmpty: Bool
  /// The matrix, unless it has nothing to show.
  let heatMap: HeatMap?
  /// The range of values of the colours; nil without a colour bar.
  let colorDomain: AxisDomain?

  /// The panel's rectangle on the canvas.
  var cell = Rect(x: 0, y: 0, width: 1, height: 1)
  /// The margins around the axes.
  var insets = Insets()
  /// True if the legend is above the axes.
  var isLegendAbove: Bool
  /// The ticks of the horizontal axis.
  private(set) var xTicks = TickSet()
  /// The ticks of the left vertical axis.
  private(set) var yTicks = TickSet()
  /// The ticks of the right vertical axis.
  private(set) var secondTicks = TickSet()
  /// The ticks of the colour bar.
  private(set) var colorTicks = TickSet()

  /// Computes the domains of a panel.
  init(_ panel: Panel, theme: Theme) {
    self.panel = panel
    self.theme = theme
    bars = BarGrouping(panel: panel)
    let contents = PanelContents(panel, bars: bars)
    isEmpty = contents.isEmpty && panel.drawing == nil
    xDomain = panel.x.domain(for: contents.x)
    yDomain = panel.y.domain(for: contents.y)
    secondDomain = panel.secondY?.domain(for: contents.secondY)
    heatMap = panel.heatMap.flatMap { $0.isEmpty ? nil : $0 }
    colorDomain = heatMap.flatMap { $0.showsColorBar ? $0.colorDomain : nil }
    isLegendAbove = panel.legend == .above
  }

  /// The height of the panel's title.
  var titleRoom: Double {
    panel.title == nil ? 0 : theme.typeSizes.panelTitle * theme.spacing.panelTitleLine
  }

  /// The area between the axes.
  var area: Rect {
    let grid = theme.spacing.grid ?? Size(1, 1)
    let (width, height) = (
      cell.width - insets.left - insets.right, cell.height - insets.top - insets.bottom
    )
    return Rect(
      x: ((cell.minX + insets.left) / grid.width).rounded() * grid.width,
      y: ((cell.minY + insets.top) / grid.height).rounded() * grid.height,
      width: max(8, (width / grid.width).rounded(.down) * grid.width),
      height: max(8, (height / grid.height).rounded(.down) * grid.height)
    )
  }

  /// The legend, with names truncated to fit the cell.
  var legend: Legend {
    Legend(panel: panel, theme: theme, nameWidth: min(260, cell.width * 0.5))
  }

  /// The legend's rows above the axes.
  var legendRows: [[Legend.Entry]] {
    guard isLegendAbove, !isEmpty else { return [] }
    let limit = max(1, Int(cell.height * 0.3 / legend.lineHeight))
    return legend.rows(width: area.width, limit: limit)
  }

  /// Returns the map to the canvas for the left or right vertical axis.
  func map(second: Bool = false) -> PlotMap {
    PlotMap(area: area, x: xDomain, y: second ? secondDomain ?? yDomain : yDomain)
  }

  /// Chooses ticks for the current area and returns the margins that the panel requests.
  mutating func measure() -> Insets {
    let (sizes, spacing) = (theme.typeSizes, theme.spacing)
    guard panel.drawing == nil else { return Insets(top: titleRoom) }
    chooseTicks()
    let rows = legendRows
    let legendRoom = rows.isEmpty ? 0 : Double(rows.count) * legend.lineHeight + 3
    let top = titleRoom + legendRoom + sizes.tick * spacing.headroom
    let left = spacing.grid?.width ?? 2
    var wish = Insets(left: left, right: 8, top: top, bottom: 2)
    wish.bottom += xTicks.major.isEmpty ? 0 : sizes.tick * 0.75 + spacing.tickLabelDistance.height
    wish.bottom += panel.x.caption.isEmpty ? 0 : sizes.axisLabel + spacing.captionDistance
    wish.left += sideRoom(yTicks, panel.y) + (panel.strip?.width ?? 0)
    if let second = panel.secondY { wish.right += sideRoom(secondTicks, second) }
    if colorDomain != nil, let heatMap {
      wish.right += spacing.colorBarGap + spacing.colorBarWidth
      wish.right += sideRoom(colorTicks, heatMap.colorAxis)
    }
    for tick in xTicks.major {
      let half = TextMetrics.width(of: tick.label, size: sizes.tick) / 2
      let position = (xDomain.fraction(of: tick.value) ?? 0) * area.width
      wish.left = max(wish.left, half - position)
      wish.right = max(wish.right, half - (area.width - position))
    }
    return wish
  }

  private mutating func chooseTicks() {
    guard !isEmpty else { return }
    let area = area
    xTicks = ticks(panel.x, xDomain, length: area.width, isVertical: false)
    yTicks = ticks(panel.y, yDomain, length: area.height, isVertical: true)
    if let axis = panel.secondY, let domain = secondDomain {
      secondTicks = ticks(axis, domain, length: area.height, isVertical: true)
    }
    if let colorDomain, let heatMap {
      colorTicks = ticks(heatMap.colorAxis, colorDomain, length: area.height, isVertical: true)
    }
  }

  private func ticks(
    _ axis: Axis,
    _ domain: AxisDomain,
    length: Double,
    isVertical: Bool
  ) -> TickSet {
    let size = theme.typeSizes.tick
    var axis = axis
    if case .labelled(let given) = axis.ticks {
      let limit = cell.width * 0.3
      axis.ticks = .labelled(
        given.map { Tick($0.value, TextMetrics.truncated($0.label, to: limit, size: size)) }
      )
    }
    if case .categories(let names) = axis.ticks {
      let limit = cell.width * 0.3
      axis.ticks = .categories(names.map { TextMetrics.truncated($0, to: limit, size: size) })
    }
    return TickMaker(axis: axis, domain: domain, length: length, isVertical: isVertical, size: size)
      .ticks()
  }

  /// Returns the room beside a vertical axis for tick labels and caption.
  func sideRoom(_ ticks: TickSet, _ axis: Axis) -> Double {
    let caption =
      axis.caption.isEmpty ? 0 : theme.typeSizes.axisLabel + theme.spacing.captionDistance
    return labelRoom(ticks) + caption
  }

  /// Returns the room beside a vertical axis for tick labels.
  func labelRoom(_ ticks: TickSet) -> Double {
    let widths = ticks.major.map { TextMetrics.width(of: $0.label, size: theme.typeSizes.tick) }
    return widths.max().map { $0 + theme.spacing.tickLabelDistance.width } ?? 0
  }
}

/// The lengths of ticks in points.
enum AxisMetrics {
  /// The length of labelled ticks.
  static let tickLength = 3.5
  /// The length of ticks without labels.
  static let minorTickLength = 2.0
}
