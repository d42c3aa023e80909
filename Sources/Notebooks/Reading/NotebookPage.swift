/// A notebook as read on a terminal: its parts in order, before line breaking.
package struct NotebookPage: Sendable {
  /// A part of the page.
  package enum Block: Sendable, Equatable {
    /// Words to be broken into lines.
    case text(Paragraph)
    /// Lines that stay unchanged, such as code in prose or a table.
    case lines([String], margin: String)
    /// A horizontal rule.
    case rule
    /// Statements.
    case code(String)
    /// The output of statements.
    case output([Printed])
    /// A picture that statements drew, by its name.
    case picture(String)
  }

  /// Words of one kind, with the prefixes of their lines.
  package struct Paragraph: Sendable, Equatable {
    /// The words, in pieces of one style each.
    package var pieces: [Piece]
    /// The level of a heading, from 1; nil for other words.
    package var level: Int?
    /// The prefix of the first line, such as `- `.
    package var first = ""
    /// The prefix of the other lines.
    package var rest = ""
  }

  /// Words of one style.
  package struct Piece: Sendable, Equatable {
    /// The words and the blanks between them.
    package let text: String
    /// Their style; nil for plain words.
    package let style: OutputLine.Style.Kind?
  }

  /// A printed line.
  package struct Printed: Sendable, Equatable {
    /// The kinds of recorded lines.
    package enum Kind: Sendable, Equatable {
      /// Output that a replay compares.
      case stable
      /// Times and the like.
      case volatile
      /// The message of a failure.
      case failure
    }

    /// The line's kind.
    package let kind: Kind
    /// The line's text.
    package let text: String
  }

  /// Its parts, in order.
  package let blocks: [Block]

  /// True if statements drew pictures.
  package var hasPictures: Bool {
    blocks.contains { if case .picture = $0 { true } else { false } }
  }

  /// Makes the page of a whole notebook, whose code the evaluator divides into cells.
  package init(_ notebook: Notebook, groupedBy evaluator: any NotebookEvaluator) {
    // A terminal would obey control characters.
    let lines = notebook.lines.map { line in
      NotebookLine(kind: line.kind, text: HTMLText.printable(line.text), ending: line.ending)
    }
    let shown = Notebook(
      file: notebook.file,
      hasByteOrderMark: notebook.hasByteOrderMark,
      lines: lines
    )
    let document = ExportDocument(shown, groupedBy: evaluator)
    blocks = document.blocks.flatMap { block in
      switch block {
      case .prose(let text): Self.prose(text)
      case .cell(let cell): Self.cell(cell)
      }
    }
  }

  /// Makes the page of some Markdown.
  package init(prose: String) { blocks = Self.prose(HTMLText.printable(prose)) }

  private static func prose(_ text: String) -> [Block] {
    guard let tree = MarkdownTree(text) else { return [.lines(text.textLines, margin: "")] }
    return tree.pageBlocks
  }

  private static func cell(_ cell: ExportCell) -> [Block] {
    var printed = cell.output.map {
      Printed(kind: $0.isVolatile ? .volatile : .stable, text: $0.text)
    }
    if let failure = cell.failure {
      let lines = failure.message.isEmpty ? [failure.kind.title] : failure.message
      printed += lines.map { Printed(kind: .failure, text: $0) }
    }
    return (cell.code.isEmpty ? [] : [.code(cell.code)])
      + (printed.isEmpty ? [] : [.output(printed)])
      + cell.pictures.map { .picture($0) }
  }
}
