import CCmark
import Foundation

extension MarkdownTree {
  /// The schemes allowed for links in prose.
  private static let schemes: Set<String> = ["http", "https", "mailto"]

  /// Turns all HTML in the prose into text, and links that could do more than open a page into their words.
  ///
  /// Comments vanish and `<br>` stays. Must be called before ``changeImages(_:)`` adds markup.
  func disarm() {
    for node in nodes(where: { _ in true }) {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_HTML_BLOCK:
        let text = Self.shown(node)
        let isEmpty = text.allSatisfy(\.isWhitespace)
        cmark_node_set_literal(
          node,
          isEmpty ? "" : "<pre><code>\(HTMLText.escaped(text))</code></pre>\n"
        )
      case CMARK_NODE_HTML_INLINE:
        let text = Self.shown(node)
        let isBreak = ["<br>", "<br/>", "<br />"].contains(text.lowercased())
        cmark_node_set_literal(node, isBreak ? "<br>" : HTMLText.escaped(text))
      case CMARK_NODE_LINK:
        if !Self.isHarmless(cmark_node_get_url(node).map(String.init) ?? "") {
          Self.unwrap(node)
        }
      default: continue
      }
    }
  }

  /// Changes the addresses of links; a link for which `change` returns nil is replaced by its words.
  func changeLinks(_ change: (String) -> String?) {
    for link in nodes(where: { cmark_node_get_type($0) == CMARK_NODE_LINK }) {
      if let address = change(cmark_node_get_url(link).map(String.init) ?? "") {
        cmark_node_set_url(link, address)
      } else {
        Self.unwrap(link)
      }
    }
  }

  /// Returns the HTML of a disarmed tree; each table is put into a box for scrolling.
  func html() -> String {
    for table in nodes(where: rse_cmark_is_table) {
      guard let box = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { continue }
      cmark_node_set_on_enter(box, "<div class=\"table\">\n")
      cmark_node_set_on_exit(box, "</div>\n")
      if cmark_node_insert_before(table, box) == 1 {
        cmark_node_append_child(box, table)
      } else {
        cmark_node_free(box)
      }
    }
    guard let text = cmark_render_html(root, CMARK_OPT_UNSAFE, nil) else { return "" }
    defer { rse_cmark_release(text) }
    return String(cString: text)
  }

  /// Returns the scheme of an address in lower case; nil for a relative address.
  static func scheme(of address: String) -> String? {
    let ends = Set(":/?#".utf8)
    guard let end = address.utf8.firstIndex(where: ends.contains),
      address.utf8[end] == UInt8(ascii: ":")
    else { return nil }
    return address[..<end].lowercased()
  }

  private static func isHarmless(_ address: String) -> Bool {
    scheme(of: address).map(schemes.contains) ?? true
  }

  /// Replaces a link by its words.
  private static func unwrap(_ link: OpaquePointer) {
    while let child = cmark_node_first_child(link) {
      guard cmark_node_insert_before(link, child) == 1 else {
        cmark_node_set_url(link, "")
        return
      }
    }
    cmark_node_free(link)
  }

  private static func shown(_ node: OpaquePointer) -> String {
    let text = cmark_node_get_literal(node).map(String.init) ?? ""
    let words = text.withoutOuterBlanks.utf8
    let isComment = words.starts(with: "<!--".utf8) && text.contains("-->")
    let rest = isComment ? text[(text.range(of: "-->")?.upperBound ?? text.endIndex)...] : text[...]
    return String(rest)
  }
}
