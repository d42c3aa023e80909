/// The answer to `initialize`.
struct InitializeResult: Encodable {
  /// What the server can do.
  struct Capabilities: Encodable {
    struct Synchronization: Encodable {
      let openClose = true
      /// Changes are told as edits.
      let change = 2
      let save = true
    }

    struct Completion: Encodable {
      let triggerCharacters = ["$", "{", ".", "[", "=", ",", "/"]
    }

    struct SignatureHelp: Encodable {
      let triggerCharacters = [" ", "="]
    }

    struct SemanticTokens: Encodable {
      struct Legend: Encodable {
        let tokenTypes = TokenList.types
        let tokenModifiers: [String] = []
      }

      let legend = Legend()
      let full = true
    }

    let positionEncoding: PositionEncoding
    let textDocumentSync = Synchronization()
    let completionProvider = Completion()
    let hoverProvider = true
    let signatureHelpProvider = SignatureHelp()
    let definitionProvider = true
    let documentSymbolProvider = true
    let documentFormattingProvider = true
    let semanticTokensProvider = SemanticTokens()
  }

  struct Server: Encodable {
    let name: String
    let version: String
  }

  let capabilities: Capabilities
  let serverInfo: Server
}

/// How positions count.
enum PositionEncoding: String, Encodable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// Text for people, in Markdown.
struct MarkupContent: Encodable, Equatable {
  let kind: String
  let value: String

  static func markdown(_ text: String) -> MarkupContent { .init(kind: "markdown", value: text) }
}

/// All errors of a document, which take the place of those before.
struct PublishedDiagnostics: Encodable {
  /// An error.
  struct Item: Encodable, Equatable {
    let range: TextRange
    /// 1 is an error.
    let severity = 1
    let source = "rse"
    let message: String

    private enum CodingKeys: CodingKey { case range, severity, source, message }
  }

  let uri: String
  let version: Int?
  let diagnostics: [Item]
}

/// What can stand at a place.
struct CompletionList: Encodable {
  /// What a candidate is, by the numbers of the protocol.
  enum Kind: Int, Encodable {
    case function = 3
    case variable = 6
    case property = 10
    case value = 12
    case keyword = 14
    case file = 17
    case folder = 19
  }

  /// A candidate.
  struct Item: Encodable {
    let label: String
    let kind: Kind
    let detail: String?
    let sortText: String
    let filterText: String
    let textEdit: TextEdit
  }

  let isIncomplete = false
  let items: [Item]

  private enum CodingKeys: CodingKey { case isIncomplete, items }
}

/// A range, and what takes its place.
struct TextEdit: Encodable, Equatable {
  let range: TextRange
  let newText: String
}

/// The help on what stands at a place.
struct HoverResult: Encodable {
  let contents: MarkupContent
}

/// How a call is written.
struct SignatureResult: Encodable {
  /// A command with its arguments.
  struct Signature: Encodable {
    /// An argument.
    struct Parameter: Encodable {
      /// From where to where it stands in the label, in code units of UTF-16.
      let label: [Int]
      let documentation: MarkupContent?
    }

    let label: String
    let documentation: MarkupContent
    let parameters: [Parameter]
  }

  let signatures: [Signature]
  let activeSignature = 0
  /// Beyond the last one where none is meant.
  let activeParameter: Int

  private enum CodingKeys: CodingKey { case signatures, activeSignature, activeParameter }
}

/// A place in a document.
struct Location: Encodable {
  let uri: String
  let range: TextRange
}

/// A line of the outline of a document, with what stands below it.
struct DocumentSymbol: Encodable {
  /// What it is, by the numbers of the protocol.
  enum Kind: Int, Encodable {
    case model = 5
    case statement = 12
    case variable = 13
    case parameter = 14
    case heading = 15
  }

  let name: String
  let detail: String?
  let kind: Kind
  var range: TextRange
  let selectionRange: TextRange
  var children: [DocumentSymbol]
}

/// The parts of the code: line and column relative to the part before, length, type, and no modifiers.
struct SemanticTokens: Encodable {
  let data: [Int]
}
