/// Normalizes the groups that an evaluator returns.
enum CodeGroups {
  /// Returns the groups in order, without overlaps, each beginning and ending at a code line.
  static func mended(_ groups: [Range<Int>], codeLines isCode: [Bool]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for group in groups.map({ $0.clamped(to: isCode.indices) })
      .sorted(by: { $0.lowerBound < $1.lowerBound })
    {
      guard let first = group.first(where: { isCode[$0] }),
        let last = group.last(where: { isCode[$0] })
      else { continue }
      if let above = result.last, first < above.upperBound {
        result[result.count - 1] = above.lowerBound..<max(above.upperBound, last + 1)
      } else {
        result.append(first..<last + 1)
      }
    }
    return result
  }
}
