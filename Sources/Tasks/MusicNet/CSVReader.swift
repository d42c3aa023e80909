import Foundation

/// Lines of comma-separated fields: quotes, doubled quotes, line ends of any system and a byte order mark.
struct CSVReader {
  private let bytes: [UInt8]
  private var place: Int
  private var lineBreaks = 0
  /// The line on which the last record began, from 1.
  private(set) var line = 0
  /// Whether the text ended inside of quotes.
  private(set) var isUnfinished = false

  init(_ data: Data) {
    bytes = [UInt8](data)
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The fields of the next line that is not blank; nil at the end.
  mutating func next() -> [String]? {
    while place < bytes.count {
      line = lineBreaks + 1
      let fields = record()
      if fields.count > 1 || !fields[0].allSatisfy(\.isWhitespace) { return fields }
    }
    return nil
  }

  private mutating func record() -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && place < bytes.count && bytes[place] == byte:
        field.append(byte)
        place += 1
      case UInt8(ascii: "\""):
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if byte == UInt8(ascii: "\r"), place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
          place += 1
        }
        lineBreaks += 1
        if isQuoted { field.append(UInt8(ascii: "\n")) } else { return fields + [text(field)] }
      default:
        field.append(byte)
      }
    }
    isUnfinished = isQuoted
    return fields + [text(field)]
  }

  private func text(_ field: [UInt8]) -> String { String(decoding: field, as: UTF8.self) }
}
