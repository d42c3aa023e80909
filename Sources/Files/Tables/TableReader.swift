/// The lines of a text table whose first line names the columns.
///
/// Values are separated by commas, semicolons or tabs, whichever is the most frequent in the header line, or else by
/// blanks. They may be in double quotes, where a doubled quote means one. Lines that begin with `#` are comments,
/// except the header line. Lines may end as on any system. Unless commas separate values, numbers may have decimal
/// commas. Only the fields of the current line are stored, as bytes, so that a million lines cost no allocations.
package struct TableReader {
  private let bytes: [UInt8]
  private var place: Int
  private var lineBreaks = 0
  private var separator: Separator = .comma
  /// True if quotes have a meaning; false once one was found that is never closed.
  private var hasQuotes = true
  /// The concatenated bytes of the line's fields, and the end of each field.
  private var content: [UInt8] = []
  private var ends: [Int] = []

  /// The names of the columns as written.
  package private(set) var names: [String] = []
  /// The names of the columns in lower case.
  package private(set) var columns: [String] = []
  /// The number of the line on which the last record began, from 1.
  package private(set) var line = 0
  /// Remarks on what was read differently from how it is written.
  package private(set) var remarks = LineRemarks()

  /// The maximum number of fields; of a line with more, one more is stored.
  private static let mostFields = 1000

  private enum Separator: UInt8, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case blank = 0x20
  }

  /// Reads the header line.
  ///
  /// - Returns: nil if all lines are blank.
  package init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: TextLine.mark) ? TextLine.mark.count : 0
    guard readNames() else { return nil }
  }

  /// True if commas separate values, so that numbers have decimal points.
  package var isPartedByCommas: Bool { separator == .comma }

  /// The number of fields in the line.
  package var count: Int { ends.count }

  /// Returns the column of the first of the names that exists.
  package func column(_ names: [String]) -> Int? {
    names.lazy.compactMap { columns.firstIndex(of: $0) }.first
  }

  /// Moves on to the next line that is neither blank nor a comment; returns false at the end.
  package mutating func next() -> Bool {
    while nextLine() {
      if content.first != UInt8(ascii: "#") { return true }
    }
    return false
  }

  /// Returns a field of the line, trimmed; empty if the line has no such field.
  package func text(_ field: Int) -> String {
    String(decoding: content[range(field)], as: UTF8.self)
  }

  /// Returns true if a field of the line is empty.
  package func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

  /// Returns the finite number in a field, or nil for any other text.
  package func number(_ field: Int) -> Double? {
    let range = range(field)
    var value = 0
    // Integers, which most fields are, up to a size that stays exact.
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

  /// True if the commas of the line may be both decimal commas and separators: it has more values than there are
  /// columns, at most two for each, all of them integers.
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

  /// Finds and reads the header line, which may be a comment.
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
        // The line begins with a number: the names are in the comment above it.
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
    // A comment sign on its own is not a name.
    if separator == .blank, names.first == "" { names.removeFirst() }
    columns = names.map { $0.lowercased() }
    return true
  }

  /// The separator that spreadsheets declare on a separate line, such as `sep=;`.
  private var declaredSeparator: Separator? {
    let text = String(decoding: content, as: UTF8.self).lowercased()
    guard text.hasPrefix("sep=") else { return nil }
    // The separator itself may have ended the field.
    return text.utf8.count == 5 ? text.utf8.last.flatMap(Separator.init) : separator
  }

  /// Chooses the most frequent separator of the line.
  private mutating func choose(separatorOf start: Int) {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var at = start
    var hasContent = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        // Blank lines before the header line are skipped.
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

  /// Moves on to the next line that is not blank.
  private mutating func nextLine() -> Bool {
    while place < bytes.count {
      let start = (place: place, lineBreaks: lineBreaks)
      line = lineBreaks + 1
      if !readLine() {
        // The quote is never closed: it is an ordinary character.
        hasQuotes = false
        (place, lineBreaks) = start
        remarks.change(line, "a quote that nothing closes is taken as a sign like others")
        _ = readLine()
      }
      if count > 1 || !content.allSatisfy(Self.isBlank) { return true }
    }
    return false
  }

  /// Reads the fields of a line; returns false if a quote is never closed.
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
        // Consecutive blanks separate two values as one does.
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

  /// True if the field so far is blank.
  private var isAtFieldStart: Bool {
    content[(ends.last ?? 0)...].allSatisfy(Self.isBlank)
  }

  private mutating func endField() {
    // Blanks at the end of a line separate nothing.
    if separator == .blank, isAtFieldStart, !ends.isEmpty { return }
    if count <= Self.mostFields { ends.append(content.count) }
  }
}
