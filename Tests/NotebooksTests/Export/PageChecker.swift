/// A page, read as strictly as its maker writes it: balanced elements, quoted attributes, no bare marks.
struct CheckedPage {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  struct Element {
    let name: String
    let attributes: [String: String]
    /// All text inside of it, without markup.
    var text = ""
  }

  private static let void: Set<String> = ["meta", "img", "br", "hr"]

  /// The elements in the order in which they end.
  private(set) var elements: [Element] = []
  private var open: [Element] = []
  private var rest: Substring

  init(_ page: String) throws {
    rest = page[...]
    try expect("<!DOCTYPE html>\n")
    while !rest.isEmpty {
      let text = rest.prefix { $0 != "<" }
      rest = rest[text.endIndex...]
      try add(Self.unescaped(text))
      if !rest.isEmpty { try readTag() }
    }
    if let last = open.last { throw Fault(description: "<\(last.name)> is not closed") }
  }

  func texts(of name: String, class style: String? = nil) -> [String] {
    elements.filter { $0.name == name && (style == nil || $0.attributes["class"] == style) }
      .map(\.text)
  }

  private mutating func readTag() throws {
    try expect("<")
    if rest.first == "/" {
      rest.removeFirst()
      let name = readName()
      try expect(">")
      guard let element = open.popLast(), element.name == name else {
        throw Fault(description: "</\(name)> closes nothing")
      }
      elements.append(element)
      return
    }
    let name = readName()
    if name.isEmpty { throw Fault(description: "a bare < before \(rest.prefix(20))") }
    var attributes: [String: String] = [:]
    while rest.first == " ", rest.dropFirst().first != "/" {
      rest.removeFirst()
      let key = readName()
      try expect("=\"")
      let value = rest.prefix { $0 != "\"" }
      rest = rest[value.endIndex...]
      try expect("\"")
      if key.isEmpty || attributes[key] != nil { throw Fault(description: "attribute \(key)") }
      attributes[key] = try Self.unescaped(value)
    }
    if rest.first == " " { try expect(" /") }
    try expect(">")
    let element = Element(name: name, attributes: attributes)
    if Self.void.contains(name) { elements.append(element) } else { open.append(element) }
  }

  private mutating func add(_ text: String) throws {
    for index in open.indices { open[index].text += text }
  }

  private mutating func readName() -> String {
    let name = rest.utf8.prefix { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || byte == UInt8(ascii: "-")
    }
    rest = rest[name.endIndex...]
    return String(Substring(name))
  }

  private mutating func expect(_ text: String) throws {
    guard rest.utf8.starts(with: text.utf8) else {
      throw Fault(description: "expected \(text) before \(rest.prefix(30))")
    }
    rest = rest[rest.utf8.index(rest.startIndex, offsetBy: text.utf8.count)...]
  }

  /// The text that entities and characters stand for.
  private static func unescaped(_ text: Substring) throws -> String {
    var result = ""
    var rest = text
    while let mark = rest.unicodeScalars.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[mark...]
      let entities = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
        ("&#x27;", "'"),
      ]
      guard let (entity, meaning) = entities.first(where: { rest.hasPrefix($0.0) }) else {
        throw Fault(description: "a bare & before \(rest.prefix(20))")
      }
      result += meaning
      rest = rest.dropFirst(entity.count)
    }
    return result + rest
  }
}
