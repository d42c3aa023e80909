/// The placement of the padding in training examples; in test examples it is at the end.
package enum Padding: String, CaseIterable, Sendable {
  case end
  case front
  case dispersed
}

/// The options by which training examples are made, besides their task and lengths.
package struct DataOptions: Hashable, Sendable {
  package var padding = Padding.end
  /// The number of different inputs of each requested length in a finite set; nil for endless data.
  package var count: Int?
  /// The fraction of inputs of hard kinds, see `GeneratedTask.hardKinds`.
  package var hard: Double

  package init(padding: Padding = .end, count: Int? = nil, hard: Double = 0) {
    self.padding = padding
    self.count = count
    self.hard = hard
  }

  /// The maximum number of inputs of a length, and of all requested lengths together.
  package static let largestCount = 10_000_000
  package static let largestTotal = 1 << 24
}
