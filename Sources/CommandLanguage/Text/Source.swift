/// A named text with a table of its lines.
package struct Source: Sendable {
  /// The name of the text in diagnostics, such as a file name; empty for text without one.
  package let name: String

  /// The text.
  package let text: String

  /// The number of the first line; more than 1 if the text is a part of a file.
  package let firstLine: Int

  let bytes: [UInt8]
  private let lineStarts: [UInt32]

  /// Makes a source and finds its lines.
  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    bytes = Array(text.utf8)
    precondition(bytes.count < UInt32.max, "a text of less than four gigabytes")
    var starts: [UInt32] = [0]
    starts.reserveCapacity(1 + bytes.count { $0 == ASCII.newline })
    for (offset, byte) in bytes.enumerated() where byte == ASCII.newline {
      starts.append(UInt32(offset + 1))
    }
    lineStarts = starts
  }

  /// Returns the index, from 0, of the line that contains an offset.
  package func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Returns the range of a line, given its index from 0, without its line break.
  package func range(ofLine index: Int) -> SourceRange {
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : bytes.count
    if end > start, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
    return SourceRange(start, end)
  }

  private static let longestCounted = 10_000

  /// Returns the line and column of an offset.
  package func position(of offset: Int) -> SourcePosition {
    let clamped = min(max(offset, 0), bytes.count)
    let index = lineIndex(at: clamped)
    // Far from the start of a line, scalars are counted instead: good enough there, and faster.
    let start = Int(lineStarts[index])
    let near = min(clamped, start + Self.longestCounted)
    let before = text(in: SourceRange(start, near)).count
    let beyond = bytes[near..<clamped].count { $0 & 0xC0 != 0x80 }
    return SourcePosition(line: firstLine + index, column: before + beyond + 1)
  }

  /// Returns the text of a range, which is clamped to the source.
  package func text(in range: SourceRange) -> String {
    let upper = min(range.upper, bytes.count)
    let lower = min(range.lower, upper)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
