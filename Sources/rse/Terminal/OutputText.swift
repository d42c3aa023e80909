import CommandLanguage
import Notebooks
import Processes
import TerminalPictures

/// The form of an output line on a terminal; in a pipe or a file it stays unchanged.
enum OutputText {
  /// Returns the line with its shades and a network's switches in colours, and in ASCII if the terminal shows nothing
  /// else.
  static func shown(_ line: OutputLine) -> String {
    guard Terminal.outputIsTerminal else { return line.text }
    let text = shown(line, hasColor: Terminal.outputHasColor, isUTF8: Terminal.isUTF8)
    // A launcher may give its processes terminals of their own, and forward their output anywhere.
    let isBroken = text == line.text && !ProcessGroup.current.isLaunched
    return isBroken ? broken(text, width: Terminal.width) : text
  }

  /// Returns a message for standard error, broken between words on a terminal.
  static func broken(_ message: String) -> String {
    guard Terminal.errorIsTerminal, !ProcessGroup.current.isLaunched else { return message }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { broken(String($0), width: Terminal.width) }.joined(separator: "\n")
  }

  /// Returns a line broken between words if it is wider than the terminal; aligned columns stay.
  static func broken(_ line: String, width: Int) -> String {
    guard width > 20, DisplayWidth.columns(of: line) > width, !line.contains("  "),
      !line.hasPrefix(" ")
    else { return line }
    let words = line.split(separator: " ").map(String.init)
    return TextLayout.wrap(words, width: width, hanging: 2).joined(separator: "\n")
  }

  static func shown(_ line: OutputLine, hasColor: Bool, isUTF8: Bool) -> String {
    var text = hasColor ? line.shades.isEmpty ? styled(line) : shaded(line) : line.text
    if hasColor, line.text.contains("┬") || line.text.contains("┴") {
      for (sign, color) in colors {
        text = text.replacing(sign, with: "\u{1B}[\(color)m\(sign)\u{1B}[0m")
      }
    }
    return isUTF8 ? text : text.inASCII
  }

  /// Black on colours from the 256-colour palette, from the faintest shade to the strongest.
  private static let shades = [(0.01, 230), (0.03, 229), (0.1, 221), (0.3, 214), (0.6, 208)]

  /// Returns the line with its shades.
  private static func shaded(_ line: OutputLine) -> String {
    let bytes = Array(line.text.utf8)
    var (text, end) = ("", 0)
    for shade in line.shades
    where shade.bytes.lowerBound >= end && shade.bytes.upperBound <= bytes.count {
      guard let color = shades.last(where: { $0.0 <= shade.strength })?.1 else { continue }
      text += String(decoding: bytes[end..<shade.bytes.lowerBound], as: UTF8.self)
      text += "\u{1B}[38;5;16;48;5;\(color)m"
      text += String(decoding: bytes[shade.bytes], as: UTF8.self) + "\u{1B}[0m"
      end = shade.bytes.upperBound
    }
    return text + String(decoding: bytes[end...], as: UTF8.self)
  }

  /// Returns the line with its styles.
  private static func styled(_ line: OutputLine) -> String {
    let bytes = Array(line.text.utf8)
    var (text, end) = ("", 0)
    for style in line.styles
    where style.bytes.lowerBound >= end && style.bytes.upperBound <= bytes.count {
      text += String(decoding: bytes[end..<style.bytes.lowerBound], as: UTF8.self)
      text += "\u{1B}[\(code(of: style.kind))m"
      text += String(decoding: bytes[style.bytes], as: UTF8.self) + "\u{1B}[0m"
      end = style.bytes.upperBound
    }
    return text + String(decoding: bytes[end...], as: UTF8.self)
  }

  /// Returns the code that sets the style on a terminal, in its own eight colours.
  private static func code(of style: OutputLine.Style.Kind) -> String {
    switch style {
    case .heading: "1;36"
    case .strong: "1"
    case .emphasis: "3"
    case .faint, .comment: "2"
    case .failure: "31"
    case .code, .option: "36"
    case .keyword: "35"
    case .command: "1;34"
    case .variable: "33"
    case .number, .string: "32"
    }
  }

  /// Highlighted signs: switches that cross, that are blocked, that are requested.
  private static let colors = [
    ("┬╲╱┬", "35"), ("┴╱╲┴", "35"), ("┬!!┬", "1;31"), ("┴!!┴", "1;31"), ("┬??┬", "7"),
    ("┴??┴", "7"),
  ]
}
