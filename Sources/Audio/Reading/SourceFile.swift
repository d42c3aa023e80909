import Files
import Glibc

/// A sound file that is open, for its digest and for its sound.
struct SourceFile: ~Copyable {
  let name: String
  let descriptor: Int32

  /// Opens the file at `path`, which must be a regular one with content.
  init(path: String, name: String) throws(AudioError) {
    // Without the flag, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw AudioError(file: name, .system(errno)) }
    try self.init(owning: descriptor, name: name)
  }

  /// Takes a second descriptor of an open file.
  init(duplicating descriptor: Int32, name: String) throws(AudioError) {
    let copy = dup(descriptor)
    guard copy >= 0 else { throw AudioError(file: name, .system(errno)) }
    try self.init(owning: copy, name: name)
  }

  private init(owning descriptor: Int32, name: String) throws(AudioError) {
    self.name = name
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw AudioError(file: name, .system(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw AudioError(file: name, .noFile) }
    guard status.st_size > 0 else { throw AudioError(file: name, .empty) }
  }

  deinit { close(descriptor) }

  /// A reader of the whole file, as far as it goes.
  func reader() throws(AudioError) -> AudioReader {
    try AudioReader(SourceFile(duplicating: descriptor, name: name), allowsTruncation: true)
  }

  /// The digest of all bytes.
  func digest(_ progress: () throws -> Void) throws -> Digest {
    var stream = DigestStream()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while true {
      try progress()
      let count = pread(descriptor, &block, block.count, offset)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw AudioError(file: name, .system(errno)) }
      guard count > 0 else { return stream.digest }
      block.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      offset += count
    }
  }
}
