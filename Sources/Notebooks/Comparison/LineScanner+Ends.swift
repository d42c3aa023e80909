extension UInt8 {
  static let dot = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")

  var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}

/// The ends of a line's tokens, as byte indices.
extension LineScanner {
  private static let numberWords = ["nan", "inf", "infinity"].map { Array($0.utf8) }
  private static let endsOfOperands = Array(")]%.".utf8)

  /// Returns the end of the number that begins at `start`, after any sign; nil if there is none.
  func numberEnd(from start: Int) -> Int? {
    let word = bytes[start..<wordEnd(from: start)]
    // Setting this bit turns letters into lower case and leaves digits unchanged.
    if Self.numberWords.contains(where: { $0.elementsEqual(word) { $0 == $1 | 0x20 } }) {
      return word.endIndex
    }
    let whole = digitsEnd(from: start)
    if whole == start && !isFraction(at: start) { return nil }
    if whole - start > 1 && bytes[start] == UInt8(ascii: "0") { return nil }
    var end = groupsEnd(from: start, firstEnd: whole)
    if isFraction(at: end) {
      end = digitsEnd(from: end + 1)
      if isFraction(at: end) { return nil }
    }
    return exponentEnd(from: end) ?? end
  }

  /// Returns the end of the letters, digits and underscores at `start`.
  func wordEnd(from start: Int) -> Int {
    bytes[start...].firstIndex { !$0.isWordByte } ?? bytes.count
  }

  /// Returns the end of a name whose first word ends at `end`: words joined by `-`, `.` or `/`.
  func nameEnd(from end: Int) -> Int {
    var end = end
    while end + 1 < bytes.count, bytes[end + 1].isWordByte,
      [UInt8(ascii: "-"), .dot, UInt8(ascii: "/")].contains(bytes[end])
    {
      let next = wordEnd(from: end + 1)
      if isDigest(end + 1..<next) { break }
      end = next
    }
    return end
  }

  /// Returns the end of a version or the like whose first word ends at `end`: words joined by dots.
  func dottedEnd(from end: Int) -> Int {
    var end = end
    while isFraction(at: end) { end = wordEnd(from: end + 1) }
    return end
  }

  /// Returns true for a `-` or `+` that is the sign of a number, not an operator between two operands.
  func isSign(at position: Int) -> Bool {
    guard position + 1 < bytes.count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    else { return false }
    guard position > 0 else { return true }
    let previous = bytes[position - 1]
    return !previous.isWordByte && !Self.endsOfOperands.contains(previous)
  }

  /// Returns true if `position` has a dot followed by a digit.
  func isFraction(at position: Int) -> Bool {
    position + 1 < bytes.count && bytes[position] == .dot && bytes[position + 1].isDigit
  }

  private func digitsEnd(from start: Int) -> Int {
    bytes[start...].firstIndex { !$0.isDigit } ?? bytes.count
  }

  private func groupsEnd(from start: Int, firstEnd: Int) -> Int {
    guard 1...3 ~= firstEnd - start, bytes[start] != UInt8(ascii: "0") else { return firstEnd }
    var end = firstEnd
    while end < bytes.count, bytes[end] == .comma, digitsEnd(from: end + 1) == end + 4 { end += 4 }
    let isList = end + 1 < bytes.count && bytes[end] == .comma && bytes[end + 1].isDigit
    return isList ? firstEnd : end
  }

  private func exponentEnd(from position: Int) -> Int? {
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
    var start = position + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "+") {
      start += 1
    }
    let end = digitsEnd(from: start)
    return end > start && wordEnd(from: end) == end ? end : nil
  }
}
