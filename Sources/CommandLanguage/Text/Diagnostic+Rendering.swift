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
  /// The maximum width of a source line that is shown, in columns.
  private static let widestExcerpt = 100
  private static let leastExcerpt = 20

  /// Returns the diagnostic for people to read: message, place, source line with a caret, notes, remedy.
  ///
  /// There is no newline at the end.
  ///
  /// - Parameters:
  ///   - color: true for ANSI colours.
  ///   - width: the maximum number of columns of a line; nil for no limit. Longer lines are broken between words,
  ///     source lines cut around their caret.
  package func rendered(color: Bool = false, width: Int? = nil) -> String {
    let start = "error: "
    var lines = Self.broken(Self.visible(message), width: width, first: start.count).map {
      Style.message.apply(to: $0, color: color)
    }
    lines[0] = Style.error.apply(to: "error:", color: color) + " " + lines[0]
    for index in lines.indices.dropFirst() { lines[index] = "  " + lines[index] }
    if let source, let range, let position {
      lines += excerpt(of: range, in: source, at: position, color: color, width: width)
    }
    for note in notes {
      lines += note.split(separator: "\n", omittingEmptySubsequences: false)
        .flatMap { Self.broken(String($0), width: width) }.map { "  \($0)" }
    }
    if let remedy {
      lines += Self.broken(remedy, width: width).map {
        "  " + Style.remedy.apply(to: $0, color: color)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Breaks a text into lines that fit after a margin of two columns, the first one after a wider margin; a text that
  /// fits keeps its spaces.
  private static func broken(_ text: String, width: Int?, first: Int = 2) -> [String] {
    guard let width, width > 20, first + DisplayWidth.columns(of: text) > width else {
      return [text]
    }
    let words = text.split(separator: " ").map(String.init)
    var lines = TextLayout.wrap(words, width: width, indent: first, hanging: 2)
    for index in lines.indices { lines[index].removeFirst(index == 0 ? first : 2) }
    return lines.isEmpty ? [text] : lines
  }

  /// Returns the text with a replacement character for each control character that a terminal would obey.
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
    color: Bool,
    width limit: Int?
  ) -> [String] {
    let place =
      source.name.isEmpty
      ? "line \(position.line), column \(position.column)"
      : "\(source.name):\(position.line):\(position.column)"
    let number = String(position.line)
    let width = max(Self.gutterWidth, number.count)
    let room = limit.map { max(Self.leastExcerpt, min(Self.widestExcerpt, $0 - width - 4)) }
    let excerpt = SourceExcerpt(of: range, in: source, limit: room ?? Self.widestExcerpt)
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
