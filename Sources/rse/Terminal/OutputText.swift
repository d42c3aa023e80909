import TerminalPictures

/// How a terminal shows a line of output; in a pipe or a file it stays as it is.
enum OutputText {
  /// The line with the switches of a network in colours, and in ASCII where the terminal shows nothing else.
  static func shown(_ line: String) -> String {
    guard Terminal.outputIsTerminal else { return line }
    return shown(line, hasColor: Terminal.outputHasColor, isUTF8: Terminal.isUTF8)
  }

  static func shown(_ line: String, hasColor: Bool, isUTF8: Bool) -> String {
    var text = line
    if hasColor, line.contains("┬") || line.contains("┴") {
      for (sign, color) in colors {
        text = text.replacing(sign, with: "\u{1B}[\(color)m\(sign)\u{1B}[0m")
      }
    }
    return isUTF8 ? text : text.inASCII
  }

  /// Signs that stand out: switches that cross, that are blocked, that are asked for.
  private static let colors = [
    ("┬╲╱┬", "35"), ("┴╱╲┴", "35"), ("┬!!┬", "1;31"), ("┴!!┴", "1;31"), ("┬??┬", "7"),
    ("┴??┴", "7"),
  ]
}
