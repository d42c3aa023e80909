import Glibc

/// The bytes from a pipe, a socket or a device, which can be read only once.
package enum PipeBytes {
  /// The default limit of the bytes read into memory.
  package static let largest = 1 << 31

  /// The duration of one wait for bytes, in milliseconds.
  private static let turn: Int32 = 100
  /// The maximum number of waits for a program to open a named pipe.
  private static let mostTurns = 20

  /// Opens a path that is not a file, such as `/dev/stdin`, `/dev/fd/63` or a FIFO, without blocking.
  ///
  /// - Returns: a descriptor for the caller to close; nil for files, folders and paths that cannot be opened.
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

  /// Passes on all bytes that arrive, in blocks.
  ///
  /// - Parameters:
  ///   - descriptor: the pipe's descriptor.
  ///   - name: the name used in errors.
  ///   - poll: receives the number of bytes so far, at least about ten times a second; an error it throws ends the
  ///     reading.
  ///   - body: receives each block.
  /// - Returns: the number of bytes, 0 also if the pipe has no writer.
  /// - Throws: `FileReadError`, or whatever `poll` and `body` throw.
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
      // Only a read reveals that no program has opened a pipe for writing.
      guard Glibc.poll(&input, 1, turn) > 0 || !isBlocking else { continue }
      let read = Glibc.read(descriptor, &block, block.count)
      if read < 0, errno == EINTR || errno == EAGAIN { continue }
      guard read >= 0 else { throw FileReadError(file: name, .system(errno)) }
      guard read > 0 else {
        guard count == 0, !isBlocking, turns < mostTurns, isPipe(descriptor) else { return count }
        turns += 1
        // Without a writer the wait above returns at once.
        _ = Glibc.poll(nil, 0, turn)
        continue
      }
      count += read
      try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<read])) }
    }
  }

  /// Reads all bytes up to the end.
  ///
  /// - Parameters:
  ///   - path: the pipe's path.
  ///   - name: the name used in errors.
  ///   - limit: the maximum number of bytes.
  ///   - poll: called at least about ten times a second; an error it throws ends the reading.
  /// - Returns: nil for files and folders, which are not read.
  /// - Throws: `FileReadError`, also for a pipe without a writer, or whatever `poll` throws.
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
