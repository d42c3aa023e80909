import Foundation
import LanguageServer
import Testing

@Suite("A server from its start to its end")
struct LifecycleTests {
  private func code(_ answer: [String: Any]) -> Int? {
    (answer["error"] as? [String: Any])?["code"] as? Int
  }

  @Test("before `initialize` requests are refused, and other messages dropped")
  func beforeInitialize() throws {
    let client = try TestClient()
    #expect(code(try client.answer("textDocument/hover")) == -32002)
    client.notify("textDocument/didOpen", ["textDocument": ["uri": "x", "text": "train"]])
    client.server.publishPending()
    #expect(client.received.count == 1)
  }

  @Test("initializes once, tells what it can, and ends with 0 after `shutdown`")
  func ordinary() throws {
    let client = try TestClient("rsenb 1\n")
    let first = try #require(client.received.first?["result"] as? [String: Any])
    let capabilities = try #require(first["capabilities"] as? [String: Any])
    #expect(capabilities["positionEncoding"] as? String == "utf-16")
    #expect((capabilities["textDocumentSync"] as? [String: Any])?["change"] as? Int == 2)
    for name in ["hover", "definition", "documentSymbol", "documentFormatting"] {
      #expect(capabilities[name + "Provider"] as? Bool == true, "\(name)")
    }
    #expect(code(try client.answer("initialize", [:])) == -32600)
    #expect(try client.request("shutdown") is NSNull)
    #expect(code(try client.answer("textDocument/hover")) == -32600)
    #expect(client.server.ending == nil)
    client.notify("exit", [:])
    #expect(client.server.ending == .done)
  }

  @Test("without `shutdown` it ends with a failure, as when the client is gone")
  func unannounced() throws {
    let client = try TestClient("")
    client.notify("exit", [:])
    #expect(client.server.ending == .failed)
    let other = try TestClient("")
    other.server.clientLeft()
    #expect(other.server.ending == .failed)
  }

  @Test("chooses UTF-8 where it is offered")
  func encodings() throws {
    let client = try TestClient("", encodings: ["utf-32", "utf-8", "utf-16"])
    let first = try #require(client.received.first?["result"] as? [String: Any])
    let capabilities = try #require(first["capabilities"] as? [String: Any])
    #expect(capabilities["positionEncoding"] as? String == "utf-8")
  }

  @Test("methods that there are not have no result, and notifications of such are dropped")
  func unknownMethods() throws {
    let client = try TestClient("")
    #expect(code(try client.answer("workspace/fly")) == -32601)
    let count = client.received.count
    client.notify("workspace/fly", [:])
    client.notify("$/setTrace", ["value": "off"])
    #expect(client.received.count == count)
  }

  @Test(
    "what is no request is answered by an error",
    arguments: [
      ("{", -32700), ("", -32700), ("\u{0}", -32700), ("[]", -32600), ("3", -32600),
      ("{\"id\":{},\"method\":\"x\"}", -32600), ("{\"id\":1,\"method\":5}", -32600),
      ("{\"id\":1,\"method\":\"textDocument/hover\"}", -32602),
      ("{\"id\":1,\"method\":\"textDocument/hover\",\"params\":{\"textDocument\":7}}", -32602),
      (
        """
        {"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"other"},\
        "position":{"line":0,"character":0}}}
        """, -32602
      ),
    ]
  )
  func malformed(content: String, expected: Int) throws {
    let client = try TestClient("rsenb 1\n")
    client.server.accept(Array(content.utf8))
    while client.server.hasMessages { client.server.answerNext() }
    #expect(client.received.last.flatMap(code) == expected)
    for bytes in [[0xFF, 0xFE, 0x7B], [UInt8](repeating: UInt8(ascii: "["), count: 100_000)] {
      client.server.accept(bytes)
      #expect(client.received.last.flatMap(code) == -32700)
    }
    #expect(try client.request("textDocument/documentSymbol", document) is [Any])
  }

  private let document = ["textDocument": ["uri": TestClient.file]]

  @Test(
    "a request that is cancelled while it waits is answered as cancelled, one that is not goes on"
  )
  func cancelling() throws {
    let client = try TestClient("rsenb 1\n")
    for id in ["a", "b"] {
      client.accept(["id": id, "method": "textDocument/documentSymbol", "params": document])
    }
    client.accept(["method": "$/cancelRequest", "params": ["id": "a"]])
    client.accept(["method": "$/cancelRequest", "params": ["id": "unknown"]])
    while client.server.hasMessages { client.server.answerNext() }
    let answers = client.received.suffix(2)
    #expect(answers.compactMap(code) == [-32800])
    #expect(answers.last?["id"] as? String == "b" && answers.last?["result"] is [Any])
  }

  @Test("a closed document has no diagnostics any more")
  func closing() throws {
    let client = try TestClient("rsenb 1\n\ntran 5\n")
    #expect(try client.diagnostics().count == 1)
    client.notify("textDocument/didClose", document)
    #expect(try client.diagnostics().isEmpty)
    client.change((0, 0), (0, 0), "x")
    #expect(client.logged.last?.contains("not open") == true)
  }
}
