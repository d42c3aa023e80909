/// An XML document that is written element by element.
struct XMLText {
  private(set) var text: String
  private var depth = 0

  init(prolog: String) { text = prolog }

  /// Writes an element without content or with text.
  mutating func leaf(_ name: String, _ content: String? = nil, _ attributes: String = "") {
    let head = attributes.isEmpty ? name : "\(name) \(attributes)"
    line(content.map { "<\(head)>\(Self.escaped($0))</\(name)>" } ?? "<\(head)/>")
  }

  /// Writes an element with a number.
  mutating func leaf(_ name: String, _ number: Int) { leaf(name, String(number)) }

  /// Writes an element that contains others.
  mutating func element(_ name: String, _ attributes: String = "", _ body: (inout XMLText) -> Void)
  {
    line(attributes.isEmpty ? "<\(name)>" : "<\(name) \(attributes)>")
    depth += 1
    body(&self)
    depth -= 1
    line("</\(name)>")
  }

  private mutating func line(_ content: String) {
    text += String(repeating: " ", count: depth) + content + "\n"
  }

  /// Returns a text with markup characters escaped and those that XML lacks replaced.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        escaped.unicodeScalars.append(scalar)
      default: escaped += "\u{FFFD}"
      }
    }
  }
}
