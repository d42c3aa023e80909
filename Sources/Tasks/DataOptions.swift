/// Where the blanks of training examples stand. Those of test examples stand at the end.
package enum Padding: String, CaseIterable, Sendable {
  case end
  case front
  case dispersed
}

/// How training examples are made, beside their task and their lengths.
package struct DataOptions: Hashable, Sendable {
  package var padding = Padding.end
  /// Different inputs of each requested length in a finite set; nil for endless data.
  package var count: Int?
  /// The share of inputs of hard kinds, see `GeneratedTask.hardKinds`.
  package var hard: Double

  package init(padding: Padding = .end, count: Int? = nil, hard: Double = 0) {
    self.padding = padding
    self.count = count
    self.hard = hard
  }

  /// The most inputs of a length, and of all requested lengths together.
  package static let largestCount = 10_000_000
  package static let largestTotal = 1 << 24
}
