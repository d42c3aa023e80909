extension ExportDocument {
  /// Describes a notebook, whose code the evaluator divides into cells.
  init(_ notebook: Notebook, groupedBy evaluator: any NotebookEvaluator) {
    fileName = notebook.file.fileName
    header = notebook.header
    blocks = Self.blocks(of: notebook, cells: notebook.cells(groupedBy: evaluator))
    let heading = blocks.lazy.compactMap { block in
      if case .prose(let text) = block { MarkdownTree(text)?.firstHeading } else { nil }
    }.first
    hasHeading = heading != nil
    title = heading ?? fileName.withoutNotebookSuffix
  }

  private static func blocks(of notebook: Notebook, cells: [Cell]) -> [Block] {
    var builder = BlockBuilder()
    builder.addOutput(notebook.orphans(of: cells).map { notebook.lines[$0] })
    var next = cells[...]
    var index = 0
    while index < notebook.lines.count {
      if let cell = next.first, cell.lines.lowerBound == index {
        builder.add(cell)
        next.removeFirst()
        index = cell.lines.upperBound
      } else {
        builder.add(notebook.lines[index])
        index += 1
      }
    }
    return builder.finish()
  }
}

/// Joins lines into blocks.
private struct BlockBuilder {
  private var blocks: [ExportDocument.Block] = []
  private var prose: [String] = []
  private var comments: [String] = []
  /// True if blank lines separate two lines of prose or of comments; one blank line remains of them.
  private var hasGap = false

  mutating func add(_ line: NotebookLine) {
    switch line.kind {
    case .prose:
      endComments()
      if hasGap, !prose.isEmpty { prose.append("") }
      prose.append(line.content)
      hasGap = false
    case .code:
      endProse()
      if hasGap, !comments.isEmpty { comments.append("") }
      comments.append(line.text)
      hasGap = false
    case .blank: hasGap = true
    case .version, .header, .stable, .volatile, .failure: break
    }
  }

  mutating func add(_ cell: Cell) {
    endProse()
    endComments()
    blocks.append(.cell(ExportCell(cell)))
  }

  /// Adds output lines that belong to no cell.
  mutating func addOutput(_ lines: [NotebookLine]) {
    guard !lines.isEmpty else { return }
    let output = lines.map { OutputLine($0.content, isVolatile: $0.kind != .stable) }
    blocks.append(
      .cell(ExportCell(number: nil, code: "", output: output, pictures: [], failure: nil))
    )
  }

  mutating func finish() -> [ExportDocument.Block] {
    endProse()
    endComments()
    return blocks
  }

  private mutating func endProse() {
    if prose.contains(where: { !$0.utf8.allSatisfy(\.isBlank) }) {
      blocks.append(.prose(prose.joined(separator: "\n")))
    }
    prose = []
  }

  private mutating func endComments() {
    if !comments.isEmpty {
      let code = comments.joined(separator: "\n")
      blocks.append(
        .cell(ExportCell(number: nil, code: code, output: [], pictures: [], failure: nil))
      )
    }
    comments = []
  }
}

extension ExportCell {
  private static let failureMark = "failed:"
  private static let interruptionMark = "interrupted"

  init(_ cell: Cell) {
    number = cell.number
    code = cell.code
    pictures = PictureNames.inOutput(cell.output)
    // Recording ends the output of a cell that failed unexpectedly with volatile lines.
    let ending = cell.output.reversed().prefix {
      $0.isVolatile && $0.text.hasPrefix(Self.failureMark)
    }
    if !ending.isEmpty {
      output = cell.output.dropLast(ending.count)
      let message = ending.reversed().map {
        let rest = $0.text.dropFirst(Self.failureMark.count)
        return String(rest.first == " " ? rest.dropFirst() : rest)
      }
      failure = ExportFailure(kind: .unexpected, message: message)
    } else if let last = cell.output.last, last.isVolatile, last.text == Self.interruptionMark {
      output = cell.output.dropLast()
      failure = ExportFailure(kind: .interrupted, message: [])
    } else {
      output = cell.output
      failure = cell.expectation.map { ExportFailure(kind: .expected, message: $0.message) }
    }
  }
}
