/// Lines in the background colour across areas, which distinguish them where colours do not.
enum Hatching {
  /// The directions of the lines in degrees from the horizontal, for each index of an area.
  private static let directions: [[Double]] = [[], [45], [135], [0], [45, 135], [90], [0, 90]]
  /// The distance between lines in points.
  private static let distance = 4.0

  /// Returns the lines of the area with an index.
  static func lines(in rect: Rect, index: Int) -> [(start: Point, end: Point)] {
    directions[index % directions.count].flatMap { direction in
      switch direction {
      case 0:
        stride(from: rect.maxY - distance, to: rect.minY, by: -distance).map {
          (Point(rect.minX, $0), Point(rect.maxX, $0))
        }
      case 90:
        stride(from: rect.minX + distance / 2, to: rect.maxX, by: distance).map {
          (Point($0, rect.minY), Point($0, rect.maxY))
        }
      default: slanted(in: rect, rises: direction < 90)
      }
    }
  }

  /// Returns lines at 45 degrees that start at the lower edge or beside it, and extend beyond the rectangle.
  private static func slanted(in rect: Rect, rises: Bool) -> [(start: Point, end: Point)] {
    let (pitch, height) = (distance * 1.4, rect.height)
    let first = (rect.minX - height) / pitch
    return stride(from: first.rounded(.up), through: (rect.maxX / pitch).rounded(.down), by: 1).map
    {
      let x = $0 * pitch
      return rises
        ? (Point(x, rect.maxY), Point(x + height, rect.minY))
        : (Point(x, rect.minY), Point(x + height, rect.maxY))
    }
  }
}
