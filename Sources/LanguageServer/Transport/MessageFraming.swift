/// Finds messages in a stream of bytes: `Content-Length: N`, a blank line, N bytes.
///
/// Damaged headers are skipped up to the next readable one, and reported.
struct MessageFraming {
  /// The next item of the stream.
  enum Piece: Equatable {
    /// The content of a message.
    case content([UInt8])
    /// A description of bytes that are not a message.
    case fault(String)
  }

  /// The largest content that is read, in bytes; larger content is skipped.
  static let largest = 96 << 20

  /// The largest content that is skipped, in bytes; a header that states more counts as damaged.
  private static let longest = 1 << 32

  /// The longest header that is read, in bytes.
  private static let longestHeader = 16 << 10

  private static let field = Array("content-length:".utf8)

  private var bytes: [UInt8] = []
  /// The index of the first unread byte.
  private var start = 0
  /// The number of bytes still to come of a message that is too large.
  private var skipped = 0

  /// Appends bytes that have been read.
  mutating func append(_ new: [UInt8]) {
    var new = new[...]
    if skipped > 0 {
      let count = min(skipped, new.count)
      skipped -= count
      new = new.dropFirst(count)
    }
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
      start = 0
    }
    bytes.append(contentsOf: new)
  }

  /// Returns the next piece; nil until more bytes arrive.
  mutating func next() -> Piece? {
    guard let header = headerEnd() else {
      guard bytes.count - start > Self.longestHeader else { return nil }
      return .fault(skipToHeader("a header has no end"))
    }
    guard let length = length(in: start..<header) else {
      return .fault(skipToHeader("a header has no `Content-Length: ` that can be"))
    }
    guard length <= Self.largest else {
      let rest = bytes.count - header
      skipped = max(0, length - rest)
      start = header + min(rest, length)
      return .fault("a message of \(length) bytes is larger than the \(Self.largest) that are read")
    }
    guard bytes.count - header >= length else { return nil }
    let content = Array(bytes[header..<header + length])
    start = header + length
    if start > 1 << 20 {
      bytes.removeFirst(start)
      start = 0
    }
    return .content(content)
  }

  /// Returns the offset after the blank line that ends a header.
  private func headerEnd() -> Int? {
    var offset = start
    let limit = min(bytes.count, start + Self.longestHeader)
    while offset < limit {
      if bytes[offset] == Self.newline {
        if offset + 1 < limit, bytes[offset + 1] == Self.newline { return offset + 2 }
        if offset + 2 < limit, bytes[offset + 1] == Self.carriageReturn,
          bytes[offset + 2] == Self.newline
        {
          return offset + 3
        }
      }
      offset += 1
    }
    return nil
  }

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private func length(in header: Range<Int>) -> Int? {
    let lines = bytes[header].split { $0 == Self.newline || $0 == Self.carriageReturn }
    let values = lines.filter { isField($0) }.map { line in
      Int(
        String(decoding: line.dropFirst(Self.field.count), as: UTF8.self)
          .split(separator: " ").joined()
      )
    }
    guard let value = values.last, let length = value, (0...Self.longest).contains(length) else {
      return nil
    }
    return length
  }

  private func isField(_ line: ArraySlice<UInt8>) -> Bool {
    line.count > Self.field.count
      && zip(line, Self.field).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
  }

  /// Continues at the next header after the current offset; returns the reason with the number of bytes left out.
  private mutating func skipToHeader(_ reason: String) -> String {
    let first = start
    var offset = start + 1
    while offset < bytes.count, !isField(bytes[offset..<min(bytes.count, offset + 16)]) {
      offset += 1
    }
    // The next header may have arrived in part.
    if offset == bytes.count { offset = max(start + 1, bytes.count - Self.field.count) }
    start = min(offset, bytes.count)
    return "\(reason): \(start - first) bytes are left out"
  }
}
