import Foundation

/// The ID and method of a message; its parameters are decoded once the method is known.
struct Envelope: Decodable {
  let id: RequestID?
  let method: String?
  let params: Present?

  /// A value of any type, of which only the presence is recorded.
  struct Present: Decodable {
    init(from decoder: any Decoder) {}
  }
}

/// The ID that ties an answer to its request.
enum RequestID: Hashable, Codable, CustomStringConvertible {
  case number(Int)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }

  var description: String {
    switch self {
    case .number(let number): String(number)
    case .text(let text): text
    }
  }
}

/// The reason why a request has no result.
struct ResponseError: Error, Encodable, Equatable {
  /// The error codes of JSON-RPC and the Language Server Protocol.
  enum Code: Int, Encodable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestCancelled = -32800
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// The parameters of a message whose envelope has been read.
struct Parameters<Content: Decodable>: Decodable {
  let params: Content
}

/// An answer with a result.
struct Response<Content: Encodable>: Encodable {
  let jsonrpc = "2.0"
  let id: RequestID?
  let result: Content
}

/// An answer with an error; its ID is `null` if the request is unknown.
struct Failure: Encodable {
  let id: RequestID?
  let error: ResponseError

  private enum Key: CodingKey { case jsonrpc, id, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("2.0", forKey: .jsonrpc)
    try container.encode(id, forKey: .id)
    try container.encode(error, forKey: .error)
  }
}

/// A message that expects no answer.
struct Notification<Content: Encodable>: Encodable {
  let jsonrpc = "2.0"
  let method: String
  let params: Content
}

/// The result of a request that returns none: `null` in JSON.
struct NoResult: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}
