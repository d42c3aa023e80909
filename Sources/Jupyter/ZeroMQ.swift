import CZeroMQ
import Foundation

/// A ZeroMQ error, with the address concerned.
package struct ZeroMQFault: Error, LocalizedError {
  package let message: String
  package var errorDescription: String? { message }

  /// Describes the last error of this thread.
  init(_ doing: String) {
    message = "cannot \(doing): \(String(cString: zmq_strerror(zmq_errno())))"
  }
}

/// The context shared by a program's sockets; any thread may use it.
package final class ZeroMQContext: @unchecked Sendable {
  fileprivate let pointer: UnsafeMutableRawPointer

  package init() throws {
    guard let pointer = zmq_ctx_new() else { throw ZeroMQFault("start ZeroMQ") }
    self.pointer = pointer
  }

  /// Ends all threads' waits for messages, and waits until all sockets are closed and their remaining messages are sent
  /// or given up.
  package func end() { zmq_ctx_term(pointer) }
}

/// A socket, to be used by one thread at a time.
package final class ZeroMQSocket {
  /// The pattern in which it exchanges messages.
  package enum Kind {
    case router, dealer, publisher, subscriber, reply, request, push, pull

    fileprivate var code: CInt {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .publisher: ZMQ_PUB
      case .subscriber: ZMQ_SUB
      case .reply: ZMQ_REP
      case .request: ZMQ_REQ
      case .push: ZMQ_PUSH
      case .pull: ZMQ_PULL
      }
    }
  }

  /// Messages, each of several frames of bytes.
  package typealias Frames = [[UInt8]]

  fileprivate let pointer: UnsafeMutableRawPointer
  private var isOpen = true

  /// The time, in milliseconds, for which a closed socket tries to send its remaining messages.
  private static let lingerMilliseconds: CInt = 1000
  /// The largest number of messages waiting for one peer; further ones are dropped.
  private static let mostWaiting: CInt = 100_000

  package init(_ kind: Kind, in context: ZeroMQContext) throws {
    guard let pointer = zmq_socket(context.pointer, kind.code) else {
      throw ZeroMQFault("make a socket")
    }
    self.pointer = pointer
    set(ZMQ_LINGER, Self.lingerMilliseconds)
    set(ZMQ_SNDHWM, Self.mostWaiting)
    set(ZMQ_RCVHWM, Self.mostWaiting)
    // A client that reconnects under its name replaces its lost connection.
    if kind == .router { set(ZMQ_ROUTER_HANDOVER, 1) }
    if kind == .subscriber { zmq_setsockopt(pointer, ZMQ_SUBSCRIBE, "", 0) }
  }

  deinit { close() }

  /// Closes the socket; its remaining messages are still sent.
  package func close() {
    if isOpen { zmq_close(pointer) }
    isOpen = false
  }

  private func set(_ option: CInt, _ value: CInt) {
    var value = value
    zmq_setsockopt(pointer, option, &value, MemoryLayout<CInt>.size)
  }

  /// Accepts peers at an address, such as `tcp://127.0.0.1:5555`.
  package func bind(_ address: String) throws {
    guard zmq_bind(pointer, address) == 0 else { throw ZeroMQFault("listen at \(address)") }
  }

  /// Connects to the peer at an address.
  package func connect(_ address: String) throws {
    guard zmq_connect(pointer, address) == 0 else { throw ZeroMQFault("connect to \(address)") }
  }

  /// Sends a message; if the peer is gone, the message is dropped.
  package func send(_ frames: Frames) {
    for (number, frame) in frames.enumerated() {
      let flags = number + 1 < frames.count ? ZMQ_SNDMORE : 0
      while zmq_send(pointer, frame, frame.count, flags) < 0, zmq_errno() == EINTR {}
    }
  }

  /// Receives the next message.
  ///
  /// - Parameter isWaiting: false to return at once if there is none.
  /// - Returns: nil if there is none, or the context was shut down.
  package func receive(isWaiting: Bool = true) -> Frames? {
    var frames: Frames = []
    var isMore = true
    while isMore {
      var message = zmq_msg_t()
      zmq_msg_init(&message)
      defer { zmq_msg_close(&message) }
      let flags = isWaiting || !frames.isEmpty ? 0 : ZMQ_DONTWAIT
      guard zmq_msg_recv(&message, pointer, flags) >= 0 else {
        if zmq_errno() == EINTR { continue }
        return nil
      }
      let bytes = UnsafeRawBufferPointer(
        start: zmq_msg_data(&message),
        count: zmq_msg_size(&message)
      )
      frames.append([UInt8](bytes))
      isMore = zmq_msg_more(&message) != 0
    }
    return frames
  }

  /// Waits, up to a time limit, until some of the sockets have a message.
  ///
  /// - Returns: the indices of those sockets; nil once the context was shut down.
  package static func ready(_ sockets: [ZeroMQSocket], milliseconds: Int) -> [Int]? {
    var items = sockets.map {
      zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    guard zmq_poll(&items, CInt(items.count), milliseconds) >= 0 else {
      return zmq_errno() == EINTR ? [] : nil
    }
    return items.indices.filter { items[$0].revents != 0 }
  }
}
