extension PanelPlan {
  /// The colour and rhythm of every series, in order.
  var looks: [(color: Color, dash: Dash)] {
    var next = 0
    return panel.series.map { series in
      switch series.color {
      case .automatic:
        defer { next += 1 }
        return (theme.color(at: next), dash(of: series, index: next))
      case .palette(let index): return (theme.color(at: index), dash(of: series, index: index))
      case .muted: return (theme.mutedText, series.dash)
      case .fixed(let color): return (color, series.dash)
      }
    }
  }

  /// The colour of a reference line or band.
  func color(of color: SeriesColor) -> Color {
    switch color {
    case .automatic, .muted: theme.mutedText
    case .palette(let index): theme.color(at: index)
    case .fixed(let color): color
    }
  }

  /// Tells series apart that share a colour because the palette starts again.
  private func dash(of series: Series, index: Int) -> Dash {
    guard series.dash == .solid else { return series.dash }
    let rhythms: [Dash] = [.solid, .dashed, .dotted, .dashDotted]
    return rhythms[index / theme.palette.count % rhythms.count]
  }
}
