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
  let comparer: LineComparer

  /// The differences in order; none if all lines match.
  func differences(expected: [ComparableLine], got: [ComparableLine]) -> [LineDifference] {
    // Most lines are as recorded, and cost nothing but a look at their bytes.
    var same = 0
    while same < min(expected.count, got.count), expected[same].isSame(as: got[same]) { same += 1 }
    guard same < max(expected.count, got.count) else { return [] }
    var expected = expected[same...].map(LineComparer.Divided.init)
    var got = got[same...].map(LineComparer.Divided.init)
    let common = CommonSubsequence.pairs(expected.count, got.count) {
      comparer.matches(&expected[$0], &got[$1])
    }
    var result: [LineDifference] = []
    var start = (0, 0)
    for (i, j) in common + [(expected.count, got.count)] {
      result += differences(inGap: expected[start.0..<i], got[start.1..<j])
      start = (i + 1, j + 1)
    }
    return result
  }

  private func differences(
    inGap expected: ArraySlice<LineComparer.Divided>,
    _ got: ArraySlice<LineComparer.Divided>
  ) -> [LineDifference] {
    var result: [LineDifference] = []
    for (var a, var b) in zip(expected, got) where !comparer.matches(&a, &b) {
      let numbers =
        a.line.isFailure == b.line.isFailure
        ? comparer.numberDifferences(a.line.text, b.line.text) : []
      result.append(.changed(expected: a.line.marked, got: b.line.marked, numbers: numbers))
    }
    result += expected.dropFirst(got.count).map { .missing($0.line.marked) }
    result += got.dropFirst(expected.count).map { .extra($0.line.marked) }
    return result
  }
}
