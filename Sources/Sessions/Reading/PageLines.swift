import CommandLanguage
import Notebooks

/// The layout of a notebook's page in lines of a width.
package struct PageLines {
  /// A line, or a picture between lines.
  package enum Row: Equatable {
    case line(OutputLine)
    /// A picture by its name, and the line in its place where it cannot be shown.
    case picture(String, OutputLine)
  }

  /// The maximum number of columns of a line.
  let width: Int
  /// A function that finds the parts of code.
  let colors: (String) -> [CodeColor]

  /// The minimum width; narrower lines would break every word.
  private static let leastWidth = 20
  /// The maximum width of prose; wider lines are hard to read.
  private static let widestProse = 100
  private static let codeMargin = "  "
  /// The indentation of the rest of a code line that is too wide.
  private static let hanging = "    "

  /// - Parameters:
  ///   - width: the maximum number of columns of a line.
  ///   - colors: a function that finds the parts of code.
  package init(width: Int, colors: @escaping (String) -> [CodeColor]) {
    self.width = max(Self.leastWidth, width)
    self.colors = colors
  }

  /// Returns the rows of a page, with empty ones between its parts.
  package func rows(of page: NotebookPage) -> [Row] {
    var rows: [Row] = []
    var previous: NotebookPage.Block?
    for block in page.blocks {
      if let previous, isApart(previous, block) { rows.append(.line(OutputLine(""))) }
      rows += self.rows(of: block)
      previous = block
    }
    return rows
  }

  /// Returns the styled lines of a piece of code after a margin.
  package func code(_ code: String, margin head: String = "  ") -> [OutputLine] {
    let parts = colors(code)
    var start = 0
    return code.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let end = start + line.utf8.count
      defer { start = end + 1 }
      let margin = head.utf8.count
      let styles = parts.compactMap { part -> OutputLine.Style? in
        let range = part.range.clamped(to: start..<end)
        guard !range.isEmpty, let kind = OutputLine.Style.Kind(rawValue: part.kind.rawValue) else {
          return nil
        }
        return OutputLine.Style(
          range.lowerBound - start + margin..<range.upperBound - start + margin,
          kind
        )
      }
      return OutputLine(head + line, styles: styles)
        .broken(width: width, margin: margin, continuation: head + Self.hanging)
    }
  }

  /// Returns true if an empty line separates two parts; none separates code from its output, nor items of a list.
  private func isApart(_ first: NotebookPage.Block, _ second: NotebookPage.Block) -> Bool {
    switch (first, second) {
    case (.code, .code), (.code, .output), (.code, .picture), (.output, .picture),
      (.picture, .picture):
      false
    case (.text(let one), .text(let other)): one.rest.isEmpty || other.rest.isEmpty
    default: true
    }
  }

  private func rows(of block: NotebookPage.Block) -> [Row] {
    switch block {
    case .text(let text): return lines(of: text).map(Row.line)
    case .lines(let lines, let margin):
      return lines.flatMap { line in
        let text = margin + line
        return OutputLine(text, styles: [.init(0..<text.utf8.count, .code)])
          .broken(width: width, margin: margin.utf8.count, continuation: margin + Self.hanging)
          .map(Row.line)
      }
    case .rule:
      let text = String(repeating: "─", count: min(width, Self.widestProse) - 1)
      return [.line(OutputLine(text, styles: [.init(0..<text.utf8.count, .faint)]))]
    case .code(let code): return self.code(code).map(Row.line)
    case .output(let lines): return lines.flatMap(printed).map(Row.line)
    case .picture(let name):
      let text = Self.codeMargin + "[\(name)]"
      return [.picture(name, OutputLine(text, styles: [.init(0..<text.utf8.count, .faint)]))]
    }
  }

  private func printed(_ line: NotebookPage.Printed) -> [OutputLine] {
    let (mark, kind): (String, OutputLine.Style.Kind?) =
      switch line.kind {
      case .stable: ("│ ", nil)
      case .volatile: ("~ ", .faint)
      case .failure: ("! ", .failure)
      }
    let start = Self.codeMargin + mark
    let text = start + line.text
    let end = kind == nil ? start.utf8.count : text.utf8.count
    return OutputLine(text, styles: [.init(0..<end, kind ?? .faint)])
      .broken(width: width, margin: start.utf8.count, continuation: start + "  ")
  }

  /// Returns the lines of a paragraph with the styles of its pieces.
  private func lines(of text: NotebookPage.Paragraph) -> [OutputLine] {
    var builder = LineBuilder(text, width: min(width, Self.widestProse) - 1)
    for piece in text.pieces {
      builder.add(piece.text, style: text.level == nil ? piece.style : .heading)
    }
    let lines = builder.finish()
    guard text.level == 1 || text.level == 2 else { return lines }
    let longest = lines.map { DisplayWidth.columns(of: $0.text) }.max() ?? 0
    let rule = String(repeating: text.level == 1 ? "═" : "─", count: longest)
    return lines + [OutputLine(rule, styles: [.init(0..<rule.utf8.count, .heading)])]
  }
}

/// A builder of lines of a width from words.
private struct LineBuilder {
  private let rest: String
  private let width: Int
  private var lines: [OutputLine] = []
  private var line: String
  private var styles: [OutputLine.Style] = []
  private var columns: Int
  /// True if the line has words.
  private var hasWords = false
  /// The current word, as pieces without blanks between them.
  private var word: [(text: String, style: OutputLine.Style.Kind?)] = []
  private var lastStyle: OutputLine.Style.Kind?

  init(_ text: NotebookPage.Paragraph, width: Int) {
    rest = text.rest
    line = text.first
    columns = DisplayWidth.columns(of: text.first)
    self.width = width
  }

  mutating func add(_ text: String, style: OutputLine.Style.Kind?) {
    for (index, part) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { endWord() }
      if !part.isEmpty { word.append((String(part), style)) }
    }
  }

  mutating func finish() -> [OutputLine] {
    endWord()
    endLine()
    return lines
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    let needed = word.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) }
    if hasWords, columns + 1 + needed > width {
      endLine()
    } else if hasWords {
      // A blank between two words of the same style has that style too.
      append(" ", style: word[0].style == lastStyle ? lastStyle : nil)
    }
    for part in word { append(part.text, style: part.style) }
    hasWords = true
    word = []
  }

  private mutating func append(_ text: String, style: OutputLine.Style.Kind?) {
    let start = line.utf8.count
    line += text
    columns += DisplayWidth.columns(of: text)
    lastStyle = style
    guard let style else { return }
    if let last = styles.last, last.kind == style, last.bytes.upperBound == start {
      styles[styles.count - 1] = .init(last.bytes.lowerBound..<line.utf8.count, style)
    } else {
      styles.append(.init(start..<line.utf8.count, style))
    }
  }

  private mutating func endLine() {
    if hasWords { lines.append(OutputLine(line, styles: styles)) }
    (line, styles, hasWords, lastStyle) = (rest, [], false, nil)
    columns = DisplayWidth.columns(of: rest)
  }
}
