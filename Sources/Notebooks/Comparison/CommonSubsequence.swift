/// The longest common subsequence of two sequences.
enum CommonSubsequence {
  /// The limit on pairs; above it none are compared.
  private static let mostPairs = 1_000_000

  /// Returns the index pairs of a longest common subsequence; none of the middle if it has too many pairs to compare.
  ///
  /// The common prefix and suffix are found first, at little cost.
  static func pairs(
    _ first: Int,
    _ second: Int,
    matches: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    var start = 0
    while start < min(first, second), matches(start, start) { start += 1 }
    var end = 0
    while end < min(first, second) - start, matches(first - 1 - end, second - 1 - end) { end += 1 }
    return (0..<start).map { ($0, $0) }
      + middle(start..<first - end, start..<second - end, matches: matches)
      + (0..<end).reversed().map { (first - 1 - $0, second - 1 - $0) }
  }

  private static func middle(
    _ first: Range<Int>,
    _ second: Range<Int>,
    matches isMatch: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    let (rows, columns) = (first.count, second.count)
    guard rows > 0, columns > 0, rows <= mostPairs / columns else { return [] }
    var matches = [Bool](repeating: false, count: rows * columns)
    var lengths = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
    func at(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + column }
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        let isMatch = isMatch(first.lowerBound + row, second.lowerBound + column)
        matches[row * columns + column] = isMatch
        lengths[at(row, column)] =
          isMatch
          ? lengths[at(row + 1, column + 1)] + 1
          : max(lengths[at(row + 1, column)], lengths[at(row, column + 1)])
      }
    }
    var pairs: [(Int, Int)] = []
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      if matches[row * columns + column] {
        pairs.append((first.lowerBound + row, second.lowerBound + column))
        (row, column) = (row + 1, column + 1)
      } else if lengths[at(row + 1, column)] >= lengths[at(row, column + 1)] {
        row += 1
      } else {
        column += 1
      }
    }
    return pairs
  }
}
