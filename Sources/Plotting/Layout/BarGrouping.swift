/// The division of the room at a position among the bars of several series.
struct BarGrouping {
  /// The distance between neighbouring positions, in places on the horizontal scale.
  let spacing: Double
  private let ranks: [Int: Int]

  /// Measures all bar series of a panel; nil if there are none.
  init?(panel: Panel) {
    let indices = panel.series.indices.filter { panel.series[$0].form == .bars }
    guard !indices.isEmpty else { return nil }
    let places = indices.flatMap { panel.series[$0].x.compactMap(panel.x.scale.forward) }.sorted()
    let gaps = zip(places, places.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    spacing = gaps.min() ?? 1
    ranks = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
  }

  /// Returns the places of a bar's left and right edge, relative to its position.
  func edges(series: Int) -> (left: Double, right: Double) {
    let width = 0.76 * spacing / Double(ranks.count)
    let left = width * (Double(ranks[series] ?? 0) - Double(ranks.count) / 2)
    return (left, left + width)
  }
}
