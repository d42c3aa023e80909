/// The form of a text: tokens separated by whitespace, as in the published files of LAMBADA, or ordinary prose.
package enum TextForm: String, Sendable {
  case divided
  case undivided

  /// The number of lines at the beginning of a file that decide its form.
  package static let lines = 1000
  /// The share of words with capitals tolerated, as slips, in a divided text, which is in lower case throughout.
  private static let mostCapitals = 0.01

  /// Infers the form of a text from some of its lines: in undivided text, punctuation is attached to words, and words
  /// have capitals.
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
