/// How bars of several series share the room at a position.
struct BarGrouping {
  /// The distance between neighbouring positions, in places of the horizontal scale.
  let spacing: Double
  private let ranks: [Int: Int]

  /// Looks at all bar series of a panel; nil if there are none.
  init?(panel: Panel) {
    let indices = panel.series.indices.filter { panel.series[$0].form == .bars }
    guard !indices.isEmpty else { return nil }
    let places = indices.flatMap { panel.series[$0].x.compactMap(panel.x.scale.forward) }.sorted()
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    spacing = gaps.min() ?? 1
    ranks = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
  }

  /// The places of the left and right edge of a bar of a series, relative to its position.
  func edges(series: Int) -> (left: Double, right: Double) {
    let width = 0.76 * spacing / Double(ranks.count)
    let left = width * (Double(ranks[series] ?? 0) - Double(ranks.count) / 2)
    return (left, left + width)
  }
}
