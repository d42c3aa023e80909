import Files
import Glibc

/// Writes a notebook's bytes to a path; ``NotebookFile/atomicWriter`` except in tests.
package typealias NotebookWriter = (_ bytes: [UInt8], _ path: String) throws -> Void

/// Reading and replacing notebook files.
package enum NotebookFile {
  /// The largest file that is read as a notebook or a script, in bytes.
  package static let largest = 64 << 20

  /// Writes atomically: the old file survives any failure.
  package static let atomicWriter: @Sendable ([UInt8], String) throws -> Void = {
    try AtomicFile.write($0, to: $1)
  }

  /// Reads a file that is no larger than ``largest``, or another limit, in bytes.
  package static func read(
    _ path: String,
    limit: Int = largest
  ) throws(NotebookError) -> [UInt8] {
    if path.utf8.contains(0) { throw .unreadable(file: path, code: EINVAL) }
    if let bytes = try throughPipe(path, limit: limit) { return bytes }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .unreadable(file: path, code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(file: path, code: errno)
      }
      bytes += buffer[..<count]
      if bytes.count > limit { throw .tooLarge(file: path, limit: limit) }
    }
  }

  /// Reads a pipe, such as `<(generate)`; nil for files and folders.
  private static func throughPipe(
    _ path: String,
    limit: Int
  ) throws(NotebookError) -> [UInt8]? {
    do {
      return try PipeBytes.read(path: path, name: path, limit: limit) {}
    } catch let error as FileReadError {
      if error.fault == .endless { throw .tooLarge(file: path, limit: limit) }
      throw .noInput(file: path, reason: error.reason, remedy: error.remedy)
    } catch {
      throw .unreadable(file: path, code: EIO)
    }
  }

  /// Writes `new` to `path`, which is expected to hold `old` still.
  ///
  /// If someone else has changed the file, `new` goes to a name beside it and the error says so.
  static func replace(
    _ path: String,
    holding old: [UInt8],
    with new: [UInt8],
    writer: NotebookWriter
  ) throws {
    guard holds(path, old) else {
      let other = freeName(beside: path)
      try writer(new, other)
      throw NotebookError.changedOnDisk(file: path, savedAs: other)
    }
    try writer(new, path)
  }

  /// Returns false if the file has unexpected content; a missing or unreadable file counts as unchanged.
  private static func holds(_ path: String, _ old: [UInt8]) -> Bool {
    do throws(NotebookError) {
      return try read(path) == old
    } catch .tooLarge {
      return false
    } catch {
      return true
    }
  }

  /// Returns true if a notebook of these bytes can be read again.
  static func isReadable(_ bytes: [UInt8]) -> Bool {
    bytes.count <= largest && bytes.count { $0 == .lineFeed } < Notebook.mostLines
  }

  /// Returns true if anything, even a dangling link, has this name.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  static func freeName(beside path: String) -> String {
    let suffix = ".rsenb"
    let stem = path.hasSuffix(suffix) ? String(path.dropLast(suffix.count)) : path
    var name = "\(stem).recorded\(suffix)"
    var number = 2
    while exists(name) {
      name = "\(stem).recorded-\(number)\(suffix)"
      number += 1
    }
    return name
  }
}
