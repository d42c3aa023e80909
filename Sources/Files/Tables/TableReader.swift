/// The lines of a table of text: its first line names the columns.
///
/// Values are parted by commas, semicolons or tabs, whichever the line of names has most of, or else by blanks. They
/// may stand in double quotes, a doubled quote inside standing for one. Lines that begin with `#` are comments, but the
/// one of the names, and lines end as on any system. Where values are not parted by commas, numbers may have decimal
/// commas. The fields of one line are kept at a time, as bytes, so that a million lines cost no allocations.
package struct TableReader {
  private let bytes: [UInt8]
  private var place: Int
  private var lineBreaks = 0
  private var separator: Separator = .comma
  /// Whether quotes mean something; not once one was found that nothing closes.
  private var hasQuotes = true
  /// The bytes of the fields of the line, one after another, and where each ends.
  private var content: [UInt8] = []
  private var ends: [Int] = []

  /// The names of the columns as they stand there.
  package private(set) var names: [String] = []
  /// The names of the columns in lower case.
  package private(set) var columns: [String] = []
  /// The line on which the last record began, from 1.
  package private(set) var line = 0
  /// What was read in another way than it stands there.
  package private(set) var remarks = LineRemarks()

  /// Of a line of more fields only so many and one are kept.
  private static let mostFields = 1000

  private enum Separator: UInt8, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case blank = 0x20
  }

  /// Reads the line of names.
  ///
  /// - Returns: nil if there is no line that is not blank.
  package init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: TextLine.mark) ? TextLine.mark.count : 0
    guard readNames() else { return nil }
  }

  /// Whether commas part values, so that numbers have decimal points.
  package var isPartedByCommas: Bool { separator == .comma }

  /// The number of fields of the line.
  package var count: Int { ends.count }

  /// The column of one of the names; the first that is there counts.
  package func column(_ names: [String]) -> Int? {
    names.lazy.compactMap { columns.firstIndex(of: $0) }.first
  }

  /// Goes to the next line that is neither blank nor a comment; false at the end.
  package mutating func next() -> Bool {
    while nextLine() {
      if content.first != UInt8(ascii: "#") { return true }
    }
    return false
  }

  /// A field of the line without blanks at its ends; an empty one where the line has no such field.
  package func text(_ field: Int) -> String {
    String(decoding: content[range(field)], as: UTF8.self)
  }

  /// Whether a field of the line holds nothing.
  package func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

  /// The finite number that a field holds; nil for any other text.
  package func number(_ field: Int) -> Double? {
    let range = range(field)
    var value = 0
    // Whole numbers, which most fields are, up to a size that stays exact.
    guard (1...15).contains(range.count) else { return decimal(field) }
    for index in range {
      let digit = Int(content[index]) - Int(UInt8(ascii: "0"))
      guard (0...9).contains(digit) else { return decimal(field) }
      value = 10 * value + digit
    }
    return Double(value)
  }

  private func decimal(_ field: Int) -> Double? {
    var text = text(field)
    if separator != .comma, !text.contains(".") { text = text.replacing(",", with: ".") }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether the commas of the line may stand in numbers as well as between them: it has more values than there are
  /// columns, at most two for each, all of them whole numbers.
  package var mayHaveDecimalCommas: Bool {
    guard separator == .comma, count > columns.count, count <= 2 * columns.count else {
      return false
    }
    return (0..<count).allSatisfy { number($0).map { $0 == $0.rounded() } == true }
  }

  private func range(_ field: Int) -> Range<Int> {
    guard field < ends.count else { return 0..<0 }
    var start = field > 0 ? ends[field - 1] : 0
    var end = ends[field]
    while start < end && Self.isBlank(content[start]) { start += 1 }
    while start < end && Self.isBlank(content[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
  }

  // MARK: Names

  /// Finds the line of names, which a comment may be, and takes it.
  private mutating func readNames() -> Bool {
    var comment: (place: Int, lineBreaks: Int)?
    while true {
      let start = (place: place, lineBreaks: lineBreaks)
      choose(separatorOf: start.place)
      guard nextLine() else { return false }
      if let separator = declaredSeparator {
        self.separator = separator
        guard nextLine() else { return false }
      } else if content.first == UInt8(ascii: "#") {
        comment = start
        continue
      } else if let comment, number(0) != nil {
        // The line begins with a number: the names stand in the comment above it.
        (place, lineBreaks) = comment
        choose(separatorOf: place)
        guard nextLine() else { return false }
      }
      break
    }
    names = (0..<count).map { field in
      let name = text(field)
      return field == 0
        ? String(name.drop { $0 == "#" || $0.isWhitespace }) : name
    }
    // A sign of a comment that stands alone is no name.
    if separator == .blank, names.first == "" { names.removeFirst() }
    columns = names.map { $0.lowercased() }
    return true
  }

  /// The separator that spreadsheets name in a line of its own, such as `sep=;`.
  private var declaredSeparator: Separator? {
    let text = String(decoding: content, as: UTF8.self).lowercased()
    guard text.hasPrefix("sep=") else { return nil }
    // The separator itself may have ended the field.
    return text.utf8.count == 5 ? text.utf8.last.flatMap(Separator.init) : separator
  }

  /// Takes the sign that the line has most of.
  private mutating func choose(separatorOf start: Int) {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var at = start
    var hasContent = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        // Blank lines in front of the names are passed over.
        if hasContent, !isQuoted { break }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted {
        hasContent = hasContent || !Self.isBlank(byte)
        counts[byte, default: 0] += 1
      }
      at += 1
    }
    let strong = Separator.allCases.dropLast().max {
      counts[$0.rawValue, default: 0] < counts[$1.rawValue, default: 0]
    }
    separator =
      strong.flatMap { counts[$0.rawValue] == nil ? nil : $0 }
      ?? (counts[Separator.blank.rawValue] == nil ? .comma : .blank)
  }

  // MARK: Lines

  /// Goes to the next line that is not blank.
  private mutating func nextLine() -> Bool {
    while place < bytes.count {
      let start = (place: place, lineBreaks: lineBreaks)
      line = lineBreaks + 1
      if !readLine() {
        // Nothing closes a quote: it is a sign like others.
        hasQuotes = false
        (place, lineBreaks) = start
        remarks.change(line, "a quote that nothing closes is taken as a sign like others")
        _ = readLine()
      }
      if count > 1 || !content.allSatisfy(Self.isBlank) { return true }
    }
    return false
  }

  /// Takes the fields of a line; false where a quote is never closed.
  private mutating func readLine() -> Bool {
    content.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var isQuoted = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if place < bytes.count, bytes[place] == byte {
          content.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      case UInt8(ascii: "\"") where hasQuotes && isAtFieldStart:
        isQuoted = true
      case separator.rawValue where !isQuoted:
        // Several blanks part two values as one does.
        if separator != .blank || !isAtFieldStart { endField() }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if byte == UInt8(ascii: "\r"), place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
          place += 1
        }
        lineBreaks += 1
        if isQuoted {
          content.append(UInt8(ascii: "\n"))
        } else {
          endField()
          return true
        }
      default:
        content.append(byte)
      }
    }
    endField()
    return !isQuoted
  }

  /// Whether nothing but blanks is in the field so far.
  private var isAtFieldStart: Bool {
    content[(ends.last ?? 0)...].allSatisfy(Self.isBlank)
  }

  private mutating func endField() {
    // Blanks at the end of a line part nothing.
    if separator == .blank, isAtFieldStart, !ends.isEmpty { return }
    if count <= Self.mostFields { ends.append(content.count) }
  }
}
