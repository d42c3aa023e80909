import Glibc
import Sessions

/// Runs a language server on two descriptors: reads messages from one and writes answers to the other.
package struct ServerLoop {
  /// The idle time after which diagnostics are sent, in milliseconds.
  private static let pause: Int32 = 100

  /// The interval at which to check that the client still exists, in milliseconds.
  private static let watch: Int32 = 2000

  private let input: Int32
  private let output: Int32
  private let catalog: Catalog
  private let report: (String) -> Void
  private let isInterrupted: () -> Bool

  /// - Parameters:
  ///   - input: the descriptor to read messages from.
  ///   - output: the descriptor to write answers to; a write to a closed pipe must fail with an error, not raise a
  ///     signal.
  ///   - catalog: the available commands and names.
  ///   - report: receives messages about the server itself, one line each.
  ///   - isInterrupted: returns true if the user wants the server to end.
  package init(
    input: Int32,
    output: Int32,
    catalog: Catalog,
    report: @escaping (String) -> Void,
    isInterrupted: @escaping () -> Bool = { false }
  ) {
    self.input = input
    self.output = output
    self.catalog = catalog
    self.report = report
    self.isInterrupted = isInterrupted
  }

  /// Answers until the client sends `exit` or is gone.
  package func run() -> ExitStatus {
    var hasReader = true
    let server = LanguageServer(
      catalog: catalog,
      send: { content in
        let header = Array("Content-Length: \(content.count)\r\n\r\n".utf8)
        if hasReader { hasReader = write(header + content) }
      },
      report: report
    )
    var framing = MessageFraming()
    while true {
      if let ending = server.ending { return ending }
      if isInterrupted() { return .interrupted }
      guard hasReader else {
        report("the client does not read any more")
        return .failed
      }
      let wait = server.hasMessages ? 0 : server.hasPending ? Self.pause : Self.watch
      switch read(milliseconds: wait) {
      case .bytes(let bytes):
        framing.append(bytes)
        while let piece = framing.next() {
          switch piece {
          case .content(let content): server.accept(content)
          case .fault(let description): server.acceptFault(description)
          }
        }
      case .nothing:
        if !server.hasMessages { idle(server) }
      case .end:
        // Requests received before are still answered.
        while server.hasMessages, server.ending == nil { server.answerNext() }
        server.publishPending()
        server.clientLeft()
      }
      // One at a time, so that a request cancelled in the meantime is not processed.
      server.answerNext()
    }
  }

  /// Does the work that is due while the client is idle.
  private func idle(_ server: LanguageServer) {
    if server.hasPending {
      server.publishPending()
    } else if let client = server.clientProcess, kill(client, 0) < 0, errno == ESRCH {
      report("the client, process \(client), has ended")
      server.clientLeft()
    }
  }

  private enum Read {
    case bytes([UInt8])
    case nothing
    case end
  }

  private func read(milliseconds: Int32) -> Read {
    var entry = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return .nothing }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(input, &block, block.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? .nothing : .end }
    return count == 0 ? .end : .bytes(Array(block[..<count]))
  }

  /// Writes all bytes; returns false if nobody reads.
  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        var entry = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, Self.watch)
      } else if count < 0, errno != EINTR {
        return false
      }
    }
    return true
  }
}
