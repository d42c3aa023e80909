import Foundation

/// A line of a file of text.
package struct TextLine {
  /// From 1.
  package let number: Int
  /// Without the end of the line, and without the mark at the beginning of a file.
  package let bytes: UnsafeRawBufferPointer
  /// Whether it is UTF-8.
  package let isText: Bool

  /// What remarks say about a line that is no text.
  package static let notText = "not UTF-8"
  /// What some programs begin a text with: U+FEFF.
  package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The text of the line, with U+FFFD for what is none.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether nothing but blanks is in it.
  package var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

/// Whole lines of a text.
package struct TextPart {
  fileprivate let bytes: UnsafeRawBufferPointer
  fileprivate let lineEnd: UInt8
  /// The number of lines in front of it.
  package let before: Int

  /// Hands over line after line.
  package func forEachLine(_ body: (TextLine) throws -> Void) rethrows {
    // Most files are text, which is found out fastest for all lines together.
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

/// Reads a file of text in UTF-8 line by line; what is packed by gzip, bzip2, xz or zstd is unpacked on the way.
///
/// Lines end with a line feed, which a carriage return may precede, or, in a file without line feeds, with carriage
/// returns; the last one needs no end. A byte order mark at the beginning belongs to no line.
package struct TextReader: ~Copyable {
  private let name: String
  private var file: UnpackedFile

  /// Bytes of a part, before the line that is cut off is added to the next.
  private static let partSize = 1 << 20
  /// A line may have so many bytes.
  package static let longestLine = 1 << 24

  /// - Parameters:
  ///   - path: of the file.
  ///   - name: what errors call it.
  /// - Throws: `TextFileError`.
  package init(path: String, name: String) throws(TextFileError) {
    self.name = name
    file = try UnpackedFile(path: path, name: name)
  }

  /// Hands over the text in parts of whole lines, with the share of the file that was read.
  ///
  /// - Throws: `TextFileError` for what is no text at all; what `body` throws.
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

  /// Hands over line after line, with the share of the file that was read.
  ///
  /// - Throws: as `forEachPart`.
  package consuming func forEachLine(_ body: (TextLine, Double) throws -> Void) throws {
    try forEachPart { part, share in try part.forEachLine { try body($0, share) } }
  }
}

extension UnsafeRawBufferPointer {
  /// Hands over line after line, without its end.
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

  /// Whether the bytes are UTF-8.
  package var isText: Bool {
    (try? UTF8Span(validating: assumingMemoryBound(to: UInt8.self).span)) != nil
  }

  /// What ends lines: line feeds, or carriage returns where there are no others.
  package var lineEnd: UInt8 {
    let (feed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    return contains(feed) || !contains(carriageReturn) ? feed : carriageReturn
  }

  /// Hands over the lines of a whole text, by the rules of `TextReader`.
  package func forEachTextLine(_ body: (TextLine) throws -> Void) rethrows {
    let hasMark = starts(with: TextLine.mark)
    let text = UnsafeRawBufferPointer(rebasing: dropFirst(hasMark ? TextLine.mark.count : 0))
    try TextPart(bytes: text, lineEnd: text.lineEnd, before: 0).forEachLine(body)
  }
}
