/// A JSON value, of the kinds that a Jupyter notebook has.
enum JSONValue {
  case null
  case boolean(Bool)
  case number(Int)
  case text(String)
  case list([JSONValue])
  /// Members with distinct names, sorted by the names' bytes.
  case object([(name: String, value: JSONValue)])

  /// Returns a list of texts.
  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// Returns an object with members given in any order.
  static func object<Value>(_ members: [String: Value], _ value: (Value) -> JSONValue) -> JSONValue
  {
    .object(
      members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { (name: $0.key, value: value($0.value)) }
    )
  }
}

/// JSON written member by member, indented by two blanks, in the pretty-printed form of
/// `JSONEncoder`.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  /// True while the innermost object or list is empty.
  private var isFirst = true

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Writes a value as the next element of a list, or after a member's name.
  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += String(value).utf8
    case .number(let number): bytes += String(number).utf8
    case .text(let text): write(quoted: text)
    case .list(let elements):
      writeList { json in
        for element in elements { json.writeElement(element) }
      }
    case .object(let members):
      writeObject { json in
        for member in members { json.writeMember(member.name) { $0.write(member.value) } }
      }
    }
  }

  /// Writes an object; the caller writes its members sorted by name.
  mutating func writeObject(_ members: (inout JSONText) -> Void) {
    writeGroup("{", "}", members)
  }

  /// Writes a list.
  mutating func writeList(_ elements: (inout JSONText) -> Void) {
    writeGroup("[", "]", elements)
  }

  /// Writes a member of an object.
  mutating func writeMember(_ name: String, _ value: (inout JSONText) -> Void) {
    beginLine()
    write(quoted: name)
    bytes += " : ".utf8
    value(&self)
  }

  /// Writes an element of a list.
  mutating func writeElement(_ value: JSONValue) {
    beginLine()
    write(value)
  }

  private mutating func writeGroup(
    _ start: Unicode.Scalar,
    _ end: Unicode.Scalar,
    _ content: (inout JSONText) -> Void
  ) {
    bytes.append(UInt8(ascii: start))
    depth += 1
    isFirst = true
    content(&self)
    // An empty group contains an empty line.
    if isFirst { bytes.append(.lineFeed) }
    depth -= 1
    isFirst = false
    endLine()
    bytes.append(UInt8(ascii: end))
  }

  private mutating func beginLine() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    endLine()
  }

  /// Ends a line; the next one is indented by the depth of the open objects and lists.
  mutating func endLine() {
    bytes.append(.lineFeed)
    bytes += repeatElement(.space, count: 2 * depth)
  }

  private mutating func write(quoted text: String) {
    let mark = UInt8(ascii: "\"")
    bytes.append(mark)
    for byte in text.utf8 {
      switch byte {
      case mark, UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case ..<0x20:
        bytes += "\\u00".utf8
        bytes.append(Self.hexDigits[Int(byte >> 4)])
        bytes.append(Self.hexDigits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(mark)
  }
}
