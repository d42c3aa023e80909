import Plotting

/// Draws markers and other small filled shapes as signs.
struct MarkerLayer {
  private let layout: BlockLayout
  private let ink: Ink
  private let style: BlockStyle

  /// The largest shape that a sign stands for.
  private static let largest = Size(12, 12)

  /// Prepares the markers of a drawing.
  init(layout: BlockLayout, ink: Ink, style: BlockStyle) {
    self.layout = layout
    self.ink = ink
    self.style = style
  }

  /// Draws the markers, later ones over earlier ones.
  func draw(on grid: inout BlockGrid) {
    for step in layout.drawing.steps {
      guard let marker = Self.marker(step), ink.contrast(marker.color) >= ink.leastOfLines
      else { continue }
      grid.write(
        character(marker.sign, marker.color),
        ink.blended(marker.color),
        at: Int((marker.centre.x / BlockLayout.cell.width).rounded(.down)),
        Int((marker.centre.y / BlockLayout.cell.height).rounded(.down))
      )
    }
  }

  private func character(_ sign: Sign, _ color: Color) -> Character {
    // Without colours, areas are told apart by their shades.
    if sign == .area, style.colors == .none {
      return style.characters.shade(ink.darkness(ink.blended(color)))
    }
    return style.characters == .ascii ? sign.ascii : sign.unicode
  }

  /// A sign, and the centre and colour of the shape that it stands for.
  typealias PlacedSign = (sign: Sign, centre: Point, color: Color)

  /// The sign for a step; nil if it is a line, or an area that blocks can show.
  ///
  /// Figures say what their markers and the samples of their legends are; of shapes that stand for
  /// themselves only those become signs that are too small for blocks.
  static func marker(_ step: DrawStep) -> PlacedSign? {
    let sign: Sign
    switch (step.role, step.command) {
    case (.marker(let marker), _): sign = .marker(marker)
    case (.arrowHead(let direction), _): sign = .arrowHead(direction)
    case (.sample, _), (.plain, .rectangle): sign = .area
    case (.plain, .circle): sign = .marker(.circle)
    default: return nil
    }
    guard let (centre, size, color) = step.command.filledShape, size.width <= largest.width,
      size.height <= largest.height
    else { return nil }
    return (sign, centre, color)
  }
}

extension MarkerLayer {
  /// What a character can stand for.
  enum Sign: Hashable {
    case marker(Marker)
    case arrowHead(DrawRole.ArrowDirection)
    case area

    var unicode: Character {
      switch self {
      case .marker(.circle): "●"
      case .marker(.square), .area: "■"
      case .marker(.triangle): "▲"
      case .marker(.diamond): "◆"
      case .arrowHead(.right): "►"
      case .arrowHead(.down): "▼"
      }
    }

    var ascii: Character {
      switch self {
      case .marker(.circle): "o"
      case .marker(.square), .area: "#"
      case .marker(.triangle): "^"
      case .marker(.diamond): "*"
      case .arrowHead(.right): ">"
      case .arrowHead(.down): "v"
      }
    }
  }
}

extension DrawCommand {
  /// The centre, size and colour of a filled shape; nil of all else.
  fileprivate var filledShape: (centre: Point, size: Size, color: Color)? {
    switch self {
    case .circle(let centre, let radius, let fill?, _):
      return (centre, Size(2 * radius, 2 * radius), fill)
    case .polygon(let points, let fill?, _):
      let (x, y) = (points.map(\.x), points.map(\.y))
      guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max()
      else { return nil }
      return (Point((left + right) / 2, (top + bottom) / 2), Size(right - left, bottom - top), fill)
    case .rectangle(let rect, _, let fill?, _):
      return (Point(rect.midX, rect.midY), rect.size, fill)
    default: return nil
    }
  }
}
