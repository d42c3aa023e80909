import CCmark

extension MarkdownTree {
  /// Returns the tree as Markdown, with everything that is open at its end closed.
  func commonMark() -> String {
    guard let text = cmark_render_commonmark(root, CMARK_OPT_UNSAFE, 0) else { return "" }
    defer { rse_cmark_release(text) }
    return String(cString: text)
  }

  /// Turns HTML blocks, some of which extend to the end of a document, into code blocks.
  func quoteBlocksOfHTML() {
    for node in nodes(where: { cmark_node_get_type($0) == CMARK_NODE_HTML_BLOCK }) {
      Self.replace(
        node,
        by: CMARK_NODE_CODE_BLOCK,
        cmark_node_get_literal(node).map(String.init) ?? ""
      )
    }
  }

  /// Returns true if a fence or HTML that begins in the text would swallow the text below it.
  static func leavesOpen(_ text: String) -> Bool {
    guard let tree = MarkdownTree(text + "\n\nEND\n"), let last = cmark_node_last_child(tree.root)
    else { return true }
    return cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH || words(of: last) != "END"
  }
}
