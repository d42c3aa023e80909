/// A half-open range of UTF-8 offsets in a source text.
package struct SourceRange: Hashable, Sendable {
  /// The offset of the first byte.
  package var lower: Int { Int(start) }

  /// The offset after the last byte.
  package var upper: Int { Int(end) }

  private let start: UInt32
  private let end: UInt32

  /// Makes the range of the bytes `lower..<upper` of a text of less than four gigabytes.
  package init(_ lower: Int, _ upper: Int) {
    precondition(0 <= lower && lower <= upper, "a source range must not be reversed")
    start = UInt32(lower)
    end = UInt32(upper)
  }

  /// Whether the range holds no byte.
  package var isEmpty: Bool { lower == upper }

  /// The part of the range that is not further than some bytes from an offset in it.
  func clamped(around offset: Int, by distance: Int) -> SourceRange {
    SourceRange(max(lower, offset - distance), min(upper, offset + distance))
  }

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
