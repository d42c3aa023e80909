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

  /// True if the range is empty.
  package var isEmpty: Bool { lower == upper }

  /// Returns the part of the range within a distance, in bytes, of an offset in it.
  func clamped(around offset: Int, by distance: Int) -> SourceRange {
    SourceRange(max(lower, offset - distance), min(upper, offset + distance))
  }

  /// Returns the smallest range that covers both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A place in a source text as people count: line and column start at 1.
package struct SourcePosition: Hashable, Sendable {
  /// The line.
  package let line: Int

  /// The column, counted in characters.
  package let column: Int
}
