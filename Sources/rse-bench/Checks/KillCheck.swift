import ArgumentParser
import Foundation
import Notebooks
import Training

/// Kills the program at random moments of a training, of a recording and of a session, and proves that what is on disk
/// is always whole, and that a training that goes on ends as one that was never killed.
struct KillCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills",
    abstract: "Kill trainings and recordings at random moments and check what is left."
  )

  @Option(help: "How often the program is killed.")
  var kills = 500

  @Option(help: "The seed of the moments.")
  var seed: UInt64 = 1

  @Option(help: "The program.", completion: .file())
  var program: String?

  func run() throws {
    let program = try CheckedProgram(path: program, check: "kills")
    defer { program.removeFolder() }
    var check = KilledRuns(program: program, seed: seed)
    try check.learnWhole()
    while check.kills < kills {
      if check.kills % 3 == 2 { try check.session() } else { try check.training() }
      if check.kills % 50 == 0 { report("\(check.kills) kills, \(check.summary)") }
    }
    report("\(check.kills) kills: \(check.summary)")
    report("nothing was lost")
  }
}

/// Runs that are killed, and what is checked after each.
private struct KilledRuns {
  private let program: CheckedProgram
  private var random: SeededMoments
  /// The weights at the end of the run that nobody kills, and how long it takes.
  private var whole = ""
  private var duration = 0.0
  private(set) var kills = 0
  private var endings = 0
  private var halves = 0
  private var checkpoints = 0
  private var sessions = 0
  private var lastStep = 0

  private static let notebook = """
    rsenb 1

    seed 3
    data badd lengths=8,16 batch=4
    model rse maps=16 blocks=1
    train 150 checkpoint=every 3 keep=2 validate=every 25 count=8 to=points
    plot loss loss.png
    let r = test lengths=8 count=64
    train 150 checkpoint=every 3 keep=2 to=points
    save model.safetensors

    """
  /// Statements of a session that is recorded.
  private static let statements =
    ["record start log.rsenb", "seed 3", "data badd lengths=8,16 batch=4", "model rse maps=8"]
    + (1...40).map { _ in "train 3" }

  init(program: CheckedProgram, seed: UInt64) {
    self.program = program
    random = SeededMoments(state: seed)
  }

  var summary: String {
    "\(endings) trainings ended with weights \(whole), \(checkpoints) checkpoints read, "
      + "\(sessions) recordings read, \(halves) hidden files of unfinished writes"
  }

  // MARK: Trainings

  /// The run that is not killed.
  mutating func learnWhole() throws {
    try restart()
    let start = ContinuousClock.now
    let process = try program.launch(["record", "--resume", "n.rsenb"])
    process.waitUntilExit()
    duration = (ContinuousClock.now - start) / .seconds(1)
    guard process.terminationStatus == 0 else {
      throw BrokenPromise("the run that nobody kills failed with \(process.terminationStatus)")
    }
    whole = try weights()
    try restart()
  }

  /// Goes on with the training and kills it after a random time, unless it ends before.
  mutating func training() throws {
    let process = try program.launch(["record", "--resume", "n.rsenb"])
    if kill(process, within: duration) {
      kills += 1
      try checkFolder()
      return
    }
    guard process.terminationStatus == 0 else {
      throw BrokenPromise("a run that goes on failed with \(process.terminationStatus)")
    }
    try checkFolder()
    let weights = try weights()
    guard weights == whole else {
      throw BrokenPromise("a training that was killed ended with \(weights), not with \(whole)")
    }
    endings += 1
    try restart()
  }

  private mutating func restart() throws {
    try program.empty()
    try program.write(Self.notebook, to: "n.rsenb")
    lastStep = 0
  }

  private func weights() throws -> String {
    let checkpoint = try Checkpoint(parsing: program.contents("model.safetensors"))
    return checkpoint.makeTrainer().model.digest.short
  }

  /// Every file that is not hidden must be whole, and no training may go back behind its newest checkpoint.
  private mutating func checkFolder() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: program.folder).sorted()
    var newest = 0
    for name in names {
      let file = (name as NSString).lastPathComponent
      if file.hasPrefix(".") {
        halves += 1
        continue
      }
      do {
        switch (name as NSString).pathExtension {
        case "safetensors":
          newest = max(newest, try Checkpoint(parsing: program.contents(name)).step)
          checkpoints += 1
        case "rsenb": _ = try Notebook(contentsOf: "\(program.folder)/\(name)")
        case "png":
          guard try program.contents(name).suffix(8).starts(with: Array("IEND".utf8)) else {
            throw BrokenPromise("its end is missing")
          }
        default: break
        }
      } catch {
        throw BrokenPromise("after \(kills) kills \(name) is not whole: \(error)")
      }
    }
    guard newest >= lastStep else {
      throw BrokenPromise("after \(kills) kills step \(lastStep) was lost: \(newest) is the newest")
    }
    lastStep = newest
  }

  // MARK: Sessions

  /// Types statements into a session that records, kills it, and looks for what was answered.
  mutating func session() throws {
    let log = "\(program.folder)/log.rsenb"
    try? FileManager.default.removeItem(atPath: log)
    let terminal = try PseudoTerminal()
    let process = try program.launch(["--progress", "none"], terminal: terminal.program)
    terminal.type(Self.statements.joined(separator: "\n") + "\n")
    if kill(process, within: duration, meanwhile: terminal.read) { kills += 1 }
    terminal.read()
    let answered = terminal.text.split(separator: "\n").filter { $0.contains("weights") }.count
    guard FileManager.default.fileExists(atPath: log) else {
      guard answered == 0 else { throw BrokenPromise("a recording is not there") }
      return
    }
    let recorded = try Notebook(contentsOf: log).lines.filter { $0.text.hasPrefix("train 3") }.count
    // The statement that was running, and the one whose answer was just printed.
    guard recorded + 1 >= answered else {
      throw BrokenPromise("of \(answered) statements that were answered \(recorded) are recorded")
    }
    sessions += 1
  }

  // MARK: Processes

  /// Kills a process after a random time; false if it has ended before.
  private mutating func kill(
    _ process: Process,
    within seconds: Double,
    meanwhile: () -> Void = {}
  ) -> Bool {
    let share = Double(random.next() >> 11) * 0x1p-53
    let end = ContinuousClock.now + .seconds(seconds * share)
    while process.isRunning, ContinuousClock.now < end {
      meanwhile()
      usleep(500)
    }
    let isKilled = process.isRunning
    if isKilled { Glibc.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return isKilled && process.terminationReason == .uncaughtSignal
  }
}

/// Random numbers of a seed (SplitMix64).
private struct SeededMoments: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
