/// Consecutive examples of one segment that are computed together: a leaf of the tree that sums a step's gradient.
package struct ExampleGroup: Hashable, Sendable {
  /// The index of the examples' segment.
  package let segment: Int
  /// The examples' indices in the whole layout.
  package let examples: Range<Int>
  /// The examples' rows in the whole layout.
  package let rows: Range<Int>
  /// The layout of these examples alone.
  package let layout: SequenceLayout

  /// Returns the group after that many examples of its length are inserted before it or, if negative, removed.
  package func moved(by examples: Int) -> ExampleGroup {
    let rows = examples * layout.segments[0].length
    return ExampleGroup(
      segment: segment,
      examples: self.examples.lowerBound + examples..<self.examples.upperBound + examples,
      rows: self.rows.lowerBound + rows..<self.rows.upperBound + rows,
      layout: layout
    )
  }
}

extension SequenceLayout {
  /// The rows of a group of short examples: enough work for the weights that it reads and the gradients that it adds
  /// to.
  package static let groupRows = 512
  /// The target number of groups of a large batch of one length; rounding may give almost twice as many.
  package static let mostGroups = 16

  /// The groups of the examples. They depend on the lengths and numbers of examples alone, so that gradients are summed
  /// in the same tree with any number of threads: neighbours first, then neighbouring pairs, and so on.
  package var groups: [ExampleGroup] {
    let most = max(Self.groupRows, rows / Self.mostGroups)
    var groups: [ExampleGroup] = []
    var firstExample = 0
    for (number, segment) in segments.enumerated() {
      let size = max(1, most / segment.length)
      for start in stride(from: 0, to: segment.batch, by: size) {
        let count = min(size, segment.batch - start)
        let row = segment.firstRow + start * segment.length
        groups.append(
          ExampleGroup(
            segment: number,
            examples: firstExample + start..<firstExample + start + count,
            rows: row..<row + count * segment.length,
            layout: SequenceLayout(length: segment.length, batch: count)
          )
        )
      }
      firstExample += segment.batch
    }
    return groups
  }

  /// One group of all examples, which have one length; for networks in which examples depend on each other.
  package var wholeGroup: ExampleGroup {
    precondition(segments.count == 1, "examples of one length")
    return ExampleGroup(segment: 0, examples: 0..<examples, rows: 0..<rows, layout: self)
  }

  /// Returns the number of groups that run on one thread each: whole rounds of all threads, and also the remaining
  /// groups if none of them has work for more threads than there are remaining groups. The others run one after another
  /// on all threads, as all groups do if `isLow` asks for the least memory.
  package static func sideBySide(_ groups: [ExampleGroup], isLow: Bool) -> Int {
    guard !isLow else { return 0 }
    let threads = WorkerPool.shared.threads
    let left = groups.count % threads
    let most = groups.suffix(left).map { min(threads, $0.rows.count / rowsOfThread) }.max() ?? 0
    return left >= most ? groups.count : groups.count - left
  }

  /// The number of rows of a group that keep one thread busy.
  private static let rowsOfThread = 256

  /// The weight of an example of each segment in the mean over segments of their examples' means.
  package var exampleWeights: [Double] {
    segments.map { 1 / (Double($0.batch) * Double(segments.count)) }
  }

  /// Returns the mean over segments of their examples' means, without examples that have no value; nil if none has one.
  package func mean(_ values: [Double?]) -> Double? {
    precondition(values.count == examples, "a value for each example")
    var first = 0
    let means = segments.compactMap { segment -> Double? in
      let own = values[first..<first + segment.batch].compactMap(\.self)
      first += segment.batch
      return own.isEmpty ? nil : own.reduce(0, +) / Double(own.count)
    }
    return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
  }
}
