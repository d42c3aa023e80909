/// The colours and type sizes of a figure.
package struct Theme: Sendable, Hashable {
  /// The background colour.
  package var ground: Color
  /// The colour of titles and axis labels.
  package var text: Color
  /// The colour of subtitles, tick labels and footnotes.
  package var mutedText: Color
  /// The colour of the lines and ticks of the axes.
  package var axis: Color
  /// The colour of grid lines.
  package var grid: Color
  /// The colours of series by index; distinguishable with any common colour vision.
  package var palette: [Color]
  /// Type sizes in points.
  package var typeSizes = TypeSizes()
  /// Distances between the parts of a figure.
  package var spacing = Spacing()
  /// True if the series of a panel also differ in dashes and markers, so that they are distinguishable in grey.
  package var variesRhythms = false

  /// Type sizes in points, by role.
  package struct TypeSizes: Sendable, Hashable {
    /// The figure's title.
    package var title = 13.5
    /// The line below the title.
    package var subtitle = 9.5
    /// A panel's title.
    package var panelTitle = 10.5
    /// Axis labels.
    package var axisLabel = 9.5
    /// Tick labels.
    package var tick = 8.5
    /// Legends, annotations and the labels of reference lines.
    package var legend = 8.5
    /// The line at the foot of the figure.
    package var footnote = 7.5
  }

  /// Dark ink on a white background, for documents.
  package static let light = Theme(
    ground: Color(0xFFFFFF),
    text: Color(0x2B2F36),
    mutedText: Color(0x5F6670),
    axis: Color(0x7C838D),
    grid: Color(0xE4E7EB),
    palette: [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x4D4D4D].map {
      Color($0)
    }
  )

  /// Light ink on a dark background, for screens.
  package static let dark = Theme(
    ground: Color(0x16191E),
    text: Color(0xE7EAEE),
    mutedText: Color(0xA3ABB6),
    axis: Color(0x7E8793),
    grid: Color(0x2C323A),
    palette: [0x4BA3E3, 0xFF8A3D, 0x2CC79A, 0xE596C4, 0xF2C14E, 0x9AD4F5, 0xC9CED6].map {
      Color($0)
    }
  )

  /// Black ink on white with 8-point type, for a column of a printed paper; lines also differ in dashes.
  package static let paper: Theme = {
    var theme = light
    theme.text = Color(0x000000)
    theme.mutedText = Color(0x262626)
    theme.axis = Color(0x404040)
    theme.grid = Color(0xDADADA)
    theme.typeSizes = TypeSizes(
      title: 9,
      subtitle: 8,
      panelTitle: 8,
      axisLabel: 8,
      tick: 8,
      legend: 8,
      footnote: 7
    )
    theme.spacing.margin = 2
    theme.spacing.panelGap = Size(12, 8)
    theme.spacing.smallestPanel = Size(90, 80)
    theme.spacing.headerGap = 5
    theme.spacing.legendLine = 1.35
    theme.spacing.legendInset = 4
    theme.spacing.legendPadding = 3
    theme.spacing.tickLabelDistance = Size(5, 5)
    theme.spacing.captionDistance = 5
    theme.spacing.colorBarGap = 7
    theme.spacing.colorBarWidth = 8
    theme.variesRhythms = true
    return theme
  }()

  /// True if the background is dark.
  package var isDark: Bool { Int(ground.red) + Int(ground.green) + Int(ground.blue) < 3 * 128 }

  /// Returns the colour of the series with an index; indices beyond the palette start over.
  package func color(at index: Int) -> Color {
    precondition(index >= 0, "a palette index is not negative")
    return palette[index % palette.count]
  }
}
