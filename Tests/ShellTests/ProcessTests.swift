import Foundation
import Glibc
import TestSupport
import Testing

/// Several processes give the results of one.
@Suite("Runs of several processes", .serialized)
struct ProcessTests {
  private static let scripts = [
    // Groups of several lengths, and more processes than some of them have groups.
    """
    seed 7; data badd lengths=8,16,32 batch=40; model rse maps=8 blocks=1
    train 40 validate=every 10 count=70 keep-best=on; test lengths=8,64 count=100
    train 5 memory=low
    """,
    "seed 2; data badd lengths=16,2048 batch=3; model rse maps=4 blocks=1; train 4; try 101 + 1",
    """
    seed 1; data lambada path=passages lengths=64 batch=8; model rse maps=8
    train 20 validate=every 10 count=20; test
    """,
    "seed 1; data lambada path=passages lengths=64 batch=8; model gareader maps=8; train 10",
    "seed 3; data notes window=512 batch=5; model rse maps=4 blocks=1; train 6; test count=4",
    """
    seed 3; data notes window=1024 input=spectrogram batch=5 gain=6 noise=30 transpose=2
    model rse maps=8 blocks=1 norm=features; train 4
    """,
    """
    seed 5; data performances window=1024 batch=3 pitch=0.2; model rse maps=8 blocks=1 norm=features
    train 6 validate=every 3 count=3; test count=2
    """,
    """
    data badd lengths=8 batch=8; model rse maps=4; model rse maps=8 as=wide; model lstm maps=4 as=last
    let a = compare steps=3 count=20 spread=on; $a.loss; $a.accuracy; train 2 of=wide; test of=last count=20
    let b = compare steps=3 count=20; $b.loss
    """,
    """
    seed 4
    let t = sweep maps=4,8 seed=1..3 spread=on to=runs.jsonl {
      data badd lengths=8 batch=8; model rse maps=$maps; train 3; record(loss=$_.loss, n=1 / ($maps - 4 + $seed - 2))
    }
    $t; group($t, "maps"); model rse maps=4; data badd lengths=8 batch=8; train 2
    """,
    "let r = 2 * 21; for i in 1..2 { $r * $i }",
  ]

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func place(threads: Int = 1) throws -> ShellPlace {
    let place = try ShellPlace()
    place.environment["RSE_THREADS"] = String(threads)
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent("Notebooks/passages"),
      to: URL(fileURLWithPath: place.folder).appendingPathComponent("passages")
    )
    return place
  }

  /// Results of the script without times.
  private func results(_ script: String, processes: Int?, threads: Int) throws -> [String] {
    let place = try place(threads: threads)
    let run = try PipedRun(["--json"], in: place, processes: processes, input: script)
    #expect(run.ending == .status(0), "\(run.errors)")
    return try run.outputLines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let fields = try #require(object as? [String: Any])
      var result = fields["result"] as? [String: Any] ?? ["value": fields["result"] ?? "nothing"]
      for volatile in ["seconds", "steps_per_second", "peak_bytes"] { result[volatile] = nil }
      result["table"] = (result["table"] as? [[String: Any]])?.map { row in
        row.filter { !["seconds", "steps_per_second", "peak_bytes"].contains($0.key) }
      }
      let data = try JSONSerialization.data(withJSONObject: result, options: .sortedKeys)
      return String(decoding: data, as: UTF8.self)
    }
  }

  @Test(
    "give the digits and weights of one",
    .enabled(if: MPI.isThere, MPI.absence),
    arguments: scripts.indices
  )
  func results(of number: Int) throws {
    let script = Self.scripts[number]
    let expected = try results(script, processes: nil, threads: 2)
    #expect(expected.count >= 2)
    // Whole trees of groups, parts of trees, and more processes than most batches have groups.
    for (processes, threads) in number == 0 ? [(2, 1), (3, 2), (4, 1)] : [(number % 2 + 2, 1)] {
      let own = try results(script, processes: processes, threads: threads)
      #expect(own == expected, "\(processes) processes of \(threads) threads")
    }
  }

  @Test("write files once, and read what they wrote", .enabled(if: MPI.isThere, MPI.absence))
  func files() throws {
    let place = try place()
    let script = """
      data badd lengths=8 batch=4; model rse maps=4; train 4; plot loss loss.png; save a.safetensors
      let first = train 1
      load a.safetensors as=again
      let second = train 1
      assert $first.weights == $second.weights
      """
    let run = try PipedRun([], in: place, processes: 3, input: script)
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(try place.names() == ["a.safetensors", "loss.png", "passages"])
    let alone = try PipedRun([], in: try self.place(), input: script)
    func results(_ run: PipedRun) -> [String] { run.outputLines.filter { $0.contains("weights") } }
    #expect(results(run) == results(alone) && results(run).count > 2)
  }

  @Test("transcribe a recording each", .enabled(if: MPI.isThere, MPI.absence))
  func recordings() throws {
    let place = try place()
    let script = """
      render minuet a.wav; render minuet b.wav
      transcribe a.wav nowhere.wav b.wav picture=off sound=off
      """
    let run = try PipedRun([], in: place, processes: 2, input: script)
    #expect(run.ending == .status(1))
    #expect(
      run.errors.contains("1 of 3 recordings not transcribed") && run.errors.contains("nowhere")
    )
    #expect(try place.names().filter { $0.hasSuffix(".mid") } == ["a.mid", "b.mid"])
    let lines = run.outputLines.filter { $0.contains("notes,") }
    #expect(lines.map { $0.prefix(5) } == ["a.wav", "b.wav"])
    #expect(try place.text(of: "a.notes.csv") == place.text(of: "b.notes.csv"))
  }

  @Test("record and replay notebooks", .enabled(if: MPI.isThere, MPI.absence))
  func notebooks() throws {
    let place = try place()
    let notebook = """
      rsenb 1

      data badd lengths=8 batch=8
      model rse maps=4
      train 5

      test count=20

      """
    for name in ["one.rsenb", "two.rsenb"] { try place.write(notebook, to: name) }
    #expect(try PipedRun(["record", "one.rsenb"], in: place).ending == .status(0))
    let recording = try PipedRun(["record", "two.rsenb"], in: place, processes: 2)
    #expect(recording.ending == .status(0), "\(recording.errors)")
    func compared(_ name: String) throws -> [String] {
      try place.text(of: name).split(separator: "\n").filter { $0.hasPrefix("|") }.map(String.init)
    }
    #expect(try compared("one.rsenb") == compared("two.rsenb"))
    #expect(try compared("one.rsenb").count > 2)
    let replay = try PipedRun(["replay", "one.rsenb"], in: place, processes: 2)
    #expect(replay.ending == .status(0), "\(replay.output) \(replay.errors)")
    #expect(replay.output.components(separatedBy: "identical").count == 2)
  }

  @Test("end with the first one's message and status", .enabled(if: MPI.isThere, MPI.absence))
  func failures() throws {
    let place = try place()
    let run = try PipedRun(["-c", "1 + 1; load nowhere"], in: place, processes: 3)
    #expect(run.ending == .status(1))
    #expect(run.output.hasPrefix("2\n"))
    #expect(run.errors.components(separatedBy: "nowhere").count == 3)
    let wrong = try PipedRun(["-c", "trian 5"], in: place, processes: 2)
    #expect(wrong.ending == .status(2))
  }

  @Test("are refused where one would compute otherwise", .enabled(if: MPI.isThere, MPI.absence))
  func differentBuilds() throws {
    let place = try place()
    let script = try place.write(
      """
      #!/bin/sh
      [ "$OMPI_COMM_WORLD_RANK" = 1 ] && export RSE_PRODUCTS=openblas
      exec \(ShellPlace.program) -c '1 + 1'
      """,
      to: "start"
    )
    chmod(script, 0o700)
    let run = try ShellTranscript(MPI.launch(2, program: script, [], in: place), in: place)
    #expect(try run.waitForEnd() != .status(0))
    #expect(run.text.contains("start the same program everywhere"), "\(run.text)")
    #expect(run.text.contains("process 1 on"))
  }

  @Test("a launcher without the library of processes is told what to install")
  func missingLibrary() throws {
    let place = try ShellPlace()
    place.environment["OMPI_COMM_WORLD_SIZE"] = "2"
    place.environment["RSE_MPI_LIBRARY"] = "/nowhere.so"
    let run = try PipedRun(["-c", "1 + 1"], in: place)
    #expect(run.ending == .status(1) && run.output.isEmpty)
    #expect(run.errors.contains("started by mpirun") && run.errors.contains("libopenmpi-dev"))
  }

  /// How many kills to try: `RSE_KILLS`, else a few.
  private static let kills =
    ProcessInfo.processInfo.environment["RSE_KILLS"].flatMap { Int($0) } ?? 2

  private static let killed = """
    seed 3
    data badd lengths=8,16 batch=40
    model rse maps=12
    let r = train 60 checkpoint=every 5 keep=2 to=states
    "weights $r.weights"
    """

  @Test(
    "one of which is killed name the last checkpoint, and others go on from it",
    .enabled(if: MPI.isThere, MPI.absence)
  )
  func killedProcess() throws {
    let reference = try ShellPlace()
    try reference.write(Self.killed, to: "n.rse")
    let whole = try PipedRun(["run", "n.rse"], in: reference)
    #expect(whole.ending == .status(0), "\(whole.errors)")
    var random = SeededRandom(seed: 11)
    for round in 0..<Self.kills {
      let place = try ShellPlace()
      try place.write(Self.killed, to: "n.rse")
      let run = try ShellTranscript(MPI.launch(3, ["run", "n.rse"], in: place), in: place)
      try run.waitUntil("a checkpoint is there") { _ in try place.names().contains("states") }
      usleep(UInt32.random(in: 0..<2_000_000, using: &random))
      let victims = Self.processes(in: place.folder)
      if let victim = victims.randomElement(using: &random) { kill(victim, SIGKILL) }
      let ending = try run.waitForEnd()
      if victims.count == 3 { #expect(ending != .status(0), "round \(round)") }
      let last = try PipedRun(["resume", "n.rse"], in: place, processes: 2)
      #expect(last.ending == .status(0), "\(last.errors)")
      #expect(last.outputLines.last == whole.outputLines.last, "round \(round)")
    }
  }

  @Test(
    "that a launcher is told to end leave a checkpoint of the last step",
    .enabled(if: MPI.isThere, MPI.absence)
  )
  func ending() throws {
    let place = try ShellPlace()
    try place.write(Self.killed.replacing("train 60", with: "train 60000"), to: "n.rse")
    let run = try ShellTranscript(MPI.launch(2, ["run", "n.rse"], in: place), in: place)
    try run.waitUntil("a checkpoint is there") { _ in try place.names().contains("states") }
    run.terminal.process.send(signal: SIGTERM)
    #expect(try run.waitForEnd() != .status(0))
    #expect(run.text.contains("wrote states/rse-000"), "\(run.text)")
  }

  @Test(
    "one of which does not answer end, and name the process and the last checkpoint",
    .enabled(if: MPI.isThere, MPI.absence)
  )
  func silence() throws {
    let place = try ShellPlace()
    try place.write(Self.killed.replacing("train 60", with: "train 60000"), to: "n.rse")
    let run = try ShellTranscript(MPI.launch(3, ["run", "n.rse"], in: place), in: place)
    try run.waitUntil("a checkpoint is there") { _ in try place.names().contains("states") }
    if let last = Self.processes(in: place.folder).max() { kill(last, SIGSTOP) }
    #expect(try run.waitForEnd() != .status(0))
    #expect(run.text.contains("has not answered for 15 s"), "\(run.text)")
    #expect(run.text.contains("the last checkpoint is states/rse-000"))
  }

  /// The processes of `rse` that work in a folder.
  private static func processes(in folder: String) -> [pid_t] {
    let files = FileManager.default
    return ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }.filter
    {
      let program = try? files.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe")
      let place = try? files.destinationOfSymbolicLink(atPath: "/proc/\($0)/cwd")
      return program == ShellPlace.program && place == folder
    }
  }
}

extension ShellTranscript {
  /// All that the program wrote.
  fileprivate var text: String { String(decoding: received, as: UTF8.self) }
}
