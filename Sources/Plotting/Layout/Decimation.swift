/// Reduces lines with more points than pixels without a visible change.
enum Decimation {
  /// The width of a column in points, one pixel at the usual resolution.
  static let columnWidth = 0.5

  /// Returns the first, the last, the highest and the lowest point of every column.
  ///
  /// This is for lines that never turn back; of other lines points closer than half a column to the previous retained
  /// one are dropped. Short lines are returned unchanged.
  static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 512 else { return points }
    let isMonotone = zip(points, points.dropFirst()).allSatisfy { $0.x <= $1.x }
    return isMonotone ? columns(points) : spaced(points)
  }

  private static func columns(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x / columnWidth).rounded(.down)
      var (low, high, end) = (start, start, start)
      while end < points.count, (points[end].x / columnWidth).rounded(.down) == column {
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
        end += 1
      }
      var last = -1
      for index in [start, min(low, high), max(low, high), end - 1] where index > last {
        kept.append(points[index])
        last = index
      }
      start = end
    }
    return kept
  }

  private static func spaced(_ points: [Point]) -> [Point] {
    var kept = [points[0]]
    for point in points.dropFirst() {
      let distance = max(
        abs(point.x - kept[kept.count - 1].x),
        abs(point.y - kept[kept.count - 1].y)
      )
      if distance >= columnWidth / 2 { kept.append(point) }
    }
    if let last = points.last, kept[kept.count - 1] != last { kept.append(last) }
    return kept
  }
}
