extension DrawList {
  /// Returns a drawing in the light theme's colours recoloured for another theme; opacities and other colours are
  /// unchanged.
  func recolored(to theme: Theme) -> DrawList {
    guard theme != .light else { return self }
    let colors = Dictionary(zip(Theme.light.colors, theme.colors)) { first, _ in first }
    func recolored(_ color: Color) -> Color {
      var opaque = color
      opaque.alpha = 255
      guard var new = colors[opaque] else { return color }
      new.alpha = color.alpha
      return new
    }
    func recolored(_ stroke: Stroke) -> Stroke {
      var copy = stroke
      copy.color = recolored(stroke.color)
      return copy
    }
    return replacing { step in
      switch step.command {
      case .polyline(let points, let stroke): return .polyline(points, recolored(stroke))
      case .polygon(let points, let fill, let stroke):
        return .polygon(points, fill: fill.map(recolored), stroke: stroke.map(recolored))
      case .rectangle(let rect, let radius, let fill, let stroke):
        return .rectangle(
          rect,
          radius: radius,
          fill: fill.map(recolored),
          stroke: stroke.map(recolored)
        )
      case .circle(let centre, let radius, let fill, let stroke):
        return .circle(
          centre,
          radius: radius,
          fill: fill.map(recolored),
          stroke: stroke.map(recolored)
        )
      case .text(var item):
        item.style.color = recolored(item.style.color)
        return .text(item)
      case .image, .pushClip, .popClip: return step.command
      }
    }
  }
}

extension Theme {
  /// All colours by role; for a colour of several roles the first role counts.
  fileprivate var colors: [Color] { [ground, text, mutedText, axis, grid] + palette }
}
