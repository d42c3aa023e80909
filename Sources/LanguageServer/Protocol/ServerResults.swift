/// The answer to `initialize`.
struct InitializeResult: Encodable {
  /// The server's capabilities.
  struct Capabilities: Encodable {
    struct Synchronization: Encodable {
      let openClose = true
      /// Changes are sent as edits.
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

/// The code units in which positions count.
enum PositionEncoding: String, Encodable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// Markdown text for people to read.
struct MarkupContent: Encodable, Equatable {
  let kind: String
  let value: String

  static func markdown(_ text: String) -> MarkupContent { .init(kind: "markdown", value: text) }
}

/// All errors of a document, which replace those sent before.
struct PublishedDiagnostics: Encodable {
  /// An error.
  struct Item: Encodable, Equatable {
    let range: TextRange
    /// The severity; 1 is an error.
    let severity = 1
    let source = "rse"
    let message: String

    private enum CodingKeys: CodingKey { case range, severity, source, message }
  }

  let uri: String
  let version: Int?
  let diagnostics: [Item]
}

/// The completions at a position.
struct CompletionList: Encodable {
  /// A kind of candidate, by its number in the protocol.
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

/// A range and its replacement.
struct TextEdit: Encodable, Equatable {
  let range: TextRange
  let newText: String
}

/// The help for the element at a position.
struct HoverResult: Encodable {
  let contents: MarkupContent
}

/// The signature of a call.
struct SignatureResult: Encodable {
  /// A command with its arguments.
  struct Signature: Encodable {
    /// An argument.
    struct Parameter: Encodable {
      /// The start and end of the argument in the label, in UTF-16 code units.
      let label: [Int]
      let documentation: MarkupContent?
    }

    let label: String
    let documentation: MarkupContent
    let parameters: [Parameter]
  }

  let signatures: [Signature]
  let activeSignature = 0
  /// The index of the current argument; past the last one if there is none.
  let activeParameter: Int

  private enum CodingKeys: CodingKey { case signatures, activeSignature, activeParameter }
}

/// A place in a document.
struct Location: Encodable {
  let uri: String
  let range: TextRange
}

/// A line of a document's outline, with the lines below it.
struct DocumentSymbol: Encodable {
  /// A kind of symbol, by its number in the protocol.
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

/// The tokens of the code, each as line and column relative to the previous token, length, type, and no modifiers.
struct SemanticTokens: Encodable {
  let data: [Int]
}
