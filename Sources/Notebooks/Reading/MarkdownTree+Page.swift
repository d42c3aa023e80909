import CCmark

extension MarkdownTree {
  /// The prose as blocks of a page for a terminal.
  var pageBlocks: [NotebookPage.Block] {
    var setter = PageSetter()
    setter.addChildren(of: root, first: "", rest: "")
    return setter.blocks
  }
}

/// Divides Markdown nodes into words and lines.
private struct PageSetter {
  private(set) var blocks: [NotebookPage.Block] = []

  mutating func addChildren(of node: OpaquePointer, first: String, rest: String) {
    var first = first
    for child in Self.children(of: node) {
      add(child, first: first, rest: rest)
      first = rest
    }
  }

  /// Adds a block.
  ///
  /// - Parameters:
  ///   - first: the prefix of its first line.
  ///   - rest: the prefix of its other lines.
  private mutating func add(_ node: OpaquePointer, first: String, rest: String) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      addText(node, level: Int(cmark_node_get_heading_level(node)), first: first, rest: rest)
    case CMARK_NODE_BLOCK_QUOTE:
      addChildren(of: node, first: first + "│ ", rest: rest + "│ ")
    case CMARK_NODE_LIST: addItems(of: node, first: first, rest: rest)
    case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
      let text = cmark_node_get_literal(node).map(String.init) ?? ""
      blocks.append(.lines(text.textLines, margin: rest + "    "))
    case CMARK_NODE_THEMATIC_BREAK: blocks.append(.rule)
    default:
      if rse_cmark_is_table(node) {
        blocks.append(.lines(Self.table(node), margin: rest))
      } else {
        addText(node, level: nil, first: first, rest: rest)
      }
    }
  }

  private mutating func addItems(of list: OpaquePointer, first: String, rest: String) {
    let isOrdered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST
    let start = Int(cmark_node_get_list_start(list))
    for (index, item) in Self.children(of: list).enumerated() {
      let mark = isOrdered ? "\(start + index). " : "- "
      let blanks = String(repeating: " ", count: mark.count)
      addChildren(of: item, first: (index == 0 ? first : rest) + mark, rest: rest + blanks)
    }
  }

  private mutating func addText(_ node: OpaquePointer, level: Int?, first: String, rest: String) {
    var pieces: [NotebookPage.Piece] = []
    Self.add(node, style: nil, to: &pieces)
    let text = NotebookPage.Paragraph(pieces: pieces, level: level, first: first, rest: rest)
    blocks.append(.text(text))
  }

  private static func add(
    _ node: OpaquePointer,
    style: OutputLine.Style.Kind?,
    to pieces: inout [NotebookPage.Piece]
  ) {
    for child in children(of: node) {
      let literal = cmark_node_get_literal(child).map(String.init) ?? ""
      switch cmark_node_get_type(child) {
      case CMARK_NODE_TEXT: pieces.append(.init(text: literal, style: style))
      case CMARK_NODE_CODE: pieces.append(.init(text: MarkdownText.code(literal), style: .code))
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        pieces.append(.init(text: " ", style: style))
      case CMARK_NODE_EMPH: add(child, style: style ?? .emphasis, to: &pieces)
      case CMARK_NODE_STRONG: add(child, style: .strong, to: &pieces)
      case CMARK_NODE_IMAGE:
        let words = MarkdownTree.words(of: child)
        let address = cmark_node_get_url(child).map(String.init) ?? ""
        pieces.append(.init(text: "[\(words.isEmpty ? address : words)]", style: .faint))
      case CMARK_NODE_LINK:
        add(child, style: style, to: &pieces)
        let address = cmark_node_get_url(child).map(String.init) ?? ""
        if !address.isEmpty, address != MarkdownTree.words(of: child) {
          pieces.append(.init(text: " (\(address))", style: .faint))
        }
      case CMARK_NODE_HTML_INLINE: pieces.append(.init(text: literal, style: .faint))
      default: add(child, style: style, to: &pieces)
      }
    }
  }

  /// Returns the lines of a table with its columns aligned.
  private static func table(_ table: OpaquePointer) -> [String] {
    let rows = children(of: table).map { row in children(of: row).map(MarkdownTree.words) }
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").withoutTrailingBlanks
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    if !lines.isEmpty { lines.insert(rule, at: 1) }
    return lines
  }

  private static func children(of node: OpaquePointer) -> [OpaquePointer] {
    var children: [OpaquePointer] = []
    var child = cmark_node_first_child(node)
    while let next = child {
      children.append(next)
      child = cmark_node_next(next)
    }
    return children
  }
}
