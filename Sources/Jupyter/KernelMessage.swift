import CommandLanguage
import Foundation

/// A message between a kernel and its clients.
///
/// On the wire: the identities of a client, `<IDS|MSG>`, the signature, and as JSON the header, the parent header,
/// metadata and content; buffers after them are ignored.
///
/// Source: jupyter-client.readthedocs.io/en/stable/messaging.html, version 5.3.
package struct KernelMessage: Sendable {
  /// The header fields that a kernel reads; version 5 has more.
  package struct Header: Decodable, Sendable {
    package let kind: String
    package let session: String?

    private enum CodingKeys: String, CodingKey {
      case kind = "msg_type"
      case session
    }
  }

  /// The client from which it comes or to which it goes; topics for published messages.
  package let identities: [[UInt8]]
  package let header: Header
  /// The header as received, which becomes the parent header of replies.
  package let headerBytes: [UInt8]
  package let parentBytes: [UInt8]
  /// The content as JSON.
  package let content: [UInt8]

  /// The reason why bytes are not a message.
  package enum Fault: Error, Sendable {
    case frames, signature, header

    /// The description in a line of the log.
    package var words: String {
      switch self {
      case .frames: "it has not the frames of one"
      case .signature: "its signature is wrong"
      case .header: "its header is not JSON with a `msg_type`"
      }
    }
  }

  private static let delimiter = Array("<IDS|MSG>".utf8)
  /// The number of parts: signature, header, parent header, metadata, content.
  private static let parts = 5

  /// Reads a message.
  package init(_ frames: [[UInt8]], _ signer: MessageSigner) throws(Fault) {
    guard let place = frames.firstIndex(of: Self.delimiter),
      frames.count > place + Self.parts
    else { throw .frames }
    let signed = frames[place + 2...place + Self.parts]
    guard signer.isValid(frames[place + 1], of: signed) else { throw .signature }
    identities = Array(frames[..<place])
    headerBytes = frames[place + 2]
    parentBytes = frames[place + 3]
    content = frames[place + Self.parts]
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(headerBytes)) else {
      throw .header
    }
    self.header = header
  }

  /// Decodes the content as a type.
  package func content<Content: Decodable>(as type: Content.Type) throws -> Content {
    try JSONDecoder().decode(type, from: Data(content))
  }

  /// Returns the frames of a message.
  ///
  /// - Parameters:
  ///   - kind: the message type, such as `execute_reply`.
  ///   - content: a record of its fields.
  ///   - parent: the header of the message that it answers, as received; empty for none.
  ///   - session: the sender's session.
  package static func frames(
    _ kind: String,
    _ content: Record,
    metadata: Record = [:],
    parent: [UInt8],
    to identities: [[UInt8]],
    session: String,
    _ signer: MessageSigner
  ) -> [[UInt8]] {
    let header: Record = [
      "msg_id": .text(UUID().uuidString.lowercased()), "session": .text(session),
      "username": .text("rse"), "date": .text(Date.now.formatted(Self.dateStyle)),
      "msg_type": .text(kind), "version": .text(protocolVersion),
    ]
    func bytes(_ record: Record) -> [UInt8] { Array(Value.record(record).json.utf8) }
    let parts = [
      bytes(header), parent.isEmpty ? Array("{}".utf8) : parent, bytes(metadata), bytes(content),
    ]
    return identities + [Self.delimiter, signer.signature(of: parts)] + parts
  }

  /// The supported version of the protocol.
  package static let protocolVersion = "5.3"

  private static let dateStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
