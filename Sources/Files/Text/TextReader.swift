import Foundation

/// A line of a text file.
package struct TextLine {
  /// The line number, from 1.
  package let number: Int
  /// The bytes without the line end, and without a byte order mark at the beginning of the file.
  package let bytes: UnsafeRawBufferPointer
  /// True if the line is UTF-8.
  package let isText: Bool

  /// The wording of remarks on a line that is not text.
  package static let notText = "not UTF-8"
  /// The byte order mark, U+FEFF, with which some programs begin a text.
  package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The text of the line, with U+FFFD for bytes that are not UTF-8.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// True if the line is blank.
  package var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

/// Whole lines of a text.
package struct TextPart {
  fileprivate let bytes: UnsafeRawBufferPointer
  fileprivate let lineEnd: UInt8
  /// The number of lines before it.
  package let before: Int

  /// Calls `body` with each line.
  package func forEachLine(_ body: (TextLine) throws -> Void) rethrows {
    // Most files are text, which is checked fastest for all lines together.
    let isText = bytes.isText
    var number = before
    try bytes.forEachLine(endingWith: lineEnd) { line in
      var line = line
      while line.last == UInt8(ascii: "\r") {
        line = UnsafeRawBufferPointer(rebasing: line.dropLast())
      }
      number += 1
      try body(TextLine(number: number, bytes: line, isText: isText || line.isText))
    }
  }
}

/// Reads a UTF-8 text file line by line; gzip, bzip2, xz and zstd are decompressed on the fly.
///
/// Lines end with a line feed, which a carriage return may precede, or, in a file without line feeds, with a carriage
/// return; the last line needs no end. A byte order mark at the beginning belongs to no line.
package struct TextReader: ~Copyable {
  private let name: String
  private var file: UnpackedFile

  /// The size of a part in bytes, before an incomplete last line is carried over to the next.
  private static let partSize = 1 << 20
  /// The maximum length of a line in bytes.
  package static let longestLine = 1 << 24

  /// - Parameters:
  ///   - path: the file's path.
  ///   - name: the name used in errors.
  /// - Throws: `TextFileError`.
  package init(path: String, name: String) throws(TextFileError) {
    self.name = name
    file = try UnpackedFile(path: path, name: name)
  }

  /// Calls `body` with parts of whole lines, and with the fraction of the file read so far.
  ///
  /// - Throws: `TextFileError` if the file is not text at all, or whatever `body` throws.
  package consuming func forEachPart(_ body: (TextPart, Double) throws -> Void) throws {
    var part: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.partSize, alignment: 16)
    defer { block.deallocate() }
    var start = 0
    var number = 0
    var lineEnd = UInt8(ascii: "\n")
    var isOver = false
    while !isOver {
      let count = try file.read(into: block)
      part.append(contentsOf: block[..<count])
      isOver = count == 0
      if start == 0, number == 0 {
        if let kind = OtherKind(part) { throw TextFileError(name, kind.reason, kind.remedy) }
        if part.starts(with: TextLine.mark) { part.removeFirst(TextLine.mark.count) }
        lineEnd = part.withUnsafeBytes(\.lineEnd)
      }
      let end = isOver ? part.count : (part.lastIndex(of: lineEnd) ?? -1) + 1
      guard end > 0 else {
        guard part.count <= Self.longestLine else {
          throw TextFileError(
            name,
            place: "byte \(start)",
            "a line is longer than \(Self.longestLine >> 20) MiB",
            "divide it into lines"
          )
        }
        continue
      }
      try part.withUnsafeBytes { bytes in
        let lines = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        try body(TextPart(bytes: lines, lineEnd: lineEnd, before: number), file.share)
        number += lines.count { $0 == lineEnd } + (lines.last == lineEnd ? 0 : 1)
      }
      part.removeFirst(end)
      start += end
    }
  }

  /// Calls `body` with each line, and with the fraction of the file read so far.
  ///
  /// - Throws: as `forEachPart`.
  package consuming func forEachLine(_ body: (TextLine, Double) throws -> Void) throws {
    try forEachPart { part, share in try part.forEachLine { try body($0, share) } }
  }
}

extension UnsafeRawBufferPointer {
  /// Calls `body` with each line, without its end.
  package func forEachLine(
    endingWith lineEnd: UInt8 = UInt8(ascii: "\n"),
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var rest = self
    while let base = rest.baseAddress, rest.count > 0 {
      let end = memchr(base, Int32(lineEnd), rest.count)
      let length = end.map { UnsafeRawPointer($0) - base } ?? rest.count
      try body(UnsafeRawBufferPointer(start: base, count: length))
      rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min(rest.count, length + 1)...])
    }
  }

  /// True if the bytes are UTF-8.
  package var isText: Bool {
    (try? UTF8Span(validating: assumingMemoryBound(to: UInt8.self).span)) != nil
  }

  /// The byte that ends lines: a line feed, or a carriage return if there are only these.
  package var lineEnd: UInt8 {
    let (feed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    return contains(feed) || !contains(carriageReturn) ? feed : carriageReturn
  }

  /// Calls `body` with each line of a whole text, by the rules of `TextReader`.
  package func forEachTextLine(_ body: (TextLine) throws -> Void) rethrows {
    let hasMark = starts(with: TextLine.mark)
    let text = UnsafeRawBufferPointer(rebasing: dropFirst(hasMark ? TextLine.mark.count : 0))
    try TextPart(bytes: text, lineEnd: text.lineEnd, before: 0).forEachLine(body)
  }
}
