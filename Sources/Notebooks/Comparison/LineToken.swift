/// A piece of a line of output, as far as comparison across machines cares.
enum LineToken: Equatable {
  /// Anything else, runs of blanks collapsed to one space.
  case text(String)
  /// A number, and how it is written.
  case number(Double, String)
  /// A hex digest; `value` if it is all decimal digits and so may be a number after all.
  case digest(value: Double?)

  /// Divides a line of output.
  static func tokens(of line: String) -> [LineToken] {
    var scanner = LineScanner(line)
    return scanner.tokens()
  }
}
