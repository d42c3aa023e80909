/// The occupied areas of a panel; finds free places for legends and labels.
struct CoveredPlaces {
  private var lines: [(points: [Point], weight: Double)] = []
  private var boxes: [Rect] = []
  private var texts: [Rect] = []

  /// The coverage from which a box counts as occupied by text.
  static let taken = 1e6

  /// Adds the shapes of a series; faint ones count less.
  mutating func add(_ shape: SeriesShape, opacity: Double) {
    for line in shape.lines { lines.append((line, opacity)) }
    for point in shape.markers + shape.dots { add(around: point) }
    boxes += shape.bars + shape.boxes
    for band in shape.spread.bands { lines.append((band, 0.3 * opacity)) }
    for ends in shape.spread.whiskers { lines.append(([ends.top, ends.bottom], opacity)) }
  }

  /// Adds a line across the panel, or another box that should preferably stay free.
  mutating func add(_ box: Rect) {
    boxes.append(box)
  }

  /// Adds a box that must stay free, such as a text or a legend.
  mutating func add(text box: Rect) {
    texts.append(box)
  }

  /// Adds a small mark.
  mutating func add(around point: Point) {
    boxes.append(Rect(x: point.x - 3, y: point.y - 3, width: 6, height: 6))
  }

  /// Returns how much a box would cover, roughly in points of line.
  func coverage(of box: Rect) -> Double {
    var sum = texts.contains { $0.overlaps(box) } ? Self.taken : 0
    for line in lines {
      for (start, end) in zip(line.points, line.points.dropFirst()) {
        sum += line.weight * box.coveredLength(from: start, to: end)
      }
    }
    for other in boxes where other.overlaps(box) {
      let width = min(box.maxX, other.maxX) - max(box.minX, other.minX)
      let height = min(box.maxY, other.maxY) - max(box.minY, other.minY)
      sum += 6 + width * height / 10
    }
    return sum
  }

  /// Returns the box that covers the least, the first of several.
  func emptiest(of candidates: [Rect]) -> (box: Rect, coverage: Double)? {
    candidates.map { (box: $0, coverage: coverage(of: $0)) }.min { $0.coverage < $1.coverage }
  }
}
