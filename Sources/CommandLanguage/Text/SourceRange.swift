/// A half-open range of UTF-8 offsets in a source text.
package struct SourceRange: Hashable, Sendable {
  /// The offset of the first byte.
  package let lower: Int

  /// The offset after the last byte.
  package let upper: Int

  /// Makes the range of the bytes `lower..<upper`.
  package init(_ lower: Int, _ upper: Int) {
    precondition(0 <= lower && lower <= upper, "a source range must not be reversed")
    self.lower = lower
    self.upper = upper
  }

  /// Whether the range holds no byte.
  package var isEmpty: Bool { lower == upper }

  /// The smallest range that covers both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A place in a source text as people count: both numbers start at 1.
package struct SourcePosition: Hashable, Sendable {
  /// The line.
  package let line: Int

  /// The column, counted in characters.
  package let column: Int
}
