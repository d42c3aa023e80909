/// Consecutive examples of one segment that are computed together: a leaf of the tree in which the gradient of a
/// step is summed.
package struct ExampleGroup: Hashable, Sendable {
  /// The number of the segment they belong to.
  package let segment: Int
  /// The examples among those of the layout.
  package let examples: Range<Int>
  /// Their positions among those of the layout.
  package let rows: Range<Int>
  /// The examples by themselves.
  package let layout: SequenceLayout

  /// The group where examples of its length were put before all, or taken away.
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
  /// Positions of a group, where examples are short: enough for the weights that it reads and the gradients that
  /// it adds to.
  package static let groupRows = 512
  /// Groups of a batch of one length at most, unless examples are fewer.
  package static let mostGroups = 16

  /// The examples in groups. They depend on the lengths and numbers of examples alone, so that any number of threads
  /// adds up gradients in one tree: neighbours first, then neighbouring pairs, and so on.
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

  /// All examples in one group, for networks in which they see each other; they have one length.
  package var wholeGroup: ExampleGroup {
    precondition(segments.count == 1, "examples of one length")
    return ExampleGroup(segment: 0, examples: 0..<examples, rows: 0..<rows, layout: self)
  }

  /// How many of the groups run on a thread each: whole rounds of all threads, and the groups that are left over, too, if
  /// one group has not work for more threads than there are such groups. The others run one after another on all threads,
  /// as all do where as little memory is to be used as possible.
  package static func sideBySide(_ groups: [ExampleGroup], isLow: Bool) -> Int {
    guard !isLow else { return 0 }
    let threads = WorkerPool.shared.threads
    let left = groups.count % threads
    let most = groups.suffix(left).map { min(threads, $0.rows.count / rowsOfThread) }.max() ?? 0
    return left >= most ? groups.count : groups.count - left
  }

  /// Positions of a group that give one thread enough to do.
  private static let rowsOfThread = 256

  /// What an example of each segment counts in a mean over the segments of the means over their examples.
  package var exampleWeights: [Double] {
    segments.map { 1 / (Double($0.batch) * Double(segments.count)) }
  }

  /// The mean over the segments of the means over their examples, of those that have a value; nil if none has.
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
