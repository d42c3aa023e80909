/// A place between two characters of a text.
struct Position: Codable, Comparable {
  /// From 0.
  var line: Int
  /// Code units of the agreed encoding before it on its line.
  var character: Int

  static func < (first: Position, second: Position) -> Bool {
    (first.line, first.character) < (second.line, second.character)
  }
}

/// What lies between two places.
struct TextRange: Codable, Equatable {
  /// The first place.
  var start: Position
  /// The place behind the last character.
  var end: Position
}

/// What the client is, of `initialize`.
struct InitializeParameters: Decodable {
  /// What the client can do, as far as it matters here.
  struct Capabilities: Decodable {
    struct General: Decodable {
      let positionEncodings: [String]?
    }

    let general: General?
  }

  /// The process that the server shall not outlive.
  let processId: Int?
  let capabilities: Capabilities?
}

/// The parameters of what is about a document as a whole.
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

/// The parameters of `textDocument/didChange`: edits, each of the text that the one before has made.
struct ChangeParameters: Decodable {
  struct Document: Decodable {
    let uri: String
    let version: Int?
  }

  /// An edit.
  struct Change: Decodable {
    /// What is replaced; everything without it.
    let range: TextRange?
    let text: String
  }

  let textDocument: Document
  let contentChanges: [Change]
}

/// The parameters of what is about a place of a document.
struct PositionParameters: Decodable {
  let textDocument: DocumentParameters.Document
  let position: Position
}

/// The parameters of `$/cancelRequest`.
struct CancelParameters: Decodable {
  let id: RequestID
}
