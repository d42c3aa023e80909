import Foundation
import Notebooks
import Sessions

/// A language server for notebooks and scripts: version 3.17 of the Language Server Protocol.
///
/// It evaluates nothing. `accept` queues messages, `answerNext` answers them in order, and `publishPending` sends
/// diagnostics when there is nothing else to do.
package final class LanguageServer {
  /// A stage in the life of the server.
  enum Phase: Equatable {
    case started
    case initialized
    case shutDown
    /// The server has ended, and the program exits with this status.
    case ended(ExitStatus)
  }

  let catalog: Catalog
  let language: Language
  private let send: ([UInt8]) -> Void
  private let report: (String) -> Void

  private(set) var phase = Phase.started
  private var encoding = PositionEncoding.utf16
  private var documents: [String: OpenDocument] = [:]
  /// The documents whose diagnostics are to be sent, in the order of their changes.
  private var pending: [String] = []
  private var queue: [(envelope: Envelope, content: [UInt8])] = []
  private var cancelled: Set<RequestID> = []

  /// The process that started the server, if the client named it.
  package private(set) var clientProcess: Int32?

  /// - Parameters:
  ///   - catalog: the available commands and names.
  ///   - send: sends the content of a message to the client.
  ///   - report: receives messages about the server itself, one line each.
  package init(
    catalog: Catalog,
    send: @escaping ([UInt8]) -> Void,
    report: @escaping (String) -> Void
  ) {
    self.catalog = catalog
    language = Language(catalog)
    self.send = send
    self.report = report
  }

  /// The status that the program exits with; nil while the server runs.
  package var ending: ExitStatus? { if case .ended(let status) = phase { status } else { nil } }

  /// True if messages wait for an answer.
  package var hasMessages: Bool { !queue.isEmpty }

  /// True if documents have changed since their diagnostics were sent.
  package var hasPending: Bool { !pending.isEmpty }

  /// Ends the server because its client has left.
  package func clientLeft() {
    if ending == nil { phase = .ended(phase == .shutDown ? .done : .failed) }
  }

  // MARK: Messages

  /// Accepts the content of a message; a waiting request that it cancels is answered with an error only.
  package func accept(_ content: [UInt8]) {
    let envelope: Envelope
    do {
      envelope = try JSONDecoder().decode(Envelope.self, from: Data(content))
    } catch DecodingError.dataCorrupted {
      return fail(nil, ResponseError(.parseError, "the message is not JSON"))
    } catch {
      return fail(nil, ResponseError(.invalidRequest, "the message is no request"))
    }
    if envelope.method == "$/cancelRequest" {
      if let id = try? parameters(CancelParameters.self, of: content).id,
        queue.contains(where: { $0.envelope.id == id })
      {
        cancelled.insert(id)
      }
      return
    }
    // A message without a method answers a request, and this server makes none.
    if envelope.method != nil { queue.append((envelope, content)) }
  }

  /// Reports bytes that are not a message.
  package func acceptFault(_ description: String) {
    report(description)
    fail(nil, ResponseError(.parseError, description))
  }

  /// Answers the message that has waited longest.
  package func answerNext() {
    guard !queue.isEmpty else { return }
    let (envelope, content) = queue.removeFirst()
    guard let method = envelope.method else { return }
    do {
      guard let id = envelope.id else { return try take(method, content) }
      guard cancelled.remove(id) == nil else {
        throw ResponseError(.requestCancelled, "the request was cancelled")
      }
      try answer(method, content, to: id)
    } catch let error as ResponseError {
      if envelope.id == nil {
        report("\(method): \(error.message)")
      } else {
        fail(envelope.id, error)
      }
    } catch {
      report("\(method): \(error)")
    }
  }

  /// Sends the diagnostics of documents that have changed.
  package func publishPending() {
    let uris = pending
    pending = []
    for uri in uris {
      guard let document = documents[uri] else { continue }
      notify(
        "textDocument/publishDiagnostics",
        PublishedDiagnostics(
          uri: uri,
          version: document.version,
          diagnostics: document.diagnostics
        )
      )
    }
  }

  private func answer(_ method: String, _ content: [UInt8], to id: RequestID) throws {
    if method == "initialize" {
      guard phase == .started else {
        throw ResponseError(.invalidRequest, "the server is initialized already")
      }
      return respond(id, initialize(try parameters(InitializeParameters.self, of: content)))
    }
    switch phase {
    case .started: throw ResponseError(.serverNotInitialized, "`initialize` comes first")
    case .shutDown, .ended: throw ResponseError(.invalidRequest, "the server is shut down")
    case .initialized: break
    }
    switch method {
    case "shutdown":
      phase = .shutDown
      respond(id, NoResult())
    case "textDocument/completion":
      try place(content) { respond(id, $0.completion(at: $1, catalog)) }
    case "textDocument/hover": try place(content) { respond(id, $0.hover(at: $1)) }
    case "textDocument/signatureHelp": try place(content) { respond(id, $0.signature(at: $1)) }
    case "textDocument/definition": try place(content) { respond(id, $0.definition(at: $1)) }
    case "textDocument/documentSymbol": respond(id, try document(content).symbols)
    case "textDocument/formatting": respond(id, try document(content).formatting)
    case "textDocument/semanticTokens/full": respond(id, try document(content).tokens)
    default: throw ResponseError(.methodNotFound, "there is no method `\(method)`")
    }
  }

  /// Handles a message that expects no answer.
  private func take(_ method: String, _ content: [UInt8]) throws {
    if method == "exit" { return clientLeft() }
    guard phase == .initialized else { return }
    switch method {
    case "textDocument/didOpen":
      let opened = try parameters(OpenParameters.self, of: content).textDocument
      documents[opened.uri] = OpenDocument(
        uri: opened.uri,
        version: opened.version,
        text: opened.text,
        languageName: opened.languageId,
        encoding: encoding,
        language: language
      )
      markPending(opened.uri)
    case "textDocument/didChange":
      let changed = try parameters(ChangeParameters.self, of: content)
      let document = try document(changed.textDocument.uri)
      document.version = changed.textDocument.version
      for change in changed.contentChanges { document.change(change.range, to: change.text) }
      markPending(document.uri)
    case "textDocument/didSave": markPending(try document(content).uri)
    case "textDocument/didClose":
      let uri = try document(content).uri
      documents[uri] = nil
      notify(
        "textDocument/publishDiagnostics",
        PublishedDiagnostics(uri: uri, version: nil, diagnostics: [])
      )
    default: break
    }
  }

  private func initialize(_ parameters: InitializeParameters) -> InitializeResult {
    phase = .initialized
    clientProcess = parameters.processId.flatMap { Int32(exactly: $0) }
    let offered = parameters.capabilities?.general?.positionEncodings ?? []
    if offered.contains(PositionEncoding.utf8.rawValue) { encoding = .utf8 }
    return InitializeResult(
      capabilities: .init(positionEncoding: encoding),
      serverInfo: .init(name: "rse", version: programVersion)
    )
  }

  private func markPending(_ uri: String) {
    pending.removeAll { $0 == uri }
    pending.append(uri)
  }

  // MARK: Parameters

  private func parameters<Content: Decodable>(
    _ type: Content.Type,
    of content: [UInt8]
  ) throws -> Content {
    do {
      return try JSONDecoder().decode(Parameters<Content>.self, from: Data(content)).params
    } catch {
      throw ResponseError(.invalidParams, "the parameters are not those of the method")
    }
  }

  private func document(_ uri: String) throws -> OpenDocument {
    guard let document = documents[uri] else {
      throw ResponseError(.invalidParams, "the document is not open: \(uri)")
    }
    return document
  }

  private func document(_ content: [UInt8]) throws -> OpenDocument {
    try document(parameters(DocumentParameters.self, of: content).textDocument.uri)
  }

  private func place(_ content: [UInt8], _ body: (OpenDocument, Position) -> Void) throws {
    let asked = try parameters(PositionParameters.self, of: content)
    body(try document(asked.textDocument.uri), asked.position)
  }

  // MARK: Answers

  private func respond<Content: Encodable>(_ id: RequestID, _ result: Content?) {
    guard let result else { return respond(id, NoResult()) }
    write(Response(id: id, result: result))
  }

  private func fail(_ id: RequestID?, _ error: ResponseError) {
    write(Failure(id: id, error: error))
  }

  private func notify<Content: Encodable>(_ method: String, _ params: Content) {
    write(Notification(method: method, params: params))
  }

  private func write<Message: Encodable>(_ message: Message) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    do {
      send([UInt8](try encoder.encode(message)))
    } catch {
      report("cannot write an answer: \(error)")
    }
  }
}
