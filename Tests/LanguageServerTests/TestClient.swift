import Foundation
import LanguageServer
import Sessions
import Testing
import Workbench

/// A client that talks with a server in the same process.
final class TestClient {
  private(set) var received: [[String: Any]] = []
  private(set) var logged: [String] = []
  private var lastRequest = 0
  private(set) lazy var server = LanguageServer(
    catalog: .workbench,
    send: { [unowned self] content in
      let object = try? JSONSerialization.jsonObject(with: Data(content)) as? [String: Any]
      received.append(object ?? ["damaged": true])
    },
    report: { [unowned self] in logged.append($0) }
  )

  static let file = "file:///tmp/test.rsenb"

  /// - Parameters:
  ///   - text: of a notebook that is opened; nil to leave the server as it starts.
  ///   - encodings: of positions, that the client offers.
  init(
    _ text: String? = nil,
    uri: String = TestClient.file,
    encodings: [String] = ["utf-16"]
  ) throws {
    guard let text else { return }
    _ = try request(
      "initialize",
      ["processId": NSNull(), "capabilities": ["general": ["positionEncodings": encodings]]]
    )
    notify("initialized", [:])
    notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": uri, "languageId": "x", "version": 1, "text": text]]
    )
  }

  func accept(_ object: [String: Any]) {
    let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    server.accept([UInt8](data))
  }

  func notify(_ method: String, _ params: [String: Any]) {
    accept(["jsonrpc": "2.0", "method": method, "params": params])
    while server.hasMessages { server.answerNext() }
  }

  /// The whole answer to a request.
  func answer(_ method: String, _ params: [String: Any] = [:]) throws -> [String: Any] {
    lastRequest += 1
    accept(["jsonrpc": "2.0", "id": lastRequest, "method": method, "params": params])
    while server.hasMessages { server.answerNext() }
    let answer = try #require(received.last { $0["id"] as? Int == lastRequest })
    #expect(answer["jsonrpc"] as? String == "2.0")
    return answer
  }

  /// The result of a request.
  func request(_ method: String, _ params: [String: Any] = [:]) throws -> Any {
    try #require(answer(method, params)["result"], "\(method) has no result")
  }

  /// The result of a request on a place of the document.
  func ask(_ method: String, _ line: Int, _ character: Int) throws -> Any {
    try request(
      "textDocument/" + method,
      [
        "textDocument": ["uri": Self.file],
        "position": ["line": line, "character": character],
      ]
    )
  }

  func change(_ start: (Int, Int), _ end: (Int, Int), _ text: String) {
    let range = [
      "start": ["line": start.0, "character": start.1],
      "end": ["line": end.0, "character": end.1],
    ]
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": Self.file, "version": 2],
        "contentChanges": [["range": range, "text": text]],
      ]
    )
  }

  /// The diagnostics of the document: `line:from-to message`, and `line:from-line:to message` over several lines.
  func diagnostics() throws -> [String] {
    server.publishPending()
    let published = try #require(
      received.last { $0["method"] as? String == "textDocument/publishDiagnostics" }
    )
    let params = try #require(published["params"] as? [String: Any])
    let items = try #require(params["diagnostics"] as? [[String: Any]])
    return try items.map { item in
      "\(try Self.text(of: item["range"])) \(item["message"] as? String ?? "")"
    }
  }

  /// A range in short.
  static func text(of range: Any?) throws -> String {
    let range = try #require(range as? [String: [String: Int]])
    let (start, end) = (range["start"] ?? [:], range["end"] ?? [:])
    let first = "\(start["line"] ?? -1):\(start["character"] ?? -1)"
    let isOneLine = start["line"] == end["line"]
    let last = (isOneLine ? "" : "\(end["line"] ?? -1):") + "\(end["character"] ?? -1)"
    return first + "-" + last
  }

  /// The labels that completion offers.
  func completions(_ line: Int, _ character: Int) throws -> [String] {
    try items(line, character).compactMap { $0["label"] as? String }
  }

  func items(_ line: Int, _ character: Int) throws -> [[String: Any]] {
    let list = try #require(try ask("completion", line, character) as? [String: Any])
    return try #require(list["items"] as? [[String: Any]])
  }
}
