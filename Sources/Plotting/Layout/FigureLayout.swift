/// Arranges a figure on its canvas and draws it.
struct FigureLayout {
  private static let margin = 16.0
  private static let gap = Size(22, 18)
  private static let smallestCell = Size(170, 130)

  private let theme: Theme
  private let columns: Int
  private let rows: Int
  private let titleLines: [String]
  private let subtitleLines: [String]
  private let footnoteLines: [String]
  private let title: String
  private var plans: [PanelPlan]
  private let size: Size

  /// Prepares a figure in a theme.
  init(figure: Figure, theme: Theme) {
    let panels = figure.panels.isEmpty ? [Panel()] : figure.panels
    let sizes = theme.typeSizes
    self.theme = theme
    title = figure.title
    columns = min(figure.columns, panels.count)
    rows = (panels.count + columns - 1) / columns
    plans = panels.map { PanelPlan($0, theme: theme) }
    let least = Self.total(of: Self.smallestCell, columns: columns, rows: rows)
    let width = max(Self.bounded(figure.size.width), least.width + 2 * Self.margin)
    let room = width - 2 * Self.margin
    titleLines = Self.lines(figure.title, room, size: sizes.title, weight: .bold)
    subtitleLines = Self.lines(figure.subtitle ?? "", room, size: sizes.subtitle)
    footnoteLines = Self.lines(figure.footnote ?? "", room, size: sizes.footnote)
    let texts =
      Self.headerHeight(titleLines.count, subtitleLines.count, sizes)
      + Self.footerHeight(footnoteLines.count, sizes)
    let height = max(Self.bounded(figure.size.height), least.height + texts + 2 * Self.margin)
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

  /// Measures all panels and gives those of a column and of a row the same room.
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
    let sizes = theme.typeSizes
    let top = Self.margin + Self.headerHeight(titleLines.count, subtitleLines.count, sizes)
    let bottom = Self.margin + Self.footerHeight(footnoteLines.count, sizes)
    let width = (size.width - 2 * Self.margin + Self.gap.width) / Double(columns) - Self.gap.width
    let height = (size.height - top - bottom + Self.gap.height) / Double(rows) - Self.gap.height
    return plans.indices.map { index in
      Rect(
        x: Self.margin + Double(index % columns) * (width + Self.gap.width),
        y: top + Double(index / columns) * (height + Self.gap.height),
        width: width,
        height: height
      )
    }
  }

  private func drawTexts(on list: inout DrawList) {
    let sizes = theme.typeSizes
    var y = Self.margin
    for line in titleLines {
      let style = TextStyle(size: sizes.title, weight: .bold, color: theme.text)
      list.text(line, at: Point(Self.margin, y), style, anchor: TextAnchor(.left, .top))
      y += sizes.title * 1.3
    }
    y += titleLines.isEmpty ? 0 : 1
    for line in subtitleLines {
      let style = TextStyle(size: sizes.subtitle, color: theme.mutedText)
      list.text(line, at: Point(Self.margin, y), style, anchor: TextAnchor(.left, .top))
      y += sizes.subtitle * 1.4
    }
    y = size.height - Self.margin * 0.8
    for line in footnoteLines.reversed() {
      let style = TextStyle(size: sizes.footnote, color: theme.mutedText)
      list.text(line, at: Point(Self.margin, y), style, anchor: TextAnchor(.left, .bottom))
      y -= sizes.footnote * 1.4
    }
  }

  /// Cuts absurd sizes to one that no renderer accepts either; nothing for what is no number.
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

  private static func headerHeight(_ title: Int, _ subtitle: Int, _ sizes: Theme.TypeSizes)
    -> Double
  {
    let height = Double(title) * sizes.title * 1.3 + Double(subtitle) * sizes.subtitle * 1.4
    return height > 0 ? height + 8 : 0
  }

  private static func footerHeight(_ lines: Int, _ sizes: Theme.TypeSizes) -> Double {
    lines > 0 ? Double(lines) * sizes.footnote * 1.4 + 4 : 0
  }

  private static func total(of cell: Size, columns: Int, rows: Int) -> Size {
    Size(
      cell.width * Double(columns) + gap.width * Double(columns - 1),
      cell.height * Double(rows) + gap.height * Double(rows - 1)
    )
  }
}
