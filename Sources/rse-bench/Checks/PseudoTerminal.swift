import CVTerm
import Foundation

/// A terminal for a program that reads typed input.
final class PseudoTerminal {
  /// The program's side of the terminal.
  let program: FileHandle
  private let own: Int32
  private var bytes: [UInt8] = []

  init() throws {
    own = posix_openpt(O_RDWR | O_NOCTTY)
    var name = [CChar](repeating: 0, count: 64)
    guard own >= 0, grantpt(own) == 0, unlockpt(own) == 0,
      ptsname_r(own, &name, name.count) == 0
    else { throw BrokenPromise("there is no terminal for a session") }
    let other = open(name, O_RDWR | O_NOCTTY)
    guard other >= 0, fcntl(own, F_SETFL, O_NONBLOCK) == 0 else {
      throw BrokenPromise("there is no terminal for a session")
    }
    program = FileHandle(fileDescriptor: other, closeOnDealloc: true)
  }

  deinit { close(own) }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(own, bytes, bytes.count)
  }

  /// Reads the program's output.
  func read() {
    var block = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(own, &block, block.count)
      guard count > 0 else { return }
      bytes += block[..<count]
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
