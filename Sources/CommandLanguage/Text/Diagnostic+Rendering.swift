extension Diagnostic {
  private enum Style: String {
    case plain = ""
    case error = "1;31"
    case message = "1"
    case frame = "2"
    case remedy = "36"

    func apply(to text: String, color: Bool) -> String {
      guard color, self != .plain, !text.isEmpty else { return text }
      return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
  }

  private static let gutterWidth = 5

  /// The diagnostic as people read it: message, place, source line with a caret, notes, remedy.
  ///
  /// There is no newline at the end. `color` turns on ANSI colours.
  package func rendered(color: Bool = false) -> String {
    var lines = [
      Style.error.apply(to: "error:", color: color) + " "
        + Style.message.apply(to: Self.visible(message), color: color)
    ]
    if let source, let range, let position {
      lines += excerpt(of: range, in: source, at: position, color: color)
    }
    for note in notes {
      lines += note.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
    if let remedy { lines.append("  " + Style.remedy.apply(to: remedy, color: color)) }
    return lines.joined(separator: "\n")
  }

  /// The text with a sign for each character that a terminal would obey.
  private static func visible(_ text: String) -> String {
    String(
      text.map { character in
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        return isControl && !character.isNewline && character != "\t" ? "\u{FFFD}" : character
      }
    )
  }

  private func excerpt(
    of range: SourceRange,
    in source: Source,
    at position: SourcePosition,
    color: Bool
  ) -> [String] {
    let place =
      source.name.isEmpty
      ? "line \(position.line), column \(position.column)"
      : "\(source.name):\(position.line):\(position.column)"
    let excerpt = SourceExcerpt(of: range, in: source)
    let number = String(position.line)
    let width = max(Self.gutterWidth, number.count)
    let gutter = String(repeating: " ", count: width - number.count) + number + " |"
    let emptyGutter = String(repeating: " ", count: width) + " |"
    let indent = String(repeating: " ", count: excerpt.caretColumn)
    let caret = String(repeating: "^", count: excerpt.caretWidth)
    return [
      Style.frame.apply(to: "  " + place, color: color),
      Style.frame.apply(to: gutter, color: color) + (excerpt.text.isEmpty ? "" : " ")
        + excerpt.text,
      Style.frame.apply(to: emptyGutter, color: color) + " " + indent
        + Style.error.apply(to: caret, color: color),
    ]
  }
}
