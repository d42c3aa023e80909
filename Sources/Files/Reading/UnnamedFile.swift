import Foundation

/// A temporary file without a name, which vanishes when it is closed, however the program ends.
package struct UnnamedFile: ~Copyable {
  package let descriptor: Int32

  /// Creates one in `TMPDIR`, or in `/tmp`.
  ///
  /// - Parameter purpose: The file whose content is stored there, for errors.
  package init(for purpose: String) throws(FileReadError) {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    // The system replaces the last six letters.
    var template = Array("\(folder)/rse-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.error(purpose) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  package func write(_ bytes: UnsafeRawBufferPointer, for purpose: String) throws(FileReadError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw Self.error(purpose) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  private static func error(_ purpose: String) -> FileReadError {
    FileReadError(file: purpose, .noRoom(reason: String(cString: strerror(errno)).lowercased()))
  }
}
