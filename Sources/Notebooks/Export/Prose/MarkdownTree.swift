import CCmark

/// Parsed Markdown: CommonMark with GitHub's tables and strikethrough.
///
/// The nodes belong to the C library and are freed with this object.
final class MarkdownTree {
  let root: OpaquePointer

  /// Parses a text; nil if that would take more time or memory than ``MarkdownLimits`` allow.
  init?(_ text: String) {
    guard MarkdownLimits.allow(text), let parser = Self.makeParser() else { return nil }
    defer { cmark_parser_free(parser) }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parser_feed(parser, $0.baseAddress, $0.count)
      }
    }
    guard let root = cmark_parser_finish(parser) else { return nil }
    self.root = root
  }

  deinit { cmark_node_free(root) }

  /// The words of the first heading that has any.
  var firstHeading: String? {
    nodes { cmark_node_get_type($0) == CMARK_NODE_HEADING }.lazy
      .map { Self.words(of: $0).withoutOuterBlanks }.first { !$0.isEmpty }
  }

  /// The words of the first paragraph that has any.
  var firstParagraph: String? {
    nodes { cmark_node_get_type($0) == CMARK_NODE_PARAGRAPH }.lazy
      .map { Self.words(of: $0).withoutOuterBlanks }.first { !$0.isEmpty }
  }

  /// Returns the text of a node without its markup.
  static func words(of node: OpaquePointer) -> String {
    Self.nodes(below: node) { _ in true }.map { node in
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: cmark_node_get_literal(node).map(String.init) ?? ""
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: " "
      default: ""
      }
    }.joined()
  }

  /// Returns the nodes that satisfy a condition, parents before children.
  func nodes(where condition: (OpaquePointer) -> Bool) -> [OpaquePointer] {
    Self.nodes(below: root, where: condition)
  }

  private static func nodes(
    below node: OpaquePointer,
    where condition: (OpaquePointer) -> Bool
  ) -> [OpaquePointer] {
    var nodes: [OpaquePointer] = []
    let iterator = cmark_iter_new(node)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return nodes }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator), condition(node) {
        nodes.append(node)
      }
    }
  }

  private static func makeParser() -> OpaquePointer? {
    registerExtensions
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    for name in ["table", "strikethrough"] {
      if let found = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, found)
      }
    }
    return parser
  }

  /// Fills the library's table of extensions once, since the library does not guard against doing so concurrently.
  private static let registerExtensions: Void = cmark_gfm_core_extensions_ensure_registered()
}
