import Foundation

/// The header of a `.npy` file: magic bytes, a version, a length, and a Python dictionary as text.
struct NumpyHeader {
  struct Fault: Error {
    let reason: String
    let remedy: String

    init(_ reason: String, _ remedy: String = "save it again by numpy.save") {
      self.reason = reason
      self.remedy = remedy
    }
  }

  let type: NumpyArray.ElementType
  let shape: [Int]
  /// True if the first index varies fastest.
  let isFortran: Bool
  /// True if the highest byte of an element comes first.
  let isBigEndian: Bool
  /// The byte offset of the first element.
  let end: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let longestText = 1 << 16

  init(_ file: MappedBytes) throws(Fault) {
    let head = file.withBytes(0..<min(12, file.count)) { Array($0) }
    guard head.starts(with: Self.magic) else {
      let isZip = head.starts(with: Array("PK".utf8))
      throw isZip
        ? Fault("this is an archive of arrays (.npz)", "unpack it and give one of its .npy files")
        : Fault("this is no NumPy file")
    }
    guard head.count == 12, (1...3).contains(head[6]) else {
      throw Fault("its version of the format is not known")
    }
    // The length has two bytes in version 1, four in later versions.
    let widths = head[6] == 1 ? 2 : 4
    let length = head[8..<8 + widths].reversed().reduce(0) { $0 << 8 | Int($1) }
    let begin = 8 + widths
    guard length <= Self.longestText, begin + length <= file.count else {
      throw Fault("its header of \(length) bytes goes beyond its end")
    }
    end = begin + length
    let text = file.withBytes(begin..<end) { String(decoding: $0, as: UTF8.self) }
    (type, isBigEndian) = try Self.type(in: text)
    switch Self.value(of: "fortran_order", in: text)?.prefix(5) {
    case "False": isFortran = false
    case "True,", "True}", "True ": isFortran = true
    default: throw Fault("its header does not tell the order of elements")
    }
    shape = try Self.shape(in: text)
  }

  private static func type(
    in text: String
  ) throws(Fault) -> (NumpyArray.ElementType, isBigEndian: Bool) {
    guard let value = value(of: "descr", in: text), let quote = value.first,
      quote == "'" || quote == "\""
    else { throw Fault("its elements are records", "save one field of it by numpy.save") }
    let name = value.dropFirst().prefix { $0 != quote }
    if name.contains("O") {
      throw Fault(
        "its elements are objects: these are pickles, which can run code",
        "save it by numpy.save(file, numpy.stack(array)), as numbers of one type"
      )
    }
    // The byte order: `|` is none, `=` is native, which is little-endian on all machines by now.
    guard let order = name.first, "<>|=".contains(order),
      let type = NumpyArray.ElementType(rawValue: String(name.dropFirst()))
    else {
      let known = NumpyArray.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw Fault(
        "elements of type \(name.prefix(20)) are not read",
        "convert it by array.astype('<f4'); \(known) are read"
      )
    }
    return (type, order == ">")
  }

  private static func shape(in text: String) throws(Fault) -> [Int] {
    guard let value = value(of: "shape", in: text), value.hasPrefix("("),
      let close = value.firstIndex(of: ")")
    else { throw Fault("its header does not tell the shape") }
    var shape: [Int] = []
    for part in value[value.index(after: value.startIndex)..<close].split(separator: ",") {
      let digits = part.trimmingCharacters(in: .whitespaces)
      if digits.isEmpty { continue }
      guard let extent = Int(digits), extent >= 0 else {
        throw Fault("its extent \(digits.prefix(30)) cannot be")
      }
      shape.append(extent)
    }
    return shape
  }

  /// Returns the text after a key of the dictionary.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let range = text.range(of: quote + key + quote) else { continue }
      let rest = text[range.upperBound...].drop(while: \.isWhitespace)
      guard rest.first == ":" else { return nil }
      return rest.dropFirst().drop(while: \.isWhitespace)
    }
    return nil
  }
}
