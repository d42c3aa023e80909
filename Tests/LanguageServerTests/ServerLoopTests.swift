import Foundation
import Glibc
import LanguageServer
import Sessions
import Testing
import Workbench

@Suite("A server on pipes")
struct ServerLoopTests {
  private struct Run {
    let status: Sessions.ExitStatus
    let output: String
    let log: [String]
  }

  /// Runs a server on a text that fits into a pipe.
  ///
  /// - Parameter isOpen: whether the pipe stays open behind the text.
  private func run(_ input: String, isOpen: Bool = false, hasReader: Bool = true) throws -> Run {
    signal(SIGPIPE, SIG_IGN)
    var (requests, answers): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    try #require(pipe(&requests) == 0 && pipe(&answers) == 0)
    let bytes = Array(input.utf8)
    try #require(bytes.count < 1 << 16 && write(requests[1], bytes, bytes.count) == bytes.count)
    if !isOpen { close(requests[1]) }
    if !hasReader { close(answers[0]) }
    var log: [String] = []
    let loop = ServerLoop(
      input: requests[0],
      output: answers[1],
      catalog: .workbench,
      report: { log.append($0) }
    )
    let status = loop.run()
    close(answers[1])
    close(requests[0])
    if isOpen { close(requests[1]) }
    guard hasReader else { return Run(status: status, output: "", log: log) }
    let output = FileHandle(fileDescriptor: answers[0], closeOnDealloc: true).readDataToEndOfFile()
    return Run(status: status, output: String(decoding: output, as: UTF8.self), log: log)
  }

  private func message(_ content: String) -> String {
    "Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
  }

  private func initialize(_ process: String = "null") -> String {
    message(
      "{\"id\":1,\"method\":\"initialize\",\"params\":{\"processId\":\(process),\"capabilities\":{}}}"
    )
  }

  private let open = """
    {"method":"textDocument/didOpen","params":{"textDocument":{"uri":"a.rsenb","text":"rsenb 1\\n\\ntran\\n"}}}
    """

  @Test("answers in order, and ends when it is told to")
  func ordinary() throws {
    let run = try run(
      initialize() + message(open) + message("{\"id\":2,\"method\":\"shutdown\"}")
        + message("{\"method\":\"exit\"}") + message("{\"id\":3,\"method\":\"shutdown\"}"),
      isOpen: true
    )
    #expect(run.status == .done && run.log.isEmpty)
    let lines = run.output.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[0].hasPrefix("Content-Length: "))
    #expect(lines[2].contains("\"id\":2") && lines[2].contains("\"result\":null"))
  }

  @Test("ends with a failure where the client vanishes, and has told what it knew")
  func vanished() throws {
    let run = try run(initialize() + message(open))
    #expect(run.status == .failed)
    #expect(run.output.contains("unknown command `tran`"))
  }

  @Test("damage is answered and logged, and what follows is read")
  func damage() throws {
    let run = try run(
      "nonsense\r\n\r\n" + initialize() + message("{") + "Content-Length: 99\r\n\r\n{"
    )
    #expect(run.log.count == 1 && run.log[0].contains("Content-Length"))
    #expect(run.output.components(separatedBy: "-32700").count == 3)
    #expect(run.output.contains("\"capabilities\""))
  }

  @Test("ends when the process that started it is gone, though its pipe is open")
  func orphaned() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    let run = try run(initialize("\(process.processIdentifier)"), isOpen: true)
    #expect(run.status == .failed && run.log.count == 1)
  }

  @Test("ends when nobody reads its answers")
  func unread() throws {
    let run = try run(initialize(), isOpen: true, hasReader: false)
    #expect(run.status == .failed && run.log.count == 1)
  }
}
