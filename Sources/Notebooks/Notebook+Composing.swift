extension Notebook {
  /// Appends Markdown, separated by a blank line from anything but prose.
  package mutating func append(prose: String) {
    if lines.last?.kind != .prose { separate() }
    append(prose.textLines.map { (.prose, $0.isEmpty ? "#" : "# \($0)") })
  }

  /// Appends one statement, or one line of statements, and its output.
  ///
  /// A failure is recorded as expected, with its message, so that the notebook replays identically.
  /// Lines of the statement that would read as output are moved one column to the right.
  package mutating func append(statement: String, outcome: CellOutcome = CellOutcome()) {
    if lines.last?.kind != .code { separate() }
    append(
      statement.textLines.map { text in
        let kind = NotebookLine.bodyKind(of: text.utf8)
        return kind.isOutput ? (.code, " \(text)") : (kind, text)
      }
    )
    let cell = Cell(
      number: 1,
      lines: 0..<0,
      code: statement,
      expectation: outcome.hasFailed ? FailureExpectation(message: []) : nil
    )
    append(CellRun(cell: cell, outcome: outcome.recordable).recordedLines)
  }

  private mutating func separate() {
    if lines.last?.kind != .blank { append([(.blank, "")]) }
  }

  private mutating func append(_ new: [(kind: NotebookLine.Kind, text: String)]) {
    insert(new, at: lines.count)
  }
}

extension CellOutcome {
  fileprivate var hasFailed: Bool { if case .failed = ending { true } else { false } }
}
