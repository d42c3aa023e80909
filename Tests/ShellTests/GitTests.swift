import Foundation
import Testing

@Suite("git with notebooks")
struct GitTests {
  fileprivate static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/git")
  fileprivate static let absence: Comment = "no git here: apt-get install git"

  private static let notebook = "rsenb 1\n\nseed 7\n\n1 + 1\n| 2\n~ 1 s\n\n2 + 2\n| 4\n"

  /// A repository with a notebook in its first commit.
  private func repository() throws -> ShellPlace {
    let place = try ShellPlace()
    for name in ["AUTHOR", "COMMITTER"] {
      place.environment["GIT_\(name)_NAME"] = "A"
      place.environment["GIT_\(name)_EMAIL"] = "a@b.c"
    }
    try git(["init", "-q", "-b", "main"], in: place)
    try place.write(Self.notebook, to: "a.rsenb")
    try commit("one", in: place)
    return place
  }

  @discardableResult
  private func git(_ words: [String], in place: ShellPlace) throws -> (status: Int32, text: String)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: place.folder)
    process.environment = place.environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  private func commit(_ subject: String, in place: ShellPlace) throws {
    try git(["add", "-A"], in: place)
    #expect(try git(["commit", "-qm", subject], in: place).status == 0)
  }

  /// Changes the notebook on two branches and merges one into the other.
  private func merge(
    _ ours: (String, String),
    _ theirs: (String, String),
    in place: ShellPlace
  ) throws -> (status: Int32, text: String) {
    try commit("attributes", in: place)
    try git(["checkout", "-qb", "other"], in: place)
    try place.write(Self.notebook.replacing(theirs.0, with: theirs.1), to: "a.rsenb")
    try commit("theirs", in: place)
    try git(["checkout", "-q", "main"], in: place)
    try place.write(Self.notebook.replacing(ours.0, with: ours.1), to: "a.rsenb")
    try commit("ours", in: place)
    return try git(["merge", "-q", "--no-edit", "other"], in: place)
  }

  @Test("is set up once, says what it did, and is taken back", .enabled(if: isThere, absence))
  func setup() throws {
    let place = try repository()
    let first = try PipedRun(["git", "install"], in: place)
    #expect(first.ending == .status(0) && first.outputLines.count == 4)
    #expect(try place.text(of: ".gitattributes") == "*.rsenb merge=rsenb diff=rsenb\n")
    let second = try PipedRun(["git", "install"], in: place)
    #expect(second.outputLines == ["git is set up for notebooks already"])
    try place.write("*.png binary\n*.rsenb merge=rsenb diff=rsenb\n", to: ".gitattributes")
    #expect(try PipedRun(["git", "install", "--uninstall"], in: place).outputLines.count == 3)
    #expect(try place.text(of: ".gitattributes") == "*.png binary\n")
    #expect(try git(["config", "--get-regexp", "rsenb"], in: place).status == 1)
    let global = try PipedRun(["git", "install", "--global"], in: place)
    #expect(global.ending == .status(0))
    #expect(try git(["check-attr", "merge", "x.rsenb"], in: place).text.contains("rsenb\n"))
    #expect(
      try PipedRun(["git", "install", "--global", "--uninstall"], in: place).ending == .status(0)
    )
    let outside = try PipedRun(["git", "install"], in: try ShellPlace())
    #expect(outside.ending == .status(1) && outside.errors.contains("--global"))
  }

  @Test("merges cells that two sides have changed", .enabled(if: isThere, absence))
  func merging() throws {
    let place = try repository()
    #expect(try PipedRun(["git", "install"], in: place).ending == .status(0))
    let merge = try merge(
      ("1 + 1\n| 2\n~ 1 s", "1 + 2\n| 3\n~ 5 s"),
      ("~ 1 s\n\n2 + 2\n| 4", "~ 9 s\n\n2 + 3\n| 5"),
      in: place
    )
    #expect(merge.status == 0, "\(merge.text)")
    #expect(
      try place.text(of: "a.rsenb")
        == "rsenb 1\n\nseed 7\n\n1 + 2\n| 3\n~ 5 s\n\n2 + 3\n| 5\n"
    )
    #expect(try PipedRun(["replay", "a.rsenb"], in: place).ending == .status(0))
  }

  @Test("leaves a conflict where both have changed a cell", .enabled(if: isThere, absence))
  func conflict() throws {
    let place = try repository()
    #expect(try PipedRun(["git", "install"], in: place).ending == .status(0))
    let merge = try merge(("2 + 2\n| 4", "2 + 5\n| 7"), ("2 + 2\n| 4", "2 + 6\n| 8"), in: place)
    #expect(merge.status == 1)
    #expect(
      try place.text(of: "a.rsenb").hasSuffix(
        "<<<<<<< ours\n2 + 5\n| 7\n=======\n2 + 6\n| 8\n>>>>>>> theirs\n"
      )
    )
    #expect(try git(["status", "--porcelain"], in: place).text.contains("UU a.rsenb"))
  }

  @Test("compares without times, and with one that is no notebook", .enabled(if: isThere, absence))
  func comparing() throws {
    let place = try repository()
    #expect(try PipedRun(["git", "install"], in: place).ending == .status(0))
    try place.write(Self.notebook.replacing("~ 1 s", with: "~ 2 s"), to: "a.rsenb")
    #expect(try git(["diff", "a.rsenb"], in: place).text.contains("~") == false)
    try place.write(Self.notebook.replacing("| 4", with: "| 5"), to: "a.rsenb")
    #expect(try git(["diff", "a.rsenb"], in: place).text.contains("-| 4\n+| 5"))
    try place.write("none\n", to: "a.rsenb")
    let text = try PipedRun(["git", "textconv", "a.rsenb"], in: place)
    #expect(text.ending == .status(0) && text.output == "none\n")
  }

  @Test("merges lines of what is no notebook", .enabled(if: isThere, absence))
  func strange() throws {
    let place = try ShellPlace()
    try place.write("a\nb\nc\n", to: "base")
    try place.write("x\nb\nc\n", to: "ours")
    try place.write("a\nb\ny\n", to: "theirs")
    let run = try PipedRun(["git", "merge", "base", "ours", "theirs"], in: place)
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(try place.text(of: "ours") == "x\nb\ny\n")
  }
}
