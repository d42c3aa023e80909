import Foundation
import TestSupport
import Testing

@Suite("rse new")
struct TemplateTests {
  @Test("lists its templates, of which the first is taken where none is named")
  func list() throws {
    let place = try ShellPlace()
    let list = try PipedRun(["new", "--template", "list"], in: place)
    #expect(list.ending == .status(0))
    let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(names == ["addition", "music", "passages", "pairs", "paper", "sweep"])
    #expect(try place.names().isEmpty)
    #expect(try PipedRun(["new", "a.rsenb", "--title", "T"], in: place).ending == .status(0))
    let named = ["new", "b.rsenb", "--title", "T", "--template", "addition"]
    #expect(try PipedRun(named, in: place).ending == .status(0))
    let first = try place.text(of: "a.rsenb")
    #expect(
      first.replacing("a.rsenb", with: "b.rsenb").replacing("to a-", with: "to b-")
        .replacing(" a-loss", with: " b-loss") == (try place.text(of: "b.rsenb"))
    )
  }

  @Test(
    "a wrong call says what to write instead, and writes nothing",
    arguments: [
      (["a.rsenb", "--template", "musik"], "did you mean `music`?"),
      (["a.rsenb", "--template", "xyzzy"], "addition, music, passages, pairs, paper and sweep"),
      (["a.rsenb", "--template", "list"], "makes no notebook"), ([], "rse new first.rsenb"),
      (["--template", "music"], "rse new first.rsenb"), (["a"], "a.rsenb"),
    ]
  )
  func wrong(arguments: [String], advice: String) throws {
    let place = try ShellPlace()
    let run = try PipedRun(["new"] + arguments, in: place)
    #expect(run.ending == .status(2) && run.errors.contains(advice), "\(run.errors)")
    #expect(try place.names().isEmpty)
  }

  @Test("a title may have any characters, and so may the name of the file")
  func names() throws {
    let place = try ShellPlace()
    let file = "2 $trees & it's.rsenb"
    let title = ["new", file, "--template", "sweep", "--title", "Trees & <tags>\n$x"]
    #expect(try PipedRun(title, in: place).ending == .status(0))
    let text = try place.text(of: file)
    #expect(text.hasPrefix("rsenb 1\n\n# # Trees & <tags> $x\n#\n"))
    #expect(text.contains("write notebook-2-trees-it-s.csv $means\n"))
    #expect(text.contains(#"`rse resume '2 $trees & it'\''s.rsenb'`"#))
    #expect(try place.small("sweep", file: file, of: ("steps", "2")).ending == .status(0))
  }

  @Test(
    "every template runs at once, and replays as it was recorded",
    arguments: [
      ("addition", ("steps", "2")), ("music", ("steps", "1")), ("pairs", ("steps", "2")),
      ("paper", ("steps", "4")), ("passages", nil), ("sweep", ("steps", "2")),
    ] as [(String, (name: String, value: String)?)]
  )
  func runs(template: String, parameter: (name: String, value: String)?) throws {
    let place = try ShellPlace()
    let new = try PipedRun(["new", "my-own.rsenb", "--template", template], in: place)
    #expect(new.ending == .status(0))
    let run = try place.small(template, file: "my-own.rsenb", of: parameter)
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(try place.names().allSatisfy { $0.hasPrefix("my-own") })
    try place.shorten("my-own.rsenb", by: parameter)
    let record = try PipedRun(["record", "my-own.rsenb"], in: place)
    #expect(record.ending == .status(0), "\(record.errors)")
    let replay = try PipedRun(["replay", "my-own.rsenb"], in: place)
    #expect(replay.ending == .status(0), "\(replay.output)")
  }
}

extension ShellPlace {
  /// Runs a notebook that a template has made with another value of a `param`, if it has one.
  fileprivate func small(
    _ template: String,
    file: String,
    of parameter: (name: String, value: String)?
  ) throws -> PipedRun {
    let values = parameter.map { ["-p", "\($0.name)=\($0.value)"] } ?? []
    return try PipedRun(["run", file] + values, in: self)
  }

  /// Gives the `param` this value in the notebook itself.
  fileprivate func shorten(
    _ file: String,
    by parameter: (name: String, value: String)?
  ) throws {
    guard let parameter else { return }
    let lines = try text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    let start = "param \(parameter.name) ="
    #expect(lines.contains { $0.hasPrefix(start) })
    try write(
      lines.map { $0.hasPrefix(start) ? "\(start) \(parameter.value)" : $0 }.joined(
        separator: "\n"
      ),
      to: file
    )
  }
}
