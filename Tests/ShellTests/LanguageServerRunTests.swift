import Testing

@Suite("rse lsp")
struct LanguageServerRunTests {
  private func message(_ content: String) -> String {
    "Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
  }

  @Test("serves an editor on standard input and output, and ends as it says")
  func conversation() throws {
    let text = "rsenb 1\\n\\nlet a = 1\\nmodel rse maps=$b\\n"
    let start =
      message(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
      + message(
        #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"a","text":"\#(text)"}}}"#
      )
      + message(
        #"{"id":2,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"a"}}}"#
      )
    let place = try ShellPlace()
    let open = try PipedRun(["lsp"], in: place, input: start)
    #expect(open.ending == .status(1) && open.errors.isEmpty)
    #expect(open.output.contains("unknown variable `$b`"))
    #expect(open.output.contains(#""name":"rse""#))
    let closed = try PipedRun(
      ["lsp"],
      in: place,
      input: start + message(#"{"id":3,"method":"shutdown"}"#) + message(#"{"method":"exit"}"#)
    )
    #expect(closed.ending == .status(0) && closed.errors.isEmpty)
  }

  @Test("damage is told of on standard error")
  func damage() throws {
    let run = try PipedRun(["lsp"], in: try ShellPlace(), input: "hello\r\n\r\n")
    #expect(run.ending == .status(1))
    #expect(run.errors.hasPrefix("rse lsp: a header has no `Content-Length"))
  }
}
