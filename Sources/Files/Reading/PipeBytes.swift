import Glibc

/// What comes through a pipe, a socket or a device, which can be read once only.
package enum PipeBytes {
  /// Bytes that are taken into memory where nothing else is said.
  package static let largest = 1 << 31

  /// How long is waited for bytes at a time, in milliseconds.
  private static let turn: Int32 = 100
  /// How many turns are waited for a program to open a pipe that has a name.
  private static let mostTurns = 20

  /// Opens what has a name and is no file, such as `/dev/stdin`, `/dev/fd/63` or a FIFO, without waiting for it.
  ///
  /// - Returns: a descriptor that the caller closes; nil for files and folders, and for what cannot be opened.
  package static func open(_ path: String) -> Int32? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    guard kind != S_IFREG, kind != S_IFDIR else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  /// Hands over all bytes that come, in blocks.
  ///
  /// - Parameters:
  ///   - descriptor: of the pipe.
  ///   - name: what errors call it.
  ///   - poll: told the number of bytes so far, at least about ten times a second; what it throws ends the reading.
  ///   - body: given each block.
  /// - Returns: the number of bytes; 0 also where nobody writes into the pipe.
  /// - Throws: `FileReadError`; what `poll` and `body` throw.
  package static func forEachBlock(
    of descriptor: Int32,
    name: String,
    poll: (Int) throws -> Void,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let isBlocking = fcntl(descriptor, F_GETFL) & O_NONBLOCK == 0
    var block = [UInt8](repeating: 0, count: 1 << 18)
    var (count, turns) = (0, 0)
    while true {
      try poll(count)
      var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Of a pipe that nobody has opened for writing only reading tells.
      guard Glibc.poll(&input, 1, turn) > 0 || !isBlocking else { continue }
      let read = Glibc.read(descriptor, &block, block.count)
      if read < 0, errno == EINTR || errno == EAGAIN { continue }
      guard read >= 0 else { throw FileReadError(file: name, .system(errno)) }
      guard read > 0 else {
        guard count == 0, !isBlocking, turns < mostTurns, isPipe(descriptor) else { return count }
        turns += 1
        // Without a writer the wait above ends at once.
        _ = Glibc.poll(nil, 0, turn)
        continue
      }
      count += read
      try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<read])) }
    }
  }

  /// Reads to the end.
  ///
  /// - Parameters:
  ///   - path: of the pipe.
  ///   - name: what errors call it.
  ///   - limit: bytes that are taken at most.
  ///   - poll: as of `forEachBlock`.
  /// - Returns: nil for files and folders, which are not touched.
  /// - Throws: `FileReadError`, also for a pipe that nobody writes into; what `poll` throws.
  package static func read(
    path: String,
    name: String,
    limit: Int = largest,
    poll: () throws -> Void
  ) throws -> [UInt8]? {
    guard let descriptor = open(path) else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let count = try forEachBlock(of: descriptor, name: name, poll: { _ in try poll() }) { block in
      bytes += block
      guard bytes.count <= limit else { throw FileReadError(file: name, .endless) }
    }
    guard count > 0 || !isPipe(descriptor) else { throw FileReadError(file: name, .noWriter) }
    return bytes
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }
}
