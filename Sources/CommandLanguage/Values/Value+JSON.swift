extension Value {
  /// The value as JSON on one line, with fields and labels in order.
  ///
  /// Numbers are exact. Nothing and numbers that are not finite become `null`.
  package var json: String {
    switch self {
    case .nothing: "null"
    case .number(let number): number.isFinite ? NumberFormat.exact(number) : "null"
    case .text(let text): Self.quoted(text)
    case .boolean(let value): value ? "true" : "false"
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .record(let record): Self.object(record.fields.map { ($0.name, $0.value) })
    case .labelled(let labelled):
      Self.object(labelled.entries.map { ($0.label.description, $0.value) })
    case .table(let table):
      "[" + table.rows.map { Value.record($0).json }.joined(separator: ",") + "]"
    }
  }

  private static func object(_ pairs: [(String, Value)]) -> String {
    "{" + pairs.map { "\(quoted($0)):\($1.json)" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    let mark = UInt8(ascii: "\"")
    var bytes = [mark]
    bytes.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case mark, UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case ..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(mark)
    return String(decoding: bytes, as: UTF8.self)
  }
}
