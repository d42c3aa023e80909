import Testing

extension ShellTranscript {
  /// Types a statement behind the prompt that was waited for last, looks whether the line shows it, and
  /// presses Enter.
  func enter(_ statement: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    type(statement)
    try waitForLine(statement, sourceLocation: sourceLocation)
    press(.enter)
  }

  /// Enters a statement and waits for the next prompt; gives the lines between the two.
  @discardableResult
  func run(
    _ statement: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    try enter(statement, sourceLocation: sourceLocation)
    let first = screen.cursorLine + 1
    try waitForPrompt(sourceLocation: sourceLocation)
    return Array(screen.lines[first..<promptLine])
  }

  /// Waits until the line that is edited, from its prompt to the cursor, holds just this text.
  func waitForLine(
    _ text: String,
    prompt: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try waitUntil("the line is `\(text)`", sourceLocation: sourceLocation) { _ in
      Self.prompts(prompt).contains { editedText == $0 + text }
    }
  }

  private static func prompts(_ prompt: String?) -> [String] {
    prompt.map { [$0] } ?? [Self.prompt, morePrompt]
  }

  /// What stands from the last prompt to the cursor, rows that are full joined to the next.
  var editedText: String {
    let last = screen.cursorLine
    guard promptLine >= 0, promptLine <= last else { return "" }
    let lines = screen.scrolledOff + screen.rows
    return lines[promptLine...last].enumerated().map { index, line in
      let width = promptLine + index == last ? screen.cursor.column : screen.size.columns
      return line.padding(to: width).prefix(width)
    }
    .joined()
  }

  /// The screen as a picture for messages: what left it at its top, and its rows in a frame, with the place
  /// of the cursor.
  var picture: String {
    let width = screen.size.columns
    let edge = "+" + String(repeating: "-", count: width) + "+"
    let above = screen.scrolledOff.suffix(100).map { " " + $0 }
    let rows = screen.rows.map { "|" + $0.padding(to: width) + "|" }
    let cursor = "cursor in row \(screen.cursor.row), column \(screen.cursor.column)"
    let end = terminal.process.ending.map { "; the program has ended: \($0)" } ?? ""
    return (above + [edge] + rows + [edge, cursor + end]).joined(separator: "\n")
  }
}

extension String {
  /// The text with blanks behind it, up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
