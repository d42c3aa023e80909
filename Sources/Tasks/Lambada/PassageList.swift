import Words

/// Passages as word numbers, one after another; the last word of each is its answer.
package struct PassageList: Sendable {
  private(set) var words: [UInt32] = []
  private var ends: [Int] = []

  /// The number of passages.
  package var count: Int { ends.count }

  /// Returns the words of a passage.
  package subscript(index: Int) -> ArraySlice<UInt32> {
    words[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  mutating func append(_ passage: some Sequence<UInt32>) {
    words.append(contentsOf: passage)
    ends.append(words.count)
  }
}

extension ArraySlice<UInt32> {
  /// True if the last word has occurred before, so that it can be pointed at.
  package var isAnswerable: Bool { last.map { dropLast().contains($0) } ?? false }
}
