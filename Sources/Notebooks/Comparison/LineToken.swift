/// A token of an output line, as the comparison across machines distinguishes them.
enum LineToken: Equatable {
  /// Any other text, with runs of blanks collapsed to one space.
  case text(String)
  /// A number, and its text.
  case number(Double, String)
  /// A hex digest; `value` is its numeric value if it is all decimal digits and may be a number after all.
  case digest(value: Double?)

  /// Divides an output line into tokens.
  static func tokens(of line: String) -> [LineToken] {
    var scanner = LineScanner(line)
    return scanner.tokens()
  }
}
