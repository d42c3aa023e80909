import Wiring

/// The arrangement of sequences of several lengths in one array of rows: one segment per length, longest first, each
/// with its examples one after another.
package struct SequenceLayout: Hashable, Sendable {
  /// The examples of one length.
  package struct Segment: Hashable, Sendable {
    /// The number of positions of each example, a power of two.
    package let length: Int
    /// The number of examples.
    package let batch: Int
    /// The first row of the segment in the array.
    package let firstRow: Int

    /// b = log2(length): the number of bits of a position.
    package var levels: Int { length.trailingZeroBitCount }
    /// The number of rows of the segment.
    package var rows: Int { length * batch }
  }

  package let segments: [Segment]
  /// The number of rows of all segments, T = Σ batch · length.
  package let rows: Int

  /// - Parameter sizes: the length (a power of two, at least 2) and number of examples of each segment, in any order.
  package init(_ sizes: [(length: Int, batch: Int)]) {
    var segments: [Segment] = []
    var row = 0
    for (length, batch) in sizes.sorted(by: { $0.length > $1.length }) {
      precondition(length >= 2 && length & (length - 1) == 0, "length \(length) is a power of two")
      precondition(batch > 0, "a segment has examples")
      segments.append(Segment(length: length, batch: batch, firstRow: row))
      row += length * batch
    }
    self.segments = segments
    rows = row
  }

  /// Creates a layout of one segment.
  package init(length: Int, batch: Int) {
    self.init([(length, batch)])
  }

  /// Returns the layout of the segments longer than 2^level.
  package func longer(thanLevel level: Int) -> SequenceLayout {
    SequenceLayout(segments.filter { $0.levels > level }.map { ($0.length, $0.batch) })
  }

  /// log2 of the longest length.
  package var levels: Int { segments.first?.levels ?? 0 }

  /// The number of examples of all segments.
  package var examples: Int { segments.reduce(0) { $0 + $1.batch } }

  /// The length of each example, longest first.
  package var lengths: [Int] {
    segments.flatMap { Array(repeating: $0.length, count: $0.batch) }
  }
}

extension Shuffle {
  /// Returns the runs of an example's pairs whose two destinations advance by a constant stride.
  ///
  /// Pair p holds positions 2p and 2p + 1 before the shuffle. A run gives the positions of its first pair after the
  /// shuffle, and the number of positions that each further pair advances.
  package func runs(length n: Int) -> [PairRun] {
    switch self {
    case .none: [PairRun(pairs: 0..<n / 2, first: 0, second: 1, stride: 2)]
    case .left: [PairRun(pairs: 0..<n / 2, first: 0, second: n / 2, stride: 1)]
    case .right where n >= 4:
      [
        PairRun(pairs: 0..<n / 4, first: 0, second: 2, stride: 4),
        PairRun(pairs: n / 4..<n / 2, first: 1, second: 3, stride: 4),
      ]
    case .right: [PairRun(pairs: 0..<n / 2, first: 0, second: 1, stride: 2)]
    }
  }
}

/// A run of pairs and their positions after a shuffle; see `Shuffle.runs(length:)`.
package struct PairRun: Hashable, Sendable {
  package let pairs: Range<Int>
  package let first: Int
  package let second: Int
  package let stride: Int
}
