import Plotting

/// A layer that draws markers and other small filled shapes as symbols.
struct MarkerLayer {
  private let layout: BlockLayout
  private let ink: Ink
  private let style: BlockStyle

  /// The maximum size of a shape that is drawn as a symbol.
  private static let largest = Size(12, 12)

  /// Creates the layer of a drawing's markers.
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
    // Without colours, areas are distinguished by their shades.
    if sign == .area, style.colors == .none {
      return style.characters.shade(ink.darkness(ink.blended(color)))
    }
    return style.characters == .ascii ? sign.ascii : sign.unicode
  }

  /// A symbol, and the centre and colour of the shape that it represents.
  typealias PlacedSign = (sign: Sign, centre: Point, color: Color)

  /// Returns the symbol for a step; nil for a line, or an area that blocks can show.
  ///
  /// Figures declare their markers and the samples of their legends; other shapes become symbols only if they are too
  /// small for blocks.
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
  /// A symbol drawn as one character.
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
  /// The centre, size and colour of a filled shape; nil for all else.
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
