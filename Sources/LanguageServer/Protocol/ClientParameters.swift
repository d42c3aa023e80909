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
  var start: Position
  var end: Position
}

struct InitializeParameters: Decodable {
  struct Capabilities: Decodable {
    struct General: Decodable {
      let positionEncodings: [String]?
    }

    let general: General?
  }

  let processId: Int?
  let capabilities: Capabilities?
}

struct DocumentParameters: Decodable {
  struct Document: Decodable {
    let uri: String
  }

  let textDocument: Document
}

struct OpenParameters: Decodable {
  struct Document: Decodable {
    let uri: String
    let languageId: String?
    let version: Int?
    let text: String
  }

  let textDocument: Document
}

struct ChangeParameters: Decodable {
  struct Document: Decodable {
    let uri: String
    let version: Int?
  }

  struct Change: Decodable {
    /// What is replaced; everything without it.
    let range: TextRange?
    let text: String
  }

  let textDocument: Document
  let contentChanges: [Change]
}

struct PositionParameters: Decodable {
  let textDocument: DocumentParameters.Document
  let position: Position
}

struct CancelParameters: Decodable {
  let id: RequestID
}
