/// A position between two characters of a text.
struct Position: Codable, Comparable {
  /// The line, from 0.
  var line: Int
  /// The number of code units in the agreed encoding before the position on its line.
  var character: Int

  static func < (first: Position, second: Position) -> Bool {
    (first.line, first.character) < (second.line, second.character)
  }
}

/// The text between two positions.
struct TextRange: Codable, Equatable {
  /// The first position.
  var start: Position
  /// The position after the last character.
  var end: Position
}

/// The parameters of `initialize`: the client's process and capabilities.
struct InitializeParameters: Decodable {
  /// The client's capabilities, as far as they matter here.
  struct Capabilities: Decodable {
    struct General: Decodable {
      let positionEncodings: [String]?
    }

    let general: General?
  }

  /// The process that the server must not outlive.
  let processId: Int?
  let capabilities: Capabilities?
}

/// The parameters of messages about a whole document.
struct DocumentParameters: Decodable {
  struct Document: Decodable {
    let uri: String
  }

  let textDocument: Document
}

/// The parameters of `textDocument/didOpen`.
struct OpenParameters: Decodable {
  struct Document: Decodable {
    let uri: String
    let languageId: String?
    let version: Int?
    let text: String
  }

  let textDocument: Document
}

/// The parameters of `textDocument/didChange`: edits, each of which applies to the result of the previous one.
struct ChangeParameters: Decodable {
  struct Document: Decodable {
    let uri: String
    let version: Int?
  }

  /// An edit.
  struct Change: Decodable {
    /// The range to replace; nil for the whole text.
    let range: TextRange?
    let text: String
  }

  let textDocument: Document
  let contentChanges: [Change]
}

/// The parameters of requests about a position in a document.
struct PositionParameters: Decodable {
  let textDocument: DocumentParameters.Document
  let position: Position
}

/// The parameters of `$/cancelRequest`.
struct CancelParameters: Decodable {
  let id: RequestID
}
