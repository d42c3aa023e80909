import CArchive
import Foundation

/// Reads a file of UTF-8 text part by part; what is packed by gzip, bzip2, xz or zstd is unpacked on the way.
package struct TextReader: ~Copyable {
  private let path: String
  private let name: String
  private let archive: OpaquePointer
  private let descriptor: Int32
  /// Bytes of the file, packed as they are.
  package let size: Int

  /// Bytes of a part, before the line that is cut off is added to the next.
  private static let partSize = 1 << 22
  /// A line may have so many bytes.
  package static let longestLine = 1 << 24

  /// - Parameters:
  ///   - path: of the file.
  ///   - name: what errors call it.
  /// - Throws: `TextFileError`.
  package init(path: String, name: String) throws(TextFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      if descriptor >= 0 { close(descriptor) }
      throw TextFileError(name, reason, "check the name and the permissions")
    }
    guard status.st_mode & S_IFMT == S_IFREG, let archive = archive_read_new() else {
      close(descriptor)
      throw TextFileError(name, "this is not a regular file", "name a file of text")
    }
    // What is packed in another way is read as it is, and found not to be text.
    for support in [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
      archive_read_support_filter_xz, archive_read_support_filter_zstd,
      archive_read_support_format_raw, archive_read_support_format_empty,
    ] {
      _ = support(archive)
    }
    self.path = path
    self.name = name
    self.archive = archive
    self.descriptor = descriptor
    size = status.st_size
  }

  deinit {
    archive_read_free(archive)
    close(descriptor)
  }

  /// Hands over the text in parts of whole lines.
  ///
  /// - Parameter body: given the bytes of a part, the place of its first byte in the unpacked text, and the share
  ///   of the file that was read.
  /// - Throws: `TextFileError`, also for bytes that are not UTF-8; what `body` throws.
  package func forEachPart(
    _ body: (UnsafeRawBufferPointer, Int, Double) throws -> Void
  ) throws {
    try check(archive_read_open_fd(archive, descriptor, 1 << 18))
    var entry: OpaquePointer?
    let code = archive_read_next_header(archive, &entry)
    if code == ARCHIVE_EOF { return }
    try check(code)
    var part: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.partSize, alignment: 16)
    defer { block.deallocate() }
    var start = 0
    var isOver = false
    while !isOver {
      let count = try read(into: block)
      part.append(contentsOf: block[..<count])
      isOver = count == 0
      let end = isOver ? part.count : (part.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
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
        try checkEncoding(lines, start)
        let share = min(1, Double(archive_filter_bytes(archive, -1)) / Double(max(1, size)))
        try body(lines, start, share)
      }
      part.removeFirst(end)
      start += end
    }
  }

  /// Fills a buffer as far as the text goes.
  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(TextFileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = archive_read_data(archive, rest.baseAddress, rest.count)
      if count == Int(ARCHIVE_RETRY) { continue }
      guard count >= 0 else { throw damaged }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private func check(_ code: Int32) throws(TextFileError) {
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw damaged }
  }

  private var damaged: TextFileError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
    return TextFileError(name, "it cannot be read (\(reason))", "check the file")
  }

  private func checkEncoding(
    _ bytes: UnsafeRawBufferPointer,
    _ start: Int
  ) throws(TextFileError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span)
    } catch {
      let valid = error.byteOffsets.lowerBound
      throw TextFileError(
        name,
        place: "byte \(start + valid)",
        String(format: "this is no UTF-8 (0x%02X)", bytes[valid]),
        "save the file as UTF-8"
      )
    }
  }

  /// Hands over line after line, without its end; lines count from 1.
  ///
  /// - Throws: as `forEachPart`.
  package func forEachLine(
    _ body: (UnsafeRawBufferPointer, Int, Double) throws -> Void
  ) throws {
    var number = 0
    try forEachPart { part, _, share in
      try part.forEachLine { line in
        number += 1
        try body(line, number, share)
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Hands over line after line, without its end.
  package func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var rest = self
    while let base = rest.baseAddress, rest.count > 0 {
      let end = memchr(base, Int32(UInt8(ascii: "\n")), rest.count)
      let length = end.map { UnsafeRawPointer($0) - base } ?? rest.count
      try body(UnsafeRawBufferPointer(start: base, count: length))
      rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min(rest.count, length + 1)...])
    }
  }
}
