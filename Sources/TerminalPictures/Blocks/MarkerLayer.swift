import Plotting

/// Draws markers and other small filled shapes as signs.
struct MarkerLayer {
  private let layout: BlockLayout
  private let ink: Ink
  private let style: BlockStyle

  /// The largest marker.
  private static let largest = Size(12, 12)

  /// Prepares the markers of a drawing.
  init(layout: BlockLayout, ink: Ink, style: BlockStyle) {
    self.layout = layout
    self.ink = ink
    self.style = style
  }

  /// Draws the markers, later ones over earlier ones.
  func draw(on grid: inout BlockGrid) {
    var depth = 0
    for command in layout.drawing.commands {
      switch command {
      case .pushClip: depth += 1
      case .popClip: depth -= 1
      default:
        guard let marker = Self.marker(command, isClipped: depth > 0),
          ink.contrast(marker.color) >= ink.leastOfLines
        else { continue }
        grid.write(
          sign(marker.shape, marker.color),
          ink.blended(marker.color),
          at: Int((marker.centre.x / BlockLayout.cell.width).rounded(.down)),
          Int((marker.centre.y / BlockLayout.cell.height).rounded(.down))
        )
      }
    }
  }

  private func sign(_ shape: Shape, _ color: Color) -> Character {
    // Without colours, areas are told apart by their shades.
    if shape == .sample, style.colors == .none {
      return style.characters.shade(ink.darkness(ink.blended(color)))
    }
    return style.characters == .ascii ? shape.ascii : shape.unicode
  }

  /// The shape of a marker; a sample is the colour of an area in a legend.
  enum Shape {
    case disc, square, triangle, diamond, sample

    var unicode: Character {
      switch self {
      case .disc: "●"
      case .square, .sample: "■"
      case .triangle: "▲"
      case .diamond: "◆"
      }
    }

    var ascii: Character {
      switch self {
      case .disc: "o"
      case .square, .sample: "#"
      case .triangle: "^"
      case .diamond: "*"
      }
    }
  }

  /// What a command draws as a marker; nil if it is a line, an area or a bar.
  static func marker(
    _ command: DrawCommand,
    isClipped: Bool
  ) -> (shape: Shape, centre: Point, color: Color)? {
    switch command {
    case .circle(let centre, let radius, let fill?, _) where 2 * radius <= largest.width:
      return (.disc, centre, fill)
    case .polygon(let points, let fill?, _):
      let (x, y) = (points.map(\.x), points.map(\.y))
      guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max(),
        right - left <= largest.width, bottom - top <= largest.height
      else { return nil }
      let centre = Point((left + right) / 2, (top + bottom) / 2)
      if points.count == 3 { return (.triangle, centre, fill) }
      return (abs(points[0].x - centre.x) < 0.1 ? .diamond : .square, centre, fill)
    case .rectangle(let rect, _, let fill?, _)
    where !isClipped && rect.width <= largest.width && rect.height <= largest.height:
      return (.sample, Point(rect.midX, rect.midY), fill)
    default: return nil
    }
  }
}
