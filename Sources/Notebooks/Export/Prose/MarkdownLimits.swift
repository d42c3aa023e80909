/// The limits on some Markdown within which parsing and rendering take time and memory in proportion to its size.
///
/// A few constructions, which nobody writes by hand, cost the parser the square of their size: thousands
/// of brackets or columns in one paragraph, and short references to a long definition.
struct MarkdownLimits {
  static let longestParagraph = 64 << 10
  static let mostColumns = 500
  static let mostTableCells = 1 << 18
  static let deepestNesting = 200
  static let largestExpansion = 1 << 25

  private var isWithin = true
  private var paragraph = 0
  private var lines = 0
  private var columns = 0
  private var references = 0
  private var longestDefinition = 0
  private var hasDefinition = false

  /// Returns true if the text is within all limits.
  static func allow(_ text: String) -> Bool {
    var limits = MarkdownLimits()
    for line in text.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false) {
      limits.add(line)
      if !limits.isWithin { return false }
    }
    limits.endParagraph()
    return limits.isWithin
  }

  private mutating func add(_ line: Substring.UTF8View) {
    if line.allSatisfy(\.isBlank) { return endParagraph() }
    var previous: UInt8 = 0
    var pipes = 0
    for byte in line {
      if byte == UInt8(ascii: "|") { pipes += 1 }
      if byte == UInt8(ascii: "[") { references += 1 }
      if byte == UInt8(ascii: ":"), previous == UInt8(ascii: "]") { hasDefinition = true }
      previous = byte
    }
    paragraph += line.count + 1
    lines += 1
    columns = max(columns, pipes)
    isWithin =
      paragraph <= Self.longestParagraph && columns <= Self.mostColumns
      && columns * lines <= Self.mostTableCells && Self.nesting(of: line) <= Self.deepestNesting
  }

  private mutating func endParagraph() {
    if hasDefinition { longestDefinition = max(longestDefinition, paragraph) }
    isWithin = isWithin && longestDefinition * references <= Self.largestExpansion
    (paragraph, lines, columns, hasDefinition) = (0, 0, 0, false)
  }

  /// Returns the number of quote and list marks that begin the line, or more.
  private static func nesting(of line: Substring.UTF8View) -> Int {
    let marks = Set(">-+*.)".utf8)
    return line.prefix { $0.isBlank || $0.isDigit || marks.contains($0) }.count(
      where: marks.contains
    )
  }
}
