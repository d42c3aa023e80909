import Foundation
import TestSupport
import Testing

/// Statements on standard input that run as they come.
@Suite("A stream of statements")
struct StreamTests {
  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(value as? [String: Any])
    }
  }

  @Test("each gives its result, those that fail too, and the stream goes on")
  func whole() throws {
    let script = "1 + 1\r\nfor i in 1..2 {\n$i\n}\nfoo\n1 / 0\n\nlet a = 7\n$a\n\"open"
    let run = try PipedRun(["--json", "--stream"], in: try ShellPlace(), input: script)
    #expect(run.ending == .status(1))
    let objects = try objects(run.output)
    #expect(objects.compactMap { $0["result"] as? Int } == [2, 1, 2, 7, 7])
    let errors = objects.filter { $0["error"] != nil }
    #expect(
      errors.compactMap { $0["error"] as? String } == [
        "unknown command `foo`", "division by zero", "the quoted text has no end",
      ]
    )
    let places = errors.compactMap { $0["place"] as? [String: Any] }
    #expect(places.map { $0["line"] as? Int } == [5, 6, 10])
    #expect(places.map { $0["text"] as? String } == ["foo", "1 / 0", "\""])
    #expect(errors.allSatisfy { $0["source"] == nil })
  }

  @Test("results come before the input ends, and quit leaves")
  func atOnce() throws {
    let place = try ShellPlace()
    // The second statement waits for the answer to the first.
    let script =
      "(echo 1+1; until [ -s answer ]; do sleep 0.05; done; echo 2+2; echo quit; echo 3+3) | "
      + "\(ShellPlace.program) --stream > answer"
    let process = try place.launch(program: "/bin/sh", ["-c", script]).start(
      streams: [.closed, .closed, .closed],
      newSession: true
    )
    var patience = Patience(for: process)
    while process.ending == nil, !patience.isOver() { usleep(10_000) }
    #expect(try place.text(of: "answer") == "2\n4\n")
  }

  @Test("without it a script is checked whole before anything runs; with -c it is refused")
  func others() throws {
    let run = try PipedRun(["--json"], in: try ShellPlace(), input: "1 + 1\nfoo\n")
    #expect(run.ending == .status(2))
    #expect(try objects(run.output).count == 1)
    let both = try PipedRun(["--stream", "-c", "1"], in: try ShellPlace())
    #expect(both.ending == .status(2) && both.errors.contains("--stream"))
  }
}
