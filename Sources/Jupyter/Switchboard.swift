import CommandLanguage
import Files
import Foundation
import Machine
import Synchronization
import Tensors

/// The sockets of a kernel, and the threads that serve them while statements run: one forwards requests, publishes
/// output and answers what must not wait, such as interrupts; the other answers heartbeats.
package final class Switchboard {
  /// The destination of answers and output.
  enum Channel: UInt8 {
    case shell, published
    /// The end of all answers and output.
    case end
  }

  /// The flags of the kernel's shutdown.
  final class Ending: Sendable {
    /// True if a client requested it, or the program that started the kernel has ended.
    let isWanted = Atomic<Bool>(false)
    /// True if the sockets are no longer served.
    let isDone = Atomic<Bool>(false)
  }

  /// The message that wakes the statement thread without a request.
  static let wakening: ZeroMQSocket.Frames = [[]]

  private let context: ZeroMQContext
  private let requests: ZeroMQSocket
  private let answers: ZeroMQSocket
  let ending = Ending()

  /// Listens at the addresses of a connection file.
  ///
  /// - Parameters:
  ///   - information: the content of `kernel_info_reply`.
  ///   - report: receives errors in messages; called from any thread.
  /// - Throws: `ZeroMQFault` if a port is in use.
  init(
    _ connection: ConnectionFile,
    _ signer: MessageSigner,
    session: String,
    information: Record,
    report: @escaping @Sendable (String) -> Void
  ) throws {
    context = try ZeroMQContext()
    let (requestsName, answersName) = ("inproc://requests", "inproc://answers")
    requests = try ZeroMQSocket(.pull, in: context)
    answers = try ZeroMQSocket(.push, in: context)
    try requests.bind(requestsName)
    try answers.bind(answersName)
    func socket(_ kind: ZeroMQSocket.Kind, _ port: Int) throws -> ZeroMQSocket {
      let socket = try ZeroMQSocket(kind, in: context)
      try socket.bind(connection.address(port))
      return socket
    }
    // Only the thread started here uses these from now on.
    nonisolated(unsafe) let heart = try socket(.reply, connection.heartbeatPort)
    nonisolated(unsafe) let service = SocketService(
      shell: try socket(.router, connection.shellPort),
      control: try socket(.router, connection.controlPort),
      input: try socket(.router, connection.stdinPort),
      published: try socket(.publisher, connection.iopubPort),
      requests: try ZeroMQSocket(.push, in: context),
      answers: try ZeroMQSocket(.pull, in: context),
      ending: ending,
      signer: signer,
      session: session,
      information: information,
      report: report
    )
    try service.requests.connect(requestsName)
    try service.answers.connect(answersName)
    let isStarted =
      MachineThread.start("rse-heartbeat") {
        while let beat = heart.receive() { heart.send(beat) }
        heart.close()
      } && MachineThread.start("rse-sockets") { service.run() }
    guard isStarted else { throw ConnectionFault("this machine has no more threads") }
  }

  /// Returns a client's next request; nil once the kernel is to end.
  func request() -> ZeroMQSocket.Frames? {
    guard !ending.isWanted.load(ordering: .acquiring) else { return nil }
    guard let frames = requests.receive(), !ending.isWanted.load(ordering: .acquiring) else {
      return nil
    }
    return frames
  }

  /// Returns the requests that have arrived so far.
  func waitingRequests() -> [ZeroMQSocket.Frames] {
    var waiting: [ZeroMQSocket.Frames] = []
    while let frames = requests.receive(isWaiting: false) { waiting.append(frames) }
    return waiting.filter { $0 != Self.wakening }
  }

  func send(_ frames: ZeroMQSocket.Frames, to channel: Channel) {
    answers.send([[channel.rawValue]] + frames)
  }

  /// Sends all remaining messages and closes all sockets.
  func close() {
    answers.send([[Channel.end.rawValue]])
    while !ending.isDone.load(ordering: .acquiring) { usleep(1000) }
    requests.close()
    answers.close()
    context.end()
  }
}

/// The work of the socket thread.
private struct SocketService {
  let shell, control, input, published: ZeroMQSocket
  let requests, answers: ZeroMQSocket
  let ending: Switchboard.Ending
  let signer: MessageSigner
  let session: String
  let information: Record
  let report: @Sendable (String) -> Void

  /// The interval between checks for the parent process.
  private static let watchMilliseconds = 500
  /// The time that a statement has to end before the program exits in the middle of it.
  private static let patience = Duration.seconds(4)

  func run() {
    let parent = ProcessInfo.processInfo.environment["JPY_PARENT_PID"] == nil ? nil : getppid()
    var deadline: ContinuousClock.Instant?
    let sockets = [shell, control, input, answers]
    loop: while let ready = ZeroMQSocket.ready(sockets, milliseconds: Self.watchMilliseconds) {
      for number in ready {
        switch number {
        case 0: if let frames = shell.receive(isWaiting: false) { requests.send(frames) }
        case 1: if let frames = control.receive(isWaiting: false) { answer(frames) }
        case 2: _ = input.receive(isWaiting: false)
        default: if !deliver() { break loop }
        }
      }
      if let parent, getppid() != parent, !ending.isWanted.load(ordering: .relaxed) {
        report("the program that started this kernel is gone")
        end()
      }
      if ending.isWanted.load(ordering: .relaxed) {
        let limit = deadline ?? .now + Self.patience
        deadline = limit
        if ContinuousClock.now >= limit {
          UnfinishedFiles.removeAll()
          _exit(0)
        }
      }
    }
    for socket in sockets + [published, requests] { socket.close() }
    ending.isDone.store(true, ordering: .releasing)
  }

  /// Forwards the statement thread's messages; returns false after the last one.
  private func deliver() -> Bool {
    while let frames = answers.receive(isWaiting: false) {
      switch frames.first?.first.flatMap(Switchboard.Channel.init) {
      case .shell: shell.send(Array(frames.dropFirst()))
      case .published: published.send(Array(frames.dropFirst()))
      case .end, nil: return false
      }
    }
    return true
  }

  /// Stops the running statement and ends the kernel.
  private func end() {
    ending.isWanted.store(true, ordering: .releasing)
    WorkerPool.cancellation.store(true, ordering: .relaxed)
    // Wakes the statement thread if it waits for a request.
    requests.send(Switchboard.wakening)
  }

  /// Answers a request that must not wait for the running statement.
  private func answer(_ frames: ZeroMQSocket.Frames) {
    let message: KernelMessage
    do {
      message = try KernelMessage(frames, signer)
    } catch {
      report("a message on the control channel is dropped: \(error.words)")
      return
    }
    func publish(_ state: String) {
      published.send(
        KernelMessage.frames(
          "status",
          ["execution_state": .text(state)],
          parent: message.headerBytes,
          to: [Array("status".utf8)],
          session: session,
          signer
        )
      )
    }
    func reply(_ kind: String, _ content: Record) {
      control.send(
        KernelMessage.frames(
          kind,
          content,
          parent: message.headerBytes,
          to: message.identities,
          session: session,
          signer
        )
      )
    }
    publish("busy")
    defer { publish("idle") }
    switch message.header.kind {
    case "kernel_info_request": reply("kernel_info_reply", information)
    case "interrupt_request":
      WorkerPool.cancellation.store(true, ordering: .relaxed)
      reply("interrupt_reply", ["status": .text("ok")])
    case "shutdown_request":
      let request = try? message.content(as: ShutdownRequest.self)
      let content: Record = [
        "status": .text("ok"), "restart": .boolean(request?.restart ?? false),
      ]
      reply("shutdown_reply", content)
      end()
    default:
      report("a message on the control channel is of an unknown kind: \(message.header.kind)")
    }
  }
}

/// The content of `shutdown_request`.
struct ShutdownRequest: Decodable {
  let restart: Bool?
}
