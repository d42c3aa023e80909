/// The legend of a panel: its entries and their sizes.
struct Legend {
  /// A name and its series.
  struct Entry {
    /// The name, truncated to a sensible width.
    let name: String
    /// The index of the series; nil for a remark on omitted entries.
    let series: Int?
    /// The width of the sample and the name in points.
    let width: Double
  }

  /// The length of a line sample.
  static let sampleWidth = 18.0
  /// The distance between the sample and the name.
  static let sampleGap = 5.0
  private static let entryGap = 14.0

  /// All named series, in order.
  let entries: [Entry]
  /// The type size in points.
  let size: Double
  /// The height of a line of the legend.
  let lineHeight: Double
  private let padding: Double

  /// Creates the entries of a panel; names are truncated to a width in points.
  init(panel: Panel, theme: Theme, nameWidth: Double) {
    let size = theme.typeSizes.legend
    self.size = size
    lineHeight = size * theme.spacing.legendLine
    padding = theme.spacing.legendPadding
    entries = panel.series.enumerated().compactMap { index, series in
      guard !series.name.isEmpty, panel.legend != .none else { return nil }
      return Self.entry(series.name, index, size: size, nameWidth: nameWidth)
    }
  }

  /// The size of the legend as one column.
  var boxSize: Size {
    let width = entries.map(\.width).max() ?? 0
    return Size(
      width + 2 * padding,
      Double(entries.count) * lineHeight + 2 * padding - size * 0.4
    )
  }

  /// Returns the start positions of the entries in a box of one column.
  func column(in box: Rect) -> [(entry: Entry, start: Point)] {
    entries.enumerated().map { index, entry in
      let middle = box.minY + padding - size * 0.2 + (Double(index) + 0.5) * lineHeight
      return (entry, Point(box.minX + padding, middle))
    }
  }

  /// Returns the entries in rows of at most a width; those beyond `limit` rows are only counted.
  func rows(width: Double, limit: Int) -> [[Entry]] {
    let all = flow(entries, width: width)
    guard all.count > limit else { return all }
    for shown in stride(from: entries.count - 1, through: 0, by: -1) {
      let remark = "and \(entries.count - shown) more"
      let rest = Self.entry(remark, nil, size: size, nameWidth: width)
      let rows = flow(entries.prefix(shown) + [rest], width: width)
      if rows.count <= limit { return rows }
    }
    return []
  }

  /// Returns the start positions of the entries in a row.
  func starts(of row: [Entry], at start: Point) -> [(entry: Entry, start: Point)] {
    var x = start.x
    return row.map { entry in
      defer { x += entry.width + Self.entryGap }
      return (entry, Point(x, start.y))
    }
  }

  private func flow(_ entries: [Entry], width: Double) -> [[Entry]] {
    var rows: [[Entry]] = []
    var room = 0.0
    for entry in entries {
      if let last = rows.indices.last, entry.width + Self.entryGap <= room {
        rows[last].append(entry)
        room -= entry.width + Self.entryGap
      } else {
        rows.append([entry])
        room = width - entry.width
      }
    }
    return rows
  }

  private static func entry(
    _ name: String,
    _ series: Int?,
    size: Double,
    nameWidth: Double
  ) -> Entry {
    let name = TextMetrics.truncated(name, to: nameWidth, size: size)
    let sample = series == nil ? 0 : sampleWidth + sampleGap
    return Entry(
      name: name,
      series: series,
      width: sample + TextMetrics.width(of: name, size: size)
    )
  }
}
