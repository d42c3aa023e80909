/// Lines of comma-separated fields: quotes, doubled quotes, line ends of any system and a byte order mark.
///
/// The fields of one line are kept at a time, as bytes, so that a million lines cost no allocations.
package struct CSVReader {
  private let bytes: [UInt8]
  private var place: Int
  private var lineBreaks: Int
  /// The bytes of the fields of the line, one after another, and where each ends.
  private var content: [UInt8] = []
  private var ends: [Int] = []

  /// Of a line of more fields only so many and one are kept.
  package static let mostFields = 1000
  /// The line on which the last record began, from 1.
  package private(set) var line = 0
  /// Where the last record began.
  private(set) var start: Int
  /// Whether the text ended inside of quotes.
  package private(set) var isUnfinished = false

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    start = place
    lineBreaks = 0
  }

  /// Goes on where a line begins, from the line's number on.
  init(_ bytes: [UInt8], at start: Int, line: Int) {
    self.bytes = bytes
    place = start
    self.start = start
    lineBreaks = line - 1
  }

  /// The number of fields of the line.
  package var count: Int { ends.count }

  /// Goes to the next line that is not blank; false at the end.
  package mutating func next() -> Bool {
    while place < bytes.count {
      line = lineBreaks + 1
      start = place
      readLine()
      if count > 1 || !content.allSatisfy(Self.isBlank) { return true }
    }
    return false
  }

  /// A field of the line without blanks at its ends.
  package func text(_ field: Int) -> String {
    String(decoding: content[range(field)], as: UTF8.self)
  }

  /// All fields of the line without blanks at their ends; nil if the line is no text in UTF-8.
  package var texts: [String]? {
    let texts = (0..<count).map { String(validating: content[range($0)], as: UTF8.self) }
    return texts.contains(nil) ? nil : texts.compactMap { $0 }
  }

  /// The number that a field holds; nil for any other text.
  package func number(_ field: Int) -> Double? {
    let range = range(field)
    var value = 0
    // Whole numbers, which most fields are, up to a size that stays exact.
    guard (1...15).contains(range.count) else { return Double(text(field)) }
    for index in range {
      let digit = Int(content[index]) - Int(UInt8(ascii: "0"))
      guard (0...9).contains(digit) else { return Double(text(field)) }
      value = 10 * value + digit
    }
    return Double(value)
  }

  private func range(_ field: Int) -> Range<Int> {
    var start = field > 0 ? ends[field - 1] : 0
    var end = ends[field]
    while start < end && Self.isBlank(content[start]) { start += 1 }
    while start < end && Self.isBlank(content[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
  }

  private mutating func readLine() {
    content.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var isQuoted = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && place < bytes.count && bytes[place] == byte:
        content.append(byte)
        place += 1
      case UInt8(ascii: "\""):
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        endField()
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if byte == UInt8(ascii: "\r"), place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
          place += 1
        }
        lineBreaks += 1
        if isQuoted {
          content.append(UInt8(ascii: "\n"))
        } else {
          endField()
          return
        }
      default:
        content.append(byte)
      }
    }
    endField()
    isUnfinished = isQuoted
  }

  private mutating func endField() {
    if count <= Self.mostFields { ends.append(content.count) }
  }
}
