/// A named text with a table of its lines.
package struct Source: Sendable {
  /// What diagnostics call the text, such as a file name; empty for text without one.
  package let name: String

  /// The text.
  package let text: String

  /// The number of the first line, more than 1 when the text is a part of a file.
  package let firstLine: Int

  let bytes: [UInt8]
  private let lineStarts: [Int]

  /// Makes a source and finds its lines.
  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == ASCII.newline {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// How many lines there are; a final newline does not start another one.
  package var lineCount: Int {
    guard let last = lineStarts.last, last == bytes.count, lineStarts.count > 1 else {
      return lineStarts.count
    }
    return lineStarts.count - 1
  }

  /// The index, from 0, of the line that holds an offset.
  package func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line, given its index from 0, without its line break.
  package func range(ofLine index: Int) -> SourceRange {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
    return SourceRange(start, end)
  }

  /// The line and column of an offset.
  package func position(of offset: Int) -> SourcePosition {
    let clamped = min(max(offset, 0), bytes.count)
    let index = lineIndex(at: clamped)
    let before = text(in: SourceRange(lineStarts[index], clamped))
    return SourcePosition(line: firstLine + index, column: before.count + 1)
  }

  /// The text of a range; parts outside the source are left out.
  package func text(in range: SourceRange) -> String {
    let upper = min(range.upper, bytes.count)
    let lower = min(range.lower, upper)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
