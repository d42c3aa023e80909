import Testing

/// The largest difference of two arrays and the largest size of the second.
package func largestDifference(_ a: [Float], _ b: [Float]) -> (difference: Float, size: Float) {
  var difference: Float = 0
  var size: Float = 0
  for (x, y) in zip(a, b) {
    let gap = abs(x - y)
    difference = gap.isNaN ? .infinity : max(difference, gap)
    size = max(size, abs(y))
  }
  return (a.count == b.count ? difference : .infinity, size)
}

/// Expects max|a − b| ≤ max(absolute, relative · max|b|).
package func expectClose(
  _ a: [Float],
  _ b: [Float],
  absolute: Float,
  relative: Float = 0,
  _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let (difference, size) = largestDifference(a, b)
  let bound = max(absolute, relative * size)
  #expect(
    difference <= bound,
    "\(what): differs by \(difference), allowed \(bound)",
    sourceLocation: sourceLocation
  )
}
