import Glibc
import Notebooks

/// The script on standard input.
enum StandardInput {
  /// Reads to the end; nil if Ctrl-C came first.
  ///
  /// - Throws: `UnreadableInput`.
  static func read() throws -> String? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &block, block.count)
      if Signals.isInterrupted { return nil }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw UnreadableInput(reason: String(cString: strerror(errno)))
      }
      if count == 0 {
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw UnreadableInput(reason: "it is not UTF-8")
        }
        return text
      }
      bytes += block[..<count]
      guard bytes.count <= NotebookFile.largest else {
        let limit = NotebookFile.largest >> 20
        throw UnreadableInput(reason: "it is larger than the \(limit) MiB a script may have")
      }
    }
  }
}

/// The error that standard input cannot be read.
struct UnreadableInput: Error, CustomStringConvertible {
  let reason: String

  var description: String { "cannot read standard input: \(reason)" }
}
