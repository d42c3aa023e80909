import CommandLanguage
import Files
import Foundation
import Machine
import Synchronization
import Tensors

/// The sockets of a kernel, and the threads that serve them while statements run: one passes requests on, publishes output
/// and answers what must not wait, such as interrupts; another one answers heartbeats.
package final class Switchboard {
  /// What answers and output go to.
  enum Channel: UInt8 {
    case shell, published
    /// Nothing more will come.
    case end
  }

  /// Whether the kernel is to end.
  final class Ending: Sendable {
    /// A client has asked for it, or the program that started the kernel is gone.
    let isWanted = Atomic<Bool>(false)
    /// The sockets are no longer served.
    let isDone = Atomic<Bool>(false)
  }

  /// What wakes the thread of the statements, without a request.
  static let wakening: ZeroMQSocket.Frames = [[]]

  private let context: ZeroMQContext
  private let requests: ZeroMQSocket
  private let answers: ZeroMQSocket
  let ending = Ending()

  /// Listens where a connection file says.
  ///
  /// - Parameters:
  ///   - information: the content of `kernel_info_reply`.
  ///   - report: told what is wrong with messages; from any thread.
  /// - Throws: `ZeroMQFault` where a port is taken.
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
    // The thread that starts is the only one to use these from then on.
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

  /// The next request of a client; nil once the kernel is to end.
  func request() -> ZeroMQSocket.Frames? {
    guard !ending.isWanted.load(ordering: .acquiring) else { return nil }
    guard let frames = requests.receive(), !ending.isWanted.load(ordering: .acquiring) else {
      return nil
    }
    return frames
  }

  /// The requests that have come so far.
  func waitingRequests() -> [ZeroMQSocket.Frames] {
    var waiting: [ZeroMQSocket.Frames] = []
    while let frames = requests.receive(isWaiting: false) { waiting.append(frames) }
    return waiting.filter { $0 != Self.wakening }
  }

  func send(_ frames: ZeroMQSocket.Frames, to channel: Channel) {
    answers.send([[channel.rawValue]] + frames)
  }

  /// Sends what is still to be sent, and closes all sockets.
  func close() {
    answers.send([[Channel.end.rawValue]])
    while !ending.isDone.load(ordering: .acquiring) { usleep(1000) }
    requests.close()
    answers.close()
    context.end()
  }
}

/// What the thread of the sockets does.
private struct SocketService {
  let shell, control, input, published: ZeroMQSocket
  let requests, answers: ZeroMQSocket
  let ending: Switchboard.Ending
  let signer: MessageSigner
  let session: String
  let information: Record
  let report: @Sendable (String) -> Void

  /// Between two looks at whether the parent process is still there.
  private static let watchMilliseconds = 500
  /// What a statement may take to end before the program is left in the middle of it.
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

  /// Passes on what the thread of the statements has sent; false after the last of it.
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

  /// Stops the running statement and has the kernel end.
  private func end() {
    ending.isWanted.store(true, ordering: .releasing)
    WorkerPool.cancellation.store(true, ordering: .relaxed)
    // Wakes the thread of the statements where it waits for a request.
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
