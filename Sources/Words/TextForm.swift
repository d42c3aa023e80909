/// Whether the words and signs of a text are parted by blanks, as in the published files of LAMBADA.
package enum TextForm: String, Sendable {
  case divided
  case undivided

  /// So many lines at the beginning of a file decide.
  package static let lines = 1000
  /// A divided text has lower case throughout; this share of words with capitals is let pass, for slips.
  private static let mostCapitals = 0.01

  /// Finds out the form of a text from lines of it: in undivided text signs hang on words, and words have capitals.
  package init(of lines: some Sequence<String>) {
    var (words, alone, hanging, capitals) = (0, 0, 0, 0)
    for line in lines {
      let own = line.split(whereSeparator: \.isWhitespace)
      words += own.count
      capitals += own.count { $0.contains(where: \.isUppercase) }
      alone += own.count { !$0.contains { $0.isLetter || $0.isNumber } }
      hanging += max(0, WordTokenizer.words(of: line).count - own.count)
    }
    let isLower = Double(capitals) <= Self.mostCapitals * Double(words)
    self = isLower && hanging <= alone ? .divided : .undivided
  }
}
