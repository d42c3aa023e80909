/// A difference between recorded lines and those of this run.
package enum LineDifference: Sendable, Equatable {
  /// A line that came out otherwise, with its mark, and the numbers in which alone it differs.
  case changed(expected: String, got: String, numbers: [NumberDifference])
  /// A recorded line that did not come.
  case missing(String)
  /// A line that came and is not recorded.
  case extra(String)
}

/// Finds which recorded line answers to which line of this run.
struct LineAlignment {
  /// Above this many pairs of lines, those that differ are paired in order instead.
  private static let mostPairs = 1_000_000

  let comparer: LineComparer

  /// The differences in order; none if all lines match.
  func differences(expected: [ComparableLine], got: [ComparableLine]) -> [LineDifference] {
    var expected = expected.map(comparer.prepare)[...]
    var got = got.map(comparer.prepare)[...]
    while let a = expected.first, let b = got.first, comparer.matches(a, b) {
      expected.removeFirst()
      got.removeFirst()
    }
    while let a = expected.last, let b = got.last, comparer.matches(a, b) {
      expected.removeLast()
      got.removeLast()
    }
    var result: [LineDifference] = []
    var start = (expected.startIndex, got.startIndex)
    for (i, j) in commonLines(expected, got) + [(expected.endIndex, got.endIndex)] {
      result += differences(inGap: expected[start.0..<i], got[start.1..<j])
      start = (i + 1, j + 1)
    }
    return result
  }

  private func differences(
    inGap expected: ArraySlice<LineComparer.Prepared>,
    _ got: ArraySlice<LineComparer.Prepared>
  ) -> [LineDifference] {
    var result: [LineDifference] = []
    for (a, b) in zip(expected, got) where !comparer.matches(a, b) {
      let numbers =
        a.line.isFailure == b.line.isFailure
        ? comparer.numberDifferences(a.line.text, b.line.text) : []
      result.append(.changed(expected: a.line.marked, got: b.line.marked, numbers: numbers))
    }
    result += expected.dropFirst(got.count).map { .missing($0.line.marked) }
    result += got.dropFirst(expected.count).map { .extra($0.line.marked) }
    return result
  }

  /// The indices of a longest common subsequence; none if there are too many pairs to look at.
  private func commonLines(
    _ expected: ArraySlice<LineComparer.Prepared>,
    _ got: ArraySlice<LineComparer.Prepared>
  ) -> [(Int, Int)] {
    let rows = expected.count
    let columns = got.count
    guard rows > 0, columns > 0, rows <= Self.mostPairs / columns else { return [] }
    var matches = [Bool](repeating: false, count: rows * columns)
    var lengths = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
    func at(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + column }
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        let isMatch = comparer.matches(
          expected[expected.startIndex + row],
          got[got.startIndex + column]
        )
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
        pairs.append((expected.startIndex + row, got.startIndex + column))
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
