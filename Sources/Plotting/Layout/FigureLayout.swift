/// Arranges a figure on its canvas and draws it.
struct FigureLayout {
  private let theme: Theme
  private let columns: Int
  private let rows: Int
  private let titleLines: [String]
  private let subtitleLines: [String]
  private let footnoteLines: [String]
  private let title: String
  private var plans: [PanelPlan]
  private let size: Size

  /// Prepares the layout of a figure in a theme.
  init(figure: Figure, theme: Theme) {
    let panels = figure.panels.isEmpty ? [Panel()] : figure.panels
    let (sizes, margin) = (theme.typeSizes, theme.spacing.margin)
    self.theme = theme
    title = figure.title
    columns = min(figure.columns, panels.count)
    rows = (panels.count + columns - 1) / columns
    plans = panels.map { PanelPlan($0, theme: theme) }
    let least = Self.least(theme.spacing, columns: columns, rows: rows)
    let width = max(Self.bounded(figure.size.width), least.width + 2 * margin)
    let room = width - 2 * margin
    titleLines = Self.lines(figure.title, room, size: sizes.title, weight: .bold)
    subtitleLines = Self.lines(figure.subtitle ?? "", room, size: sizes.subtitle)
    footnoteLines = Self.lines(figure.footnote ?? "", room, size: sizes.footnote)
    let texts =
      Self.headerHeight(titleLines.count, subtitleLines.count, theme)
      + Self.footerHeight(footnoteLines.count, theme)
    let height = max(Self.bounded(figure.size.height), least.height + texts + 2 * margin)
    size = Size(width, height)
  }

  /// Draws the figure.
  mutating func draw() -> DrawList {
    var list = DrawList(size: size, ground: theme.ground)
    drawTexts(on: &list)
    arrange()
    for plan in plans { plan.draw(on: &list) }
    return list
  }

  private mutating func arrange() {
    let cells = cells()
    for index in plans.indices { plans[index].cell = cells[index] }
    for _ in 0..<3 { align() }
    for _ in 0..<2 {
      for index in plans.indices where plans[index].needsLegendAbove {
        plans[index].isLegendAbove = true
      }
      for _ in 0..<2 { align() }
    }
  }

  /// Measures all panels and gives those of a column and of a row equal insets.
  private mutating func align() {
    let wishes = plans.indices.map { plans[$0].measure() }
    for index in plans.indices {
      let column = plans.indices.filter { $0 % columns == index % columns }
      let row = plans.indices.filter { $0 / columns == index / columns }
      plans[index].insets = Insets(
        left: column.map { wishes[$0].left }.max() ?? 0,
        right: column.map { wishes[$0].right }.max() ?? 0,
        top: row.map { wishes[$0].top }.max() ?? 0,
        bottom: row.map { wishes[$0].bottom }.max() ?? 0
      )
    }
    for index in plans.indices { _ = plans[index].measure() }
  }

  private func cells() -> [Rect] {
    let (margin, gap) = (theme.spacing.margin, theme.spacing.panelGap)
    let top = margin + Self.headerHeight(titleLines.count, subtitleLines.count, theme)
    let bottom = margin + Self.footerHeight(footnoteLines.count, theme)
    var width = (size.width - 2 * margin + gap.width) / Double(columns) - gap.width
    var height = (size.height - top - bottom + gap.height) / Double(rows) - gap.height
    if let grid = theme.spacing.grid {
      width = (width / grid.width).rounded(.down) * grid.width
      height = (height / grid.height).rounded(.down) * grid.height
    }
    return plans.indices.map { index in
      Rect(
        x: margin + Double(index % columns) * (width + gap.width),
        y: top + Double(index / columns) * (height + gap.height),
        width: width,
        height: height
      )
    }
  }

  private func drawTexts(on list: inout DrawList) {
    let (sizes, spacing) = (theme.typeSizes, theme.spacing)
    let margin = spacing.margin
    var y = margin
    for line in titleLines {
      let style = TextStyle(size: sizes.title, weight: .bold, color: theme.text)
      list.text(line, at: Point(margin, y), style, anchor: TextAnchor(.left, .top))
      y += sizes.title * spacing.titleLine
    }
    y += titleLines.isEmpty ? 0 : 1
    for line in subtitleLines {
      let style = TextStyle(size: sizes.subtitle, color: theme.mutedText)
      list.text(line, at: Point(margin, y), style, anchor: TextAnchor(.left, .top))
      y += sizes.subtitle * spacing.subtitleLine
    }
    y = size.height - margin * 0.8
    for line in footnoteLines.reversed() {
      let style = TextStyle(size: sizes.footnote, color: theme.mutedText)
      list.text(line, at: Point(margin, y), style, anchor: TextAnchor(.left, .bottom))
      y -= sizes.footnote * spacing.footnoteLine
    }
  }

  /// Clamps absurd sizes to one that no renderer accepts either; NaN becomes 0.
  private static func bounded(_ length: Double) -> Double {
    length.isNaN ? 0 : min(1e5, length)
  }

  private static func lines(
    _ text: String,
    _ width: Double,
    size: Double,
    weight: FontWeight = .regular
  ) -> [String] {
    TextMetrics.wrapped(text, to: width, size: size, weight: weight, lines: 2)
  }

  private static func headerHeight(_ title: Int, _ subtitle: Int, _ theme: Theme) -> Double {
    let (sizes, spacing) = (theme.typeSizes, theme.spacing)
    let height =
      Double(title) * sizes.title * spacing.titleLine
      + Double(subtitle) * sizes.subtitle * spacing.subtitleLine
    return height > 0 ? height + spacing.headerGap : 0
  }

  private static func footerHeight(_ lines: Int, _ theme: Theme) -> Double {
    let (sizes, spacing) = (theme.typeSizes, theme.spacing)
    guard lines > 0 else { return 0 }
    return Double(lines) * sizes.footnote * spacing.footnoteLine + spacing.footerGap
  }

  /// Returns the minimum size of a grid of panels.
  private static func least(_ spacing: Spacing, columns: Int, rows: Int) -> Size {
    let (panel, gap) = (spacing.smallestPanel, spacing.panelGap)
    return Size(
      panel.width * Double(columns) + gap.width * Double(columns - 1),
      panel.height * Double(rows) + gap.height * Double(rows - 1)
    )
  }
}
