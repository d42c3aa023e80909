/// The spread of a series as shapes on the canvas.
struct SpreadShape {
  /// The closed shapes along the line.
  private(set) var bands: [[Point]] = []
  /// The upper and lower ends of whiskers.
  private(set) var whiskers: [(top: Point, bottom: Point)] = []

  /// The distance below the axes of an end without a place, such as 0 on a logarithmic axis.
  private static let depth = 20.0

  /// Creates an empty spread.
  init() {}

  /// Maps the spread of a series to the canvas; an isolated point of a band becomes a whisker.
  ///
  /// - Parameter offset: The offset of bars, from their position to their middle, in places on the horizontal scale.
  init(_ series: Series, map: PlotMap, offset: Double) {
    guard let spread = series.spread else { return }
    let ends = series.x.indices.map { index -> (top: Point, bottom: Point)? in
      let (lower, upper) = (spread.lower[index], spread.upper[index])
      guard lower <= upper, map.y(series.y[index]) != nil,
        let place = map.x.scale.forward(series.x[index]), let top = map.y(upper)
      else { return nil }
      let x = map.x(place: place + offset)
      return (Point(x, top), Point(x, map.y(lower) ?? map.area.maxY + Self.depth))
    }
    guard spread.form == .band else {
      whiskers = ends.compactMap { $0 }.filter { $0.top.y < $0.bottom.y && map.holds($0.top.x) }
      return
    }
    for run in ends.split(whereSeparator: { $0 == nil }) {
      let run = run.compactMap { $0 }
      if run.count == 1 {
        whiskers += run.filter { $0.top.y < $0.bottom.y && map.holds($0.top.x) }
      } else if run.contains(where: { $0.top.y < $0.bottom.y }) {
        bands.append(
          Decimation.thinned(run.map(\.top)) + Decimation.thinned(run.map(\.bottom)).reversed()
        )
      }
    }
  }
}

extension PlotMap {
  /// Returns true if a horizontal position is between the axes.
  fileprivate func holds(_ x: Double) -> Bool {
    (area.minX - 0.01...area.maxX + 0.01).contains(x)
  }
}
