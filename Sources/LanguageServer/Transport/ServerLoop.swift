import Glibc
import Sessions

/// Runs a language server on two files: reads messages from one and writes answers into the other.
package struct ServerLoop {
  /// Milliseconds without a message after which diagnostics are sent.
  private static let pause: Int32 = 100

  /// Milliseconds after which it is looked whether the client is still there.
  private static let watch: Int32 = 2000

  private let input: Int32
  private let output: Int32
  private let catalog: Catalog
  private let report: (String) -> Void
  private let isInterrupted: () -> Bool

  /// - Parameters:
  ///   - input: the descriptor that messages come from.
  ///   - output: the one that answers go to. A write into a closed pipe must give an error and no signal.
  ///   - catalog: the commands and names that there are.
  ///   - report: takes what is to be told about the server itself, a line each.
  ///   - isInterrupted: whether the user wants the server to end.
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

  /// Answers until the client says `exit`, or is gone.
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
        // What has been asked before is answered still.
        while server.hasMessages, server.ending == nil { server.answerNext() }
        server.publishPending()
        server.clientLeft()
      }
      // One by one, so that a request that is cancelled meanwhile is not worked on.
      server.answerNext()
    }
  }

  /// Does what is to be done while the client says nothing.
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

  /// Writes all bytes; false when nobody reads.
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
