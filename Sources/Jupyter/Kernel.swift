import CommandLanguage
import Foundation
import Notebooks
import Sessions
import Tensors
import Workbench

/// A Jupyter kernel: runs the cells of a notebook in one session, and completes and explains code while it is typed.
///
/// The thread that runs statements answers requests one after another; the switchboard answers those that must not
/// wait for it.
package final class Kernel {
  /// The services of the program around a kernel.
  package struct Surroundings {
    /// The input of earlier sessions, oldest first.
    package var history: [String] = []
    /// Stores input for later sessions.
    package var remember: (String) -> Void = { _ in }
    /// Returns a line that shows the progress of work.
    package var progressLine: (WorkProgress) -> String
    /// Writes a message about the kernel itself; called from any thread.
    package var report: @Sendable (String) -> Void

    package init(
      progressLine: @escaping (WorkProgress) -> String,
      report: @escaping @Sendable (String) -> Void
    ) {
      self.progressLine = progressLine
      self.report = report
    }
  }

  let session: Session
  private let signer: MessageSigner
  private let identifier = UUID().uuidString.lowercased()
  private let switchboard: Switchboard
  private let surroundings: Surroundings
  /// The message being answered.
  private var request: KernelMessage?
  private lazy var output = KernelOutput(
    publish: { [unowned self] in publish($0, $1, metadata: $2) },
    progressLine: surroundings.progressLine
  )
  private var history: KernelHistory
  /// The number of the last numbered request.
  private var count = 0
  /// True after `quit`.
  private var isFinished = false

  /// Creates a kernel that listens; requests are answered only once `run` is called.
  ///
  /// - Throws: `ZeroMQFault` if a port is in use.
  package init(_ connection: ConnectionFile, _ surroundings: Surroundings) throws {
    signer = MessageSigner(key: connection.key)
    self.surroundings = surroundings
    history = KernelHistory(earlier: surroundings.history)
    switchboard = try Switchboard(
      connection,
      signer,
      session: identifier,
      information: Self.information,
      report: surroundings.report
    )
    let ending = switchboard.ending
    session = Session(
      host: SessionHost(isInterrupted: {
        WorkerPool.cancellation.load(ordering: .relaxed)
          || ending.isWanted.load(ordering: .relaxed)
      })
    )
    session.host.progressInterval = .milliseconds(50)
    session.host.observer = { [unowned self] in output.show($0) }
    session.host.showPicture = { [unowned self] figure, theme in
      try output.show(figure, theme: theme)
      return true
    }
  }

  /// Answers requests until a client, `quit` or the end of the parent process ends the kernel.
  package func run() {
    publish("status", ["execution_state": .text("starting")])
    while !isFinished, let frames = switchboard.request() {
      guard let message = message(frames) else { continue }
      answer(message)
    }
    // A client that is told of the end reads the reply first, and then requests a shutdown.
    let deadline = ContinuousClock.now + Self.farewell
    while !switchboard.ending.isWanted.load(ordering: .acquiring), .now < deadline {
      usleep(10_000)
    }
    switchboard.close()
  }

  /// The time that a kernel ended by `quit` waits for a shutdown request.
  private static let farewell = Duration.seconds(2)

  private func message(_ frames: ZeroMQSocket.Frames) -> KernelMessage? {
    do {
      return try KernelMessage(frames, signer)
    } catch {
      surroundings.report("a message is dropped: \(error.words)")
      return nil
    }
  }

  /// The content of `kernel_info_reply`.
  private static let information: Record = [
    "status": .text("ok"), "protocol_version": .text(KernelMessage.protocolVersion),
    "implementation": .text("rse"), "implementation_version": .text(programVersion),
    "language_info": .record([
      "name": .text("rse"), "version": .text(programVersion), "mimetype": .text("text/x-rse"),
      "file_extension": .text(".rse"),
      // Comments, quotes and variables look like those of a shell.
      "pygments_lexer": .text("bash"), "codemirror_mode": .text("shell"),
    ]),
    "banner": .text("rse \(programVersion): Residual Shuffle-Exchange networks. `help` explains."),
    "debugger": .boolean(false),
    "help_links": .list([
      .record([
        "text": .text("The paper: Residual Shuffle-Exchange Networks"),
        "url": .text("https://arxiv.org/abs/2004.04662"),
      ])
    ]),
  ]

  // MARK: Messages

  func publish(_ kind: String, _ content: Record, metadata: Record = [:]) {
    switchboard.send(
      KernelMessage.frames(
        kind,
        content,
        metadata: metadata,
        parent: request?.headerBytes ?? [],
        to: [Array(kind.utf8)],
        session: identifier,
        signer
      ),
      to: .published
    )
  }

  private func reply(_ kind: String, _ content: Record) {
    guard let request else { return }
    switchboard.send(
      KernelMessage.frames(
        kind,
        content,
        parent: request.headerBytes,
        to: request.identities,
        session: identifier,
        signer
      ),
      to: .shell
    )
  }

  private func answer(_ message: KernelMessage) {
    request = message
    publish("status", ["execution_state": .text("busy")])
    defer {
      publish("status", ["execution_state": .text("idle")])
      request = nil
    }
    let kind = message.header.kind
    do {
      try answer(kind, message)
    } catch {
      surroundings.report("the content of a \(kind) is not what the protocol says")
      guard kind.hasSuffix("_request") else { return }
      reply(
        kind.replacing("_request", with: "_reply"),
        [
          "status": .text("error"), "ename": .text("BadRequest"),
          "evalue": .text("the content of \(kind) is not what the protocol says"),
          "traceback": .list([]), "execution_count": .number(Double(count)),
        ]
      )
    }
  }

  private func answer(_ kind: String, _ message: KernelMessage) throws {
    switch kind {
    case "execute_request": execute(try message.content(as: KernelRequest.Execute.self))
    case "kernel_info_request": reply("kernel_info_reply", Self.information)
    case "complete_request":
      reply("complete_reply", completion(at: try message.content(as: KernelRequest.Place.self)))
    case "inspect_request":
      reply("inspect_reply", inspection(at: try message.content(as: KernelRequest.Place.self)))
    case "is_complete_request":
      let code = try message.content(as: KernelRequest.Code.self).code
      reply("is_complete_reply", completeness(of: code))
    case "history_request":
      reply("history_reply", past(try message.content(as: KernelRequest.History.self)))
    case "comm_info_request":
      reply("comm_info_reply", ["status": .text("ok"), "comms": .record([:])])
    case "comm_open":
      // Comms have no targets here.
      let comm = try message.content(as: KernelRequest.Comm.self)
      publish("comm_close", ["comm_id": .text(comm.identifier), "data": .record([:])])
    case "comm_msg", "comm_close": break
    case "shutdown_request":
      let request = try message.content(as: ShutdownRequest.self)
      reply(
        "shutdown_reply",
        ["status": .text("ok"), "restart": .boolean(request.restart ?? false)]
      )
      isFinished = true
    default: surroundings.report("a message is of an unknown kind: \(kind)")
    }
  }

  private func past(_ request: KernelRequest.History) -> Record {
    let entries = history.answer(request).map { session, line, text in
      let shown: Value = request.output == true ? .list([.text(text), .nothing]) : .text(text)
      return Value.list([.number(Double(session)), .number(Double(line)), shown])
    }
    return ["status": .text("ok"), "history": .list(entries)]
  }

  // MARK: Execution

  private func execute(_ request: KernelRequest.Execute) {
    let isSilent = request.silent ?? false
    let isStored = !isSilent && (request.storeHistory ?? true)
    let isEmpty = request.code.allSatisfy(\.isWhitespace)
    if isStored, !isEmpty {
      count += 1
      history.add(request.code, line: count)
      surroundings.remember(request.code)
    }
    let number = Value.number(Double(count))
    if !isSilent {
      publish("execute_input", ["code": .text(request.code), "execution_count": number])
    }
    output.begin(count: count, isSilent: isSilent)
    let (ending, failure) = isEmpty ? (.completed, nil) : run(request.code, isStored: isStored)
    if let failure {
      output.fail(name: failure.name, message: failure.message, traceback: failure.traceback)
      output.end()
      // Requests that arrive after the reply did not wait for the cell.
      let waiting = request.stopOnError ?? true ? switchboard.waitingRequests() : []
      reply(
        "execute_reply",
        [
          "status": .text("error"), "execution_count": number, "ename": .text(failure.name),
          "evalue": .text(failure.message), "traceback": .texts(failure.traceback),
          "user_expressions": .record([:]), "payload": .list([]),
        ]
      )
      abort(waiting)
      return
    }
    output.end()
    isFinished = ending == .finished
    let leave: Record = ["source": .text("ask_exit"), "keepkernel": .boolean(false)]
    reply(
      "execute_reply",
      [
        "status": .text("ok"), "execution_count": number, "user_expressions": .record([:]),
        "payload": .list(isFinished ? [.record(leave)] : []),
      ]
    )
  }

  /// The reason why a cell did not complete.
  private struct Failure {
    let name, message: String
    let traceback: [String]

    static let interruption = Failure(
      name: "Interrupted",
      message: "stopped after the last complete step; the session goes on",
      traceback: ["interrupted: what was done up to the last complete step is kept"]
    )
  }

  private func run(_ code: String, isStored: Bool) -> (CellOutcome.Ending, Failure?) {
    WorkerPool.cancellation.store(false, ordering: .relaxed)
    defer { WorkerPool.cancellation.store(false, ordering: .relaxed) }
    var diagnostics: [Diagnostic] = []
    let outcome: CellOutcome
    do {
      outcome =
        isStored
        ? try session.submitTyped(code) { diagnostics.append($0) }
        : session.submit(code, name: "input") { diagnostics.append($0) }
    } catch {
      let words = error.localizedDescription
      let name = JupyterNotebook.failureName
      return (.completed, Failure(name: name, message: words, traceback: [words]))
    }
    if outcome.ending == .interrupted { return (outcome.ending, .interruption) }
    guard case .failed(let message) = outcome.ending else { return (outcome.ending, nil) }
    let failure = Failure(
      name: JupyterNotebook.failureName,
      message: message,
      traceback: diagnostics.map { $0.rendered(color: true) }
    )
    return (outcome.ending, failure)
  }

  /// Answers requests that waited for a cell that failed: cells are aborted, other requests are answered as usual.
  private func abort(_ waiting: [ZeroMQSocket.Frames]) {
    let failed = request
    for frames in waiting {
      guard let message = message(frames) else { continue }
      guard message.header.kind == "execute_request" else {
        answer(message)
        continue
      }
      request = message
      publish("status", ["execution_state": .text("busy")])
      reply("execute_reply", ["status": .text("aborted")])
      publish("status", ["execution_state": .text("idle")])
    }
    request = failed
  }
}
