import Foundation
import Testing

/// The lines of code in `README.md`, typed as they stand there.
///
/// Those that install and build are run by `.ci/run`.
@Suite("The README")
struct ReadmeTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("README.md")

  /// The lines of the first block of code after a mark.
  private func block(after mark: String) throws -> [String] {
    let lines = try String(contentsOf: Self.page, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: "<!-- \(mark) -->"))
    return Array(lines[(start + 2)...].prefix { !$0.hasPrefix("```") })
  }

  @Test("is shorter than 200 lines")
  func length() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
  }

  @Test("has a tour of ten lines that work one after the other in a fresh shell")
  func tour() throws {
    let lines = try block(after: "tour")
    #expect(lines.count == 10)
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    for line in lines {
      let output = try shell.run(line)
      #expect(!output.contains { $0.hasPrefix("error") || $0.hasPrefix("warning") }, "\(line)")
      #expect(output.isEmpty == false, "\(line)")
    }
    let names = try shell.place.names()
    #expect(names.contains("tour.rsenb") && names.contains("music"))
  }

  @Test("has commands for music that end well")
  func music() throws {
    let place = try ShellPlace()
    let program = URL(fileURLWithPath: ShellPlace.program)
    place.environment["PATH"] = program.deletingLastPathComponent().path + ":/usr/bin:/bin"
    try FileManager.default.copyItem(
      at: Self.page.deletingLastPathComponent().appendingPathComponent("Assets/music/minuet.wav"),
      to: URL(fileURLWithPath: place.folder + "/song.wav")
    )
    let commands = try block(after: "music").map { line in
      try #require(line.hasPrefix("$ ") ? String(line.dropFirst(2)) : nil)
    }
    #expect(commands.count == 2)
    for command in commands {
      let launch = place.launch(program: "/bin/sh", ["-c", command])
      #expect(try ShellTranscript(launch, in: place).waitForEnd() == .status(0), "\(command)")
    }
    let names = try place.names()
    #expect(Set(names).isSuperset(of: ["song.mid", "song.html", "song.musicxml"]), "\(names)")
  }

  @Test("has a notebook that replays")
  func notebook() throws {
    let place = try ShellPlace()
    let text = try block(after: "notebook").joined(separator: "\n")
    try place.write("rsenb 1\nenvironment: arithmetic 1\n\n\(text)\n", to: "sample.rsenb")
    let run = try PipedRun(["replay", "sample.rsenb"], in: place)
    #expect(run.ending == .status(0), "\(run.output)")
    #expect(run.output.contains("identical: 4 cells, 1 line"))
  }
}
