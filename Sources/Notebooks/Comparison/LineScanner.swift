/// Divides a line of output into text, numbers and digests.
///
/// - A number may have a sign, thousands separators (`742,756`), a fraction and an exponent; `nan` and
///   `inf` are numbers. A unit may follow directly (`99.2%`, `64k`, `12ms`).
/// - Digits inside a word (`rse24`, `loss-2.png`), versions (`1.2.3`) and strings of digits that begin
///   with a 0 (`0110`) are text.
/// - Twelve or more hex digits are a digest, four or more after the word `weights` or `digest`.
/// - `24,480,96` is a list, since its last group is not a thousands group; `100,200` reads as one number.
struct LineScanner {
  static let shortestDigest = 12
  static let shortestNamedDigest = 4
  private static let wordsBeforeDigests = ["weights", "digest"].map { Array($0.utf8) }

  let bytes: [UInt8]
  private var position = 0
  private var result: [LineToken] = []
  private var text: [UInt8] = []
  private var lastWord: [UInt8] = []

  init(_ line: String) {
    let line = line.withoutOuterBlanks
    // Splitting into characters is slow, and few lines have a typographic minus sign.
    let isPlain = line.utf8.allSatisfy { $0 < 0x80 }
    let parts = isPlain ? [] : line.split(separator: "\u{2212}", omittingEmptySubsequences: false)
    bytes = Array((isPlain ? line : parts.joined(separator: "-")).utf8)
  }

  mutating func tokens() -> [LineToken] {
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isBlank {
        if text.last != .space { text.append(.space) }
        position += 1
      } else if byte.isWordByte {
        scanWord()
      } else if isSign(at: position), let end = numberEnd(from: position + 1) {
        addNumber(until: end)
      } else if byte == .dot {
        scanDots()
      } else {
        keep(until: position + 1)
        if byte != UInt8(ascii: ":") && byte != UInt8(ascii: "=") { lastWord = [] }
      }
    }
    flushText()
    return result
  }

  private mutating func scanWord() {
    let end = wordEnd(from: position)
    if let digest = digest(until: end) {
      flushText()
      result.append(digest)
      position = end
      lastWord = []
    } else if let end = numberEnd(from: position) {
      addNumber(until: end)
    } else if bytes[position].isDigit {
      lastWord = []
      keep(until: dottedEnd(from: end))
    } else {
      let end = nameEnd(from: end)
      lastWord = bytes[position..<end].map { $0 | 0x20 }
      keep(until: end)
    }
  }

  private mutating func scanDots() {
    let isAlone = position == 0 || !bytes[position - 1].isWordByte
    if isAlone, let end = numberEnd(from: position) {
      addNumber(until: end)
    } else {
      let end = bytes[position...].firstIndex { $0 != .dot }
      keep(until: end ?? bytes.count)
      lastWord = []
    }
  }

  private mutating func addNumber(until end: Int) {
    flushText()
    let written = String(decoding: bytes[position..<end], as: UTF8.self)
    let digits = bytes[position..<end].filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "+") }
    // A number too large or too small for a Double reads as infinite or zero.
    result.append(.number(Double(String(decoding: digits, as: UTF8.self)) ?? .nan, written))
    position = end
    lastWord = []
    if end < bytes.count, bytes[end].isWordByte { keep(until: nameEnd(from: wordEnd(from: end))) }
  }

  private mutating func keep(until end: Int) {
    text += bytes[position..<end]
    position = end
  }

  private mutating func flushText() {
    if !text.isEmpty { result.append(.text(String(decoding: text, as: UTF8.self))) }
    text = []
  }

  private func digest(until end: Int) -> LineToken? {
    let word = bytes[position..<end]
    let isNamed = Self.wordsBeforeDigests.contains(lastWord)
    let shortest = isNamed ? Self.shortestNamedDigest : Self.shortestDigest
    guard isDigest(position..<end, shortest: shortest) else { return nil }
    let mayBeNumber = !isNamed && word.allSatisfy(\.isDigit)
    return .digest(value: mayBeNumber ? Double(String(decoding: word, as: UTF8.self)) : nil)
  }

  /// Returns true if the word consists of hex digits only and is long enough.
  func isDigest(_ word: Range<Int>, shortest: Int = LineScanner.shortestDigest) -> Bool {
    word.count >= shortest && bytes[word].allSatisfy(\.isHexDigit)
      && !isFraction(at: word.upperBound)
  }
}
