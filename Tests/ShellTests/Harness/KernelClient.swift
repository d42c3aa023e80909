import Foundation
import Jupyter
import Testing

/// A client of a kernel, as Jupyter's are: starts `rse kernel` and speaks the protocol with it.
final class KernelClient {
  /// A message from the kernel.
  struct Message {
    let kind: String
    /// The identifier of the request that it answers.
    let parent: String
    let content: [String: Any]

    subscript(name: String) -> Any? { content[name] }

    /// The data of one type of a display or a result.
    func data(_ type: String) -> String? { (content["data"] as? [String: Any])?[type] as? String }
  }

  /// The channels on which requests go.
  enum Channel {
    case shell, control
  }

  let place: ShellPlace
  let process: ChildProcess
  private let context: ZeroMQContext
  private let shell, control, published, heart: ZeroMQSocket
  private let signer: MessageSigner
  private var publishedMessages: [Message] = []
  private var replies: [Message] = []

  private static let key = "a key"
  /// Milliseconds of a look at the sockets.
  private static let look = 50

  /// Starts a kernel, and waits until it answers.
  ///
  /// - Parameter environment: of the kernel, besides that of a place.
  init(environment: [String: String] = [:]) throws {
    place = try ShellPlace()
    for (name, value) in environment { place.environment[name] = value }
    let file = try Self.connectionFile(in: place)
    process = try place.launch(["kernel", "-f", file]).start(
      streams: [.path("/dev/null"), .path("/dev/null"), .path(try place.write("", to: "log"))],
      newSession: true
    )
    context = try ZeroMQContext()
    signer = MessageSigner(key: Self.key)
    shell = try ZeroMQSocket(.dealer, in: context)
    control = try ZeroMQSocket(.dealer, in: context)
    published = try ZeroMQSocket(.subscriber, in: context)
    heart = try ZeroMQSocket(.request, in: context)
    for (socket, port) in [(shell, 1), (published, 2), (control, 4), (heart, 5)] {
      try socket.connect("ipc://\(place.folder)/k-\(port)")
    }
    // What is published before the subscription has reached the kernel is lost.
    var patience = Patience(for: process)
    while publishedMessages.isEmpty, !patience.isOver() {
      _ = try reply(to: send("kernel_info_request", [:]))
      receive()
    }
    while receive() {}
    publishedMessages = []
  }

  /// Writes a connection file for sockets in the folder of a place.
  static func connectionFile(
    in place: ShellPlace,
    changed: [String: Any] = [:]
  ) throws -> String {
    var fields: [String: Any] = [
      "transport": "ipc", "ip": "\(place.folder)/k", "key": key,
      "signature_scheme": "hmac-sha256", "shell_port": 1, "iopub_port": 2, "stdin_port": 3,
      "control_port": 4, "hb_port": 5, "kernel_name": "rse",
    ]
    for (name, value) in changed { fields[name] = value is NSNull ? nil : value }
    let data = try JSONSerialization.data(withJSONObject: fields)
    return try place.write(String(decoding: data, as: UTF8.self), to: "connection.json")
  }

  /// What the kernel has written to its log.
  var log: String { (try? place.text(of: "log")) ?? "" }

  // MARK: Requests

  /// Sends a request; gives its identifier.
  @discardableResult
  func send(
    _ kind: String,
    _ content: [String: Any],
    on channel: Channel = .shell
  ) throws -> String {
    try send(kind, content: JSONSerialization.data(withJSONObject: content), on: channel)
  }

  /// Sends a request whose content may be anything.
  @discardableResult
  func send(_ kind: String, content: Data, on channel: Channel = .shell) throws -> String {
    let identifier = UUID().uuidString
    let header: [String: Any] = [
      "msg_id": identifier, "session": "tests", "username": "tests", "date": "",
      "msg_type": kind, "version": "5.3",
    ]
    let empty = Array("{}".utf8)
    let parts = [
      [UInt8](try JSONSerialization.data(withJSONObject: header)), empty, empty, [UInt8](content),
    ]
    sendFrames([Array("<IDS|MSG>".utf8), signer.signature(of: parts)] + parts, on: channel)
    return identifier
  }

  /// Sends frames as they are.
  func sendFrames(_ frames: [[UInt8]], on channel: Channel = .shell) {
    (channel == .shell ? shell : control).send(frames)
  }

  /// Whether a heartbeat comes back.
  func beats() -> Bool {
    heart.send([Array("beat".utf8)])
    var patience = Patience(for: process)
    while !patience.isOver() {
      if ZeroMQSocket.ready([heart], milliseconds: Self.look) == [0] {
        return heart.receive() == [Array("beat".utf8)]
      }
    }
    return false
  }

  // MARK: Answers

  /// The answer to a request.
  func reply(
    to request: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Message {
    var patience = Patience(for: process)
    while !patience.isOver(), process.ending == nil {
      if let index = replies.firstIndex(where: { $0.parent == request }) {
        return replies.remove(at: index)
      }
      receive()
    }
    // What a kernel has sent before its end is still there.
    while receive() {}
    let index = replies.firstIndex { $0.parent == request }
    return try #require(
      index.map { replies[$0] },
      "no answer\n\(log)",
      sourceLocation: sourceLocation
    )
  }

  /// Waits for a message that is published about a request.
  func published(
    about request: String,
    _ isIt: (Message) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Message {
    var patience = Patience(for: process)
    func found() -> Message? {
      publishedMessages.first { $0.parent == request && isIt($0) }
    }
    while found() == nil, !patience.isOver(), process.ending == nil { receive() }
    while receive() {}
    return try #require(found(), "not published\n\(log)", sourceLocation: sourceLocation)
  }

  /// What is published about a request from its beginning to its end.
  func output(of request: String) throws -> [Message] {
    _ = try published(about: request) {
      $0.kind == "status" && $0["execution_state"] as? String == "idle"
    }
    return publishedMessages.filter { $0.parent == request }
  }

  /// Runs code; gives the answer and what was published.
  func execute(
    _ code: String,
    _ options: [String: Any] = [:]
  ) throws -> (reply: Message, output: [Message]) {
    let request = try send(
      "execute_request",
      options.merging(["code": code]) { given, _ in given }
    )
    return (try reply(to: request), try output(of: request))
  }

  /// Takes the messages that are there, or waits a little for some.
  ///
  /// - Returns: whether there were any.
  @discardableResult
  private func receive() -> Bool {
    let ready = ZeroMQSocket.ready([shell, control, published], milliseconds: Self.look) ?? []
    for number in ready {
      let socket = [shell, control, published][number]
      guard let frames = socket.receive(), let message = message(frames) else { continue }
      if number == 2 { publishedMessages.append(message) } else { replies.append(message) }
    }
    return !ready.isEmpty
  }

  private func message(_ frames: [[UInt8]]) -> Message? {
    guard let message = try? KernelMessage(frames, signer) else { return nil }
    func object(_ bytes: [UInt8]) -> [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    }
    return Message(
      kind: message.header.kind,
      parent: object(message.parentBytes)["msg_id"] as? String ?? "",
      content: object(message.content)
    )
  }
}
