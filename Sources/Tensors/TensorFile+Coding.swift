import Foundation

extension TensorFile {
  /// The maximum header length in bytes; longer headers are refused before anything is allocated for them.
  private static let headerLimit = 8 << 20
  /// The maximum numbers of syntax characters in a header, since each costs memory: arrays, names, and numbers.
  private static let mostSigns: [(sign: UInt8, count: Int)] = [
    (UInt8(ascii: "{"), 10_000), (UInt8(ascii: "["), 20_000), (UInt8(ascii: ":"), 60_000),
    (UInt8(ascii: ","), 400_000),
  ]
  private static let mostExtents = 16
  private static let togetherLimit = 1 << 20

  /// Parses a file's bytes, checking every size against the bytes present before using it.
  ///
  /// - Throws: `TensorFileError` that names the problem.
  package init(parsing data: Data) throws(TensorFileError) {
    guard data.count >= 8 else { throw .tooShort(bytes: data.count) }
    let announced = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard announced <= UInt64(min(data.count - 8, Self.headerLimit)) else {
      throw .headerTooLong(length: announced, bytes: data.count)
    }
    let headerEnd = data.startIndex + 8 + Int(announced)
    let text = data[(data.startIndex + 8)..<headerEnd]
    try Self.checkSigns(text)
    let json: Any
    do {
      json = try JSONSerialization.jsonObject(with: text)
    } catch {
      throw .badHeader("it is not JSON")
    }
    guard let header = json as? [String: Any] else { throw .badHeader("it is not a JSON object") }
    if let twice = Self.nameThatIsThereTwice(text, header.count) { throw .nameTwice(twice) }
    let body = data[headerEnd...]
    var size = 0
    for (name, value) in header {
      if name == "__metadata__" {
        guard let pairs = value as? [String: Any] else {
          throw .badHeader("its metadata are no object")
        }
        for (key, value) in pairs.sorted(by: { $0.key < $1.key }) {
          guard let text = value as? String else { throw .badMetadata(key: key) }
          metadata[key] = text
        }
      } else {
        let entry = try Self.entry(name, value, in: body)
        size += entry.bytes.count
        guard size <= body.count else {
          throw .badEntry(name: name, "it lies in the bytes of another")
        }
        entries[name] = entry
      }
    }
    unusedBytes = body.count - size
  }

  /// Returns a name that occurs twice in the header; a JSON parser keeps only the last one.
  ///
  /// - Parameter count: the number of distinct names.
  private static func nameThatIsThereTwice(_ header: Data, _ count: Int) -> String? {
    var names: [Data] = []
    var depth = 0
    var start: Data.Index?
    var isEscaped = false
    for (index, byte) in zip(header.indices, header) {
      if let begin = start {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          // Every string at this depth is a name: the values are objects.
          if depth == 1 { names.append(header[begin...index]) }
          start = nil
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): start = index
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    guard names.count > count else { return nil }
    var met: Set<String> = []
    return names.lazy.map { name in
      // The same name may be written with different escapes.
      (try? JSONDecoder().decode(String.self, from: name)) ?? String(decoding: name, as: UTF8.self)
    }.first { !met.insert($0).inserted }
  }

  /// Refuses a header with too many syntax characters; those inside strings do not count.
  private static func checkSigns(_ header: Data) throws(TensorFileError) {
    var counts = [Int](repeating: 0, count: 256)
    var isText = false
    var isEscaped = false
    for byte in header {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isText: isEscaped = true
      case UInt8(ascii: "\""): isText.toggle()
      case _ where !isText: counts[Int(byte)] += 1
      default: break
      }
    }
    for (sign, most) in mostSigns where counts[Int(sign)] > most {
      throw .badHeader("it has more than \(most) times `\(Character(Unicode.Scalar(sign)))`")
    }
  }

  private static func entry(
    _ name: String,
    _ value: Any,
    in body: Data
  ) throws(TensorFileError) -> Entry {
    guard let fields = value as? [String: Any], let typeName = fields["dtype"] as? String,
      let shape = fields["shape"] as? [Int], let offsets = fields["data_offsets"] as? [Int],
      offsets.count == 2
    else { throw .badEntry(name: name, "it lacks dtype, shape or data_offsets") }
    guard let type = ElementType(rawValue: typeName) else {
      throw .badEntry(name: name, "its type \(typeName) is not supported")
    }
    guard shape.count <= mostExtents else { throw .badEntry(name: name, "it has too many extents") }
    guard shape.allSatisfy({ $0 >= 0 }), offsets[0] >= 0, offsets[0] <= offsets[1],
      offsets[1] <= body.count
    else {
      throw .badEntry(
        name: name,
        "its data at \(offsets[0])..<\(offsets[1]) lie outside the file (cut off?)"
      )
    }
    var size = type.size
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw .badEntry(name: name, "its shape is too large") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw .badEntry(
        name: name,
        "its shape needs \(size) bytes, its data have \(offsets[1] - offsets[0])"
      )
    }
    let start = body.startIndex
    return Entry(type: type, shape: shape, bytes: body[(start + offsets[0])..<(start + offsets[1])])
  }

  /// Writes the file in chunks, with entries in order of their names; equal contents give equal bytes.
  ///
  /// - Throws: `TensorFileError` if the header would be too long to be read back; any error of `sink`.
  package func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    var header = "{"
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map {
        "\(Self.quoted($0.key)):\(Self.quoted($0.value))"
      }
      header += "\"__metadata__\":{\(pairs.joined(separator: ","))},"
    }
    var offset = 0
    let ordered = entries.sorted { $0.key < $1.key }
    for (name, entry) in ordered {
      let end = offset + entry.bytes.count
      let shape = entry.shape.map(String.init).joined(separator: ",")
      header += "\(Self.quoted(name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
      header += "\"data_offsets\":[\(offset),\(end)]},"
      offset = end
    }
    if header.hasSuffix(",") { header.removeLast() }
    header += "}"
    // The data start at a multiple of 8 bytes; spaces after the JSON fill the gap.
    while header.utf8.count % 8 != 0 { header += " " }
    var start = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    start.append(contentsOf: header.utf8)
    guard header.utf8.count <= Self.headerLimit else {
      throw TensorFileError.unreadableHeader(bytes: header.utf8.count, limit: Self.headerLimit)
    }
    try Self.checkSigns(start.dropFirst(8))
    // Small arrays are written together, large ones directly from memory.
    var together = start
    for (_, entry) in ordered {
      if !together.isEmpty, together.count + entry.bytes.count > Self.togetherLimit {
        try together.withUnsafeBytes { try sink($0) }
        together = Data()
      }
      if entry.bytes.count > Self.togetherLimit {
        try entry.bytes.withUnsafeBytes { try sink($0) }
      } else {
        together.append(entry.bytes)
      }
    }
    if !together.isEmpty { try together.withUnsafeBytes { try sink($0) } }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
