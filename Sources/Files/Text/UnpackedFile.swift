import CArchive
import Foundation

/// The bytes of a file; gzip, bzip2, xz and zstd are decompressed as it is read.
package struct UnpackedFile: ~Copyable {
  private let name: String
  private let archive: OpaquePointer
  private let descriptor: Int32
  private var isOpen = false
  /// The size of the file in bytes, as it is stored.
  package let size: Int

  /// - Parameters:
  ///   - path: the file's path.
  ///   - name: the name used in errors.
  /// - Throws: `TextFileError`.
  package init(path: String, name: String) throws(TextFileError) {
    // Without the flag, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let error = FileReadError(file: path, .system(errno))
      if descriptor >= 0 { close(descriptor) }
      throw TextFileError(name, error.reason, error.remedy)
    }
    guard status.st_mode & S_IFMT == S_IFREG, let archive = archive_read_new() else {
      close(descriptor)
      throw TextFileError(
        name,
        "this is not a regular file",
        "name a file; what comes through a pipe must be written to one first"
      )
    }
    // Any other kind of compressed file is read as it is.
    for support in [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
      archive_read_support_filter_xz, archive_read_support_filter_zstd,
      archive_read_support_format_raw, archive_read_support_format_empty,
    ] {
      _ = support(archive)
    }
    self.name = name
    self.archive = archive
    self.descriptor = descriptor
    size = status.st_size
  }

  deinit {
    archive_read_free(archive)
    close(descriptor)
  }

  /// The fraction of the file read so far, from 0 to 1.
  package var share: Double {
    min(1, Double(archive_filter_bytes(archive, -1)) / Double(max(1, size)))
  }

  /// True if the bytes are read as they are stored; known after the first read.
  package var isPlain: Bool { archive_filter_count(archive) <= 1 }

  /// Fills a buffer as far as there are bytes.
  ///
  /// - Returns: the number of bytes read, less than the buffer's size only at the end.
  package mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(TextFileError) -> Int {
    if !isOpen {
      try check(archive_read_open_fd(archive, descriptor, 1 << 18))
      var entry: OpaquePointer?
      let code = archive_read_next_header(archive, &entry)
      if code == ARCHIVE_EOF { return 0 }
      try check(code)
      isOpen = true
    }
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

  /// Reads the first bytes of a file.
  ///
  /// - Throws: `TextFileError`.
  package static func beginning(
    ofFile path: String,
    name: String,
    count: Int
  ) throws(TextFileError) -> (bytes: [UInt8], size: Int, isPlain: Bool) {
    var file = try UnpackedFile(path: path, name: name)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    let read = try file.read(into: buffer)
    return (Array(buffer[..<read]), file.size, file.isPlain)
  }

  private func check(_ code: Int32) throws(TextFileError) {
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw damaged }
  }

  private var damaged: TextFileError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
    return TextFileError(name, "it cannot be read (\(reason))", "check the file")
  }
}
