import Glibc

/// An open regular file that is not empty, for its digest and its bytes.
package struct OpenFile: ~Copyable {
  /// The name used in errors.
  package let name: String
  package let descriptor: Int32
  /// The size in bytes when the file was opened.
  private let size: Int

  /// Opens the file at `path`.
  package init(path: String, name: String) throws(FileReadError) {
    // Without the flag, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileReadError(file: name, .system(errno)) }
    try self.init(owning: descriptor, name: name)
  }

  /// Duplicates the descriptor of an open file.
  package init(duplicating descriptor: Int32, name: String) throws(FileReadError) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw FileReadError(file: name, .system(errno)) }
    try self.init(owning: copy, name: name)
  }

  private init(owning descriptor: Int32, name: String) throws(FileReadError) {
    self.name = name
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileReadError(file: name, .system(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileReadError(file: name, .noFile) }
    guard status.st_size > 0 else { throw FileReadError(file: name, .empty) }
    size = status.st_size
  }

  deinit { close(descriptor) }

  /// Computes the digest of all bytes.
  ///
  /// - Parameter progress: called before every part that is read; an error it throws ends the reading.
  /// - Throws: `FileReadError`, or whatever `progress` throws.
  package func digest(_ progress: () throws -> Void) throws -> Digest {
    var stream = DigestStream()
    var block = [UInt8](repeating: 0, count: ReadBlock.bytes(forFileOf: size))
    var offset = 0
    while true {
      try progress()
      let count = pread(descriptor, &block, block.count, offset)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileReadError(file: name, .system(errno)) }
      guard count > 0 else { return stream.digest }
      block.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      offset += count
    }
  }

  /// Reads all bytes.
  package func contents() throws(FileReadError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ReadBlock.bytes(forFileOf: size))
    while true {
      let count = pread(descriptor, &block, block.count, bytes.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileReadError(file: name, .system(errno)) }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }
}
