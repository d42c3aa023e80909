import CCmark

/// The replacement for a picture that prose shows.
enum ImageChange {
  case keep
  /// The picture at another address.
  case address(String)
  /// Words in its place.
  case words(String)
  /// HTML in its place.
  case markup(String)
}

extension MarkdownTree {
  /// Changes the pictures, in order; returns true if any was replaced.
  func changeImages(_ change: (_ address: String, _ words: String) -> ImageChange) -> Bool {
    let images = nodes { cmark_node_get_type($0) == CMARK_NODE_IMAGE }
    let changes = images.map { image in
      change(cmark_node_get_url(image).map(String.init) ?? "", Self.words(of: image))
    }
    // A picture may be in the description of another one: the inner one is changed first, since the
    // outer one removes it.
    var hasChanged = false
    for (image, change) in zip(images, changes).reversed() {
      switch change {
      case .keep: continue
      case .address(let address): cmark_node_set_url(image, address)
      case .words(let words): Self.replace(image, by: CMARK_NODE_TEXT, words)
      case .markup(let markup): Self.replace(image, by: CMARK_NODE_HTML_INLINE, markup)
      }
      hasChanged = true
    }
    return hasChanged
  }

  static func replace(_ node: OpaquePointer, by type: cmark_node_type, _ literal: String) {
    guard let new = cmark_node_new(type) else { return }
    cmark_node_set_literal(new, literal)
    if cmark_node_replace(node, new) == 0 {
      cmark_node_unlink(node)
      cmark_node_free(new)
    }
    cmark_node_free(node)
  }
}
