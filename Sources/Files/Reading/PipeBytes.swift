import Glibc

/// What comes through a pipe, a socket or a device, which can be read once only.
package enum PipeBytes {
  /// Bytes that are taken at most where nothing else is said.
  package static let largest = 1 << 31

  /// Reads to the end.
  ///
  /// - Parameters:
  ///   - path: of the pipe, also `/dev/stdin` or `/dev/fd/63`.
  ///   - name: what errors call it.
  ///   - limit: bytes that are taken at most.
  ///   - poll: called about ten times a second while nothing comes; what it throws ends the reading.
  /// - Returns: nil for files and folders, which are not touched.
  /// - Throws: `FileReadError`, also for a pipe that nobody writes into; what `poll` throws.
  package static func read(
    path: String,
    name: String,
    limit: Int = largest,
    poll: () throws -> Void
  ) throws -> [UInt8]? {
    // Without the flag, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFREG, kind != S_IFDIR else { return nil }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EAGAIN || errno == EINTR {
        try poll()
        var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = Glibc.poll(&input, 1, 100)
        continue
      }
      guard count >= 0 else { throw FileReadError(file: name, .system(errno)) }
      guard count > 0 else {
        if bytes.isEmpty, kind == S_IFIFO { throw FileReadError(file: name, .noWriter) }
        return bytes
      }
      bytes += block[..<count]
      guard bytes.count <= limit else { throw FileReadError(file: name, .endless) }
    }
  }
}
