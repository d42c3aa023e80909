import Foundation
import Testing

@Suite("A notebook to read")
struct ReadingTests {
  private static let notebook = """
    rsenb 1

    # # Title
    #
    # Some *words* that are longer than a line of this screen has columns, with `code` and
    # [a link](other.rsenb).
    #
    # - one
    # - two

    seed 7
    1 + 1
    | 2
    ~ 3 s
    fail
    ! no

    """

  private func place() throws -> ShellPlace {
    let place = try ShellPlace()
    try place.write(Self.notebook, to: "a.rsenb")
    return place
  }

  /// A start of `rse` on a terminal, which leaves it when it ends.
  private func terminal(
    _ arguments: [String],
    in place: ShellPlace,
    pager: String
  ) throws -> ShellTranscript {
    place.environment["PAGER"] = pager
    return try ShellTranscript(arguments, in: place)
  }

  @Test("is set in lines of words, with statements and output apart from prose")
  func text() throws {
    let run = try PipedRun(["show", "a.rsenb"], in: try place())
    #expect(run.ending == .status(0))
    #expect(
      run.output == """
        Title
        ═════

        Some words that are longer than a line of this screen has columns, with `code`
        and a link (other.rsenb).

        - one
        - two

          seed 7
          1 + 1
          │ 2
          ~ 3 s

          fail
          ! no

        """
    )
    #expect(try PipedRun(["show", "none.rsenb"], in: try place()).ending == .status(1))
  }

  @Test("goes through the pager only where it is longer than the screen, and has colours there")
  func pager() throws {
    let place = try place()
    let short = try terminal(["show", "a.rsenb"], in: place, pager: "sed s/^/page:/")
    #expect(try short.waitForEnd() == .status(0))
    #expect(short.screen.lines.contains("Title") && short.received.hasAttributes)
    try place.write(
      Self.notebook + (0..<60).map { "\($0)\n| \($0)\n" }.joined(),
      to: "a.rsenb"
    )
    let long = try terminal(["show", "a.rsenb"], in: place, pager: "sed s/^/page:/")
    #expect(try long.waitForEnd() == .status(0))
    #expect(long.received.text.contains("page:") && long.received.text.contains("\u{1B}[1;36m"))
    place.environment["NO_COLOR"] = "1"
    let plain = try terminal(["show", "a.rsenb"], in: place, pager: "sed s/^/page:/")
    #expect(try plain.waitForEnd() == .status(0))
    #expect(!plain.received.text.contains("\u{1B}[1;36m"))
    place.environment["TERM"] = "dumb"
    let dumb = try terminal(["show", "a.rsenb"], in: place, pager: "sed s/^/page:/")
    #expect(try dumb.waitForEnd() == .status(0))
    #expect(!dumb.received.text.contains("page:"))
  }

  @Test("is shown without a pager that is not there, and one may leave early")
  func badPagers() throws {
    let place = try place()
    try place.write("rsenb 1\n" + (0..<30_000).map { "\($0)\n" }.joined(), to: "a.rsenb")
    for pager in ["no-such-pager", "no-such-pager | cat", "head -3", "true", "exit 3"] {
      let shell = try terminal(["show", "a.rsenb"], in: place, pager: pager)
      #expect(try shell.waitForEnd() == .status(0), "\(pager)")
      #expect(!shell.received.text.contains("error"), "\(pager)")
    }
    let help = try terminal(["help", "--all"], in: place, pager: "head -2")
    #expect(try help.waitForEnd() == .status(0))
  }

  @Test("and help go through the pager in the shell as well, and lines after them do not")
  func shell() throws {
    let place = try place()
    let shell = try terminal([], in: place, pager: "sed s/^/page:/")
    try shell.waitForPrompt()
    try shell.enter("help train")
    try shell.waitFor("page:train")
    try shell.waitForPrompt()
    #expect(try shell.run("1 + 1") == ["2"])
    try shell.run("show notebook a.rsenb")
    #expect(shell.screen.lines.contains("Title"))
    #expect(try shell.run("show notebook").joined().contains("name is missing"))
  }

  @Test(
    "goes through less where no pager is named, and a key brings the prompt back",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/less"), "no less here")
  )
  func less() throws {
    let place = try place()
    place.environment["PAGER"] = nil
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    try shell.enter("help train")
    try shell.waitUntil("less waits for a key") { $0.screen.lines.last?.hasPrefix(":") == true }
    shell.type("q")
    try shell.waitUntil("the prompt is back") { $0.received.text.hasSuffix("rse> ") }
    shell.type("1 + 1\r")
    try shell.waitUntil("the shell answers") { $0.received.text.contains("[?2004l\r2") }
  }

  @Test("is followed in a run with --verbose, and so is a script")
  func verbose() throws {
    let place = try ShellPlace()
    try place.write("rsenb 1\n\n# # T\n\n1 + 1\n| 2\n\n# end\n", to: "a.rsenb")
    let run = try PipedRun(["run", "--verbose", "a.rsenb"], in: place)
    #expect(run.ending == .status(0))
    #expect(run.outputLines == ["T", "═", "> 1 + 1", "2", "end"])
    try place.write("# note\nfor i in 1..2 {\n  $i\n}\nlet a = 3\n$a; 4\n1 / 0\n5\n", to: "a.rse")
    let script = try PipedRun(["run", "--verbose", "a.rse"], in: place)
    #expect(script.ending == .status(1) && script.errors.contains("a.rse:7"))
    #expect(
      script.outputLines == [
        "> # note", "> for i in 1..2 {", ">   $i", "> }", "1", "2", "> let a = 3", "> $a; 4", "3",
        "4", "> 1 / 0",
      ]
    )
  }

  @Test("and errors are broken between words where they are wider than the terminal")
  func errors() throws {
    let place = try ShellPlace()
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    let words = "a" + String(repeating: " wordy", count: 20)
    let lines = try shell.run("load \"\(words)\"")
    let start = try #require(lines.firstIndex { $0.hasPrefix("error:") })
    #expect(lines[start...].count > 3)
    #expect(lines[start...].allSatisfy { !$0.hasSuffix(" word") && !$0.hasSuffix(" wor") })
    let caret = try #require(lines.first { $0.contains("^^^") })
    let source = try #require(lines.first { $0.contains("| load") })
    #expect(caret.firstIndex(of: "^") == source.firstIndex(of: "\""))
  }
}
