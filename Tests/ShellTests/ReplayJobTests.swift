import Foundation
import Glibc
import Testing

@Suite("A replay of several notebooks")
struct ReplayJobTests {
  private static let short = "rsenb 1\n\nseed 7\n1 + 1\n| 2\n"
  private static let nowhere = [Launch.Stream](repeating: .path("/dev/null"), count: 3)
  private static let training = """
    rsenb 1

    seed 7
    data badd lengths=8 batch=8
    model rse maps=4
    train 3

    """
  private static let long = """
    rsenb 1

    \(LongTraining.preparation)
    1 + 1
    | 2
    \(LongTraining.statement)
    """

  @Test("tells of each in its order and counts them, whatever number runs at a time")
  func order() throws {
    let place = try ShellPlace()
    for name in ["a", "c"] { try place.write(Self.short, to: name + ".rsenb") }
    try place.write(Self.short.replacing("| 2", with: "| 3.5"), to: "b.rsenb")
    for jobs in ["1", "2", "9"] {
      let run = try PipedRun(
        ["replay", "--jobs", jobs, "a.rsenb", "b.rsenb", "c.rsenb"],
        in: place
      )
      #expect(run.ending == .status(3))
      let names = run.outputLines.compactMap { $0.firstMatch(of: #/^(.)\.rsenb: /#)?.1 }
      #expect(names == ["a", "b", "c"])
      #expect(run.output.contains("expected | 3.5") && run.output.contains("got      | 2"))
      #expect(run.outputLines.last == "3 notebooks: 2 identical, 1 differs")
    }
    let run = try PipedRun(["replay", "--json", "a.rsenb", "none.rsenb"], in: place)
    #expect(run.ending == .status(1))
    #expect(run.outputLines.count == 2 && run.outputLines[1].contains("no such file"))
  }

  @Test("gives each job its share of the threads, and the same weights with any")
  func threads() throws {
    let place = try ShellPlace()
    for name in ["a.rsenb", "b.rsenb"] { try place.write(Self.training, to: name) }
    place.environment["RSE_THREADS"] = "3"
    for name in ["a.rsenb", "b.rsenb"] {
      #expect(try PipedRun(["record", name], in: place).ending == .status(0))
    }
    #expect(try place.text(of: "a.rsenb").contains("weights"))
    for threads in ["1", "4"] {
      place.environment["RSE_THREADS"] = threads
      let run = try PipedRun(["replay", "--jobs", "2", "a.rsenb", "b.rsenb"], in: place)
      #expect(run.ending == .status(0), "\(run.output)")
    }
  }

  @Test("interrupts one that takes too long, and reports what ran before")
  func limit() throws {
    let place = try ShellPlace()
    try place.write(Self.long, to: "long.rsenb")
    try place.write(Self.short, to: "short.rsenb")
    for files in [["long.rsenb"], ["long.rsenb", "short.rsenb"]] {
      let run = try PipedRun(
        ["replay", "--timeout", "2.5", "--junit", "j.xml"] + files,
        in: place
      )
      #expect(run.ending == .status(1))
      #expect((run.output + run.errors).contains("long.rsenb: not done after 2.5 s"))
      let xml = try place.text(of: "j.xml")
      #expect(xml.contains("<testsuite name=\"long.rsenb\"") && xml.contains("errors=\"1\""))
    }
  }

  @Test("ends with Ctrl-C, together with all its processes")
  func interruption() throws {
    let place = try ShellPlace()
    let name = "long-\(getpid()).rsenb"
    try place.write(Self.long, to: name)
    let process = try place.launch(["replay", "--jobs", "2", name, name, name])
      .start(streams: Self.nowhere, newSession: true)
    var patience = Patience(for: process)
    while Self.programs(with: name).count < 3, !patience.isOver() { usleep(10_000) }
    process.send(signal: SIGINT)
    while process.ending == nil, !patience.isOver() { usleep(10_000) }
    #expect(process.ending == .status(130))
    #expect(Self.programs(with: name).isEmpty)
  }

  @Test("leaves no process behind when it is killed")
  func death() throws {
    let place = try ShellPlace()
    let name = "killed-\(getpid()).rsenb"
    try place.write(Self.long, to: name)
    let process = try place.launch(["replay", "--jobs", "2", name, name])
      .start(streams: Self.nowhere, newSession: true)
    var patience = Patience(for: process)
    while Self.programs(with: name).count < 3, !patience.isOver() { usleep(10_000) }
    process.send(signal: SIGKILL)
    while process.ending == nil || !Self.programs(with: name).isEmpty, !patience.isOver() {
      usleep(10_000)
    }
    #expect(Self.programs(with: name).isEmpty)
  }

  @Test("runs in several processes too, one after another", .enabled(if: MPI.isThere, MPI.absence))
  func processes() throws {
    let place = try ShellPlace()
    for name in ["a.rsenb", "b.rsenb"] { try place.write(Self.short, to: name) }
    let run = try PipedRun(["replay", "a.rsenb", "b.rsenb"], in: place, processes: 2)
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(run.outputLines.last == "2 notebooks: 2 identical")
  }

  @Test("takes over what differs in a cell with --update, once it is shown")
  func update() throws {
    let place = try ShellPlace()
    let text = Self.short.replacing("| 2", with: "| 3.5")
    try place.write(text, to: "a.rsenb")
    let run = try PipedRun(["replay", "a.rsenb", "--update", "2"], in: place)
    #expect(run.ending == .status(0) && run.output.contains("expected | 3.5"))
    #expect(try place.text(of: "a.rsenb") == Self.short)
    for words in [["--update", "0"], ["--update", "some"], ["--update", "all", "-p", "a=1"]] {
      #expect(try PipedRun(["replay", "a.rsenb"] + words, in: place).ending == .status(2))
    }
    #expect(try PipedRun(["replay", "a.rsenb", "--update", "7"], in: place).ending == .status(1))
  }

  @Test("refuses -p where a notebook is recorded, and its help does not name it")
  func parameters() throws {
    let place = try ShellPlace()
    try place.write(Self.short, to: "a.rsenb")
    let run = try PipedRun(["record", "-p", "x=1", "a.rsenb"], in: place)
    #expect(run.ending == .status(2) && run.errors.contains("change its `param`"))
    #expect(try place.text(of: "a.rsenb") == Self.short)
    let help = try PipedRun(["record", "--help"], in: place)
    #expect(help.output.contains("--resume") && !help.output.contains("-p "))
  }

  /// The processes with this name of a file among their arguments.
  private static func programs(with name: String) -> [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { entry in
      guard let number = Int(entry),
        let bytes = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline"),
        String(decoding: bytes, as: UTF8.self).contains(name)
      else { return nil }
      return number
    }
  }
}
