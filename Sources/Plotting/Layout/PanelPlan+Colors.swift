extension PanelPlan {
  /// The visual style of a series.
  typealias Look = (color: Color, dash: Dash, marker: Marker, hatching: Int)

  /// The styles of all series, in order.
  var looks: [Look] {
    var next = 0
    return panel.series.map { series in
      switch series.color {
      case .automatic:
        defer { next += 1 }
        return look(of: series, index: next)
      case .palette(let index): return look(of: series, index: index)
      case .muted: return (theme.mutedText, series.dash, series.marker, 0)
      case .fixed(let color): return (color, series.dash, series.marker, 0)
      }
    }
  }

  /// Returns the colour of a reference line or band.
  func color(of color: SeriesColor) -> Color {
    switch color {
    case .automatic, .muted: theme.mutedText
    case .palette(let index): theme.color(at: index)
    case .fixed(let color): color
    }
  }

  /// Returns the style of the series with an index. Dashes distinguish series that share a colour because the palette
  /// starts over and, in panels and themes that request it, all series; faint ones, which accompany others, are
  /// unchanged.
  private func look(of series: Series, index: Int) -> Look {
    let color = theme.color(at: index)
    let isPlain = series.dash == .solid && series.opacity >= 0.5
    let isVaried = theme.variesRhythms || panel.variesRhythms
    let varies = isVaried && isPlain
    let turn = varies ? index : index / theme.palette.count
    let dash =
      series.dash == .solid && (isPlain || !isVaried)
      ? Dash.rhythms[turn % Dash.rhythms.count] : series.dash
    let marker =
      varies && series.marker == .circle
      ? Marker.allCases[index % Marker.allCases.count] : series.marker
    return (color, dash, marker, panel.variesRhythms ? index : 0)
  }
}

extension Dash {
  /// The dash patterns in the order in which series use them.
  fileprivate static let rhythms: [Dash] = [.solid, .dashed, .dotted, .dashDotted]
}
