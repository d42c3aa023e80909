import ArgumentParser
import Foundation
import Notebooks

/// Kills the program at random moments of trainings, recordings and sessions, and proves that the files on disk are
/// always complete, and that a resumed training ends like one that was never killed.
struct KillCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills",
    abstract: "Kill trainings and recordings at random moments and check what is left."
  )

  @Option(help: "How often the program is killed.")
  var kills = 500

  @Option(help: "The seed of the moments.")
  var seed: UInt64 = 1

  @OptionGroup var program: ProgramOption

  func run() throws {
    let program = try CheckedProgram(program, check: "kills")
    defer { program.removeFolder() }
    var check = try KilledRuns(program: program, seed: seed)
    // The machine determines how far a run comes before it is killed: some may leave nothing to
    // check.
    while check.kills < kills || !check.hasChecked && check.kills < 10 * kills {
      let before = check.kills
      if before % 3 == 2 { try check.killSession() } else { try check.killTraining() }
      if check.kills > before, check.kills % 50 == 0 { report(check.summary) }
    }
    if kills % 50 != 0 { report(check.summary) }
    guard check.hasChecked else {
      throw BrokenPromise("there were no checkpoints or no recordings to look at")
    }
    report("nothing was lost")
  }
}

/// Runs that are killed, with checks after each.
private struct KilledRuns {
  private let program: CheckedProgram
  private var training: CheckedTraining
  private var random: SeededMoments
  private(set) var kills = 0
  private var sessions = 0

  /// The statements of a recorded session.
  private static let statements =
    ["record start log.rsenb", "seed 3", "data badd lengths=8,16 batch=4", "model rse maps=8"]
    + (1...40).map { _ in "train 3" }

  init(program: CheckedProgram, seed: UInt64) throws {
    self.program = program
    training = try CheckedTraining(program: program, steps: 150)
    random = SeededMoments(state: seed)
  }

  /// True if runs of both kinds left something to check.
  var hasChecked: Bool { training.checkpoints > 0 && (sessions > 0 || kills < 3) }

  var summary: String {
    "\(kills) kills: \(training.endings) trainings ended with weights \(training.whole), "
      + "\(training.checkpoints) checkpoints read, \(sessions) recordings read, "
      + "\(training.halves) hidden files of unfinished writes"
  }

  /// Resumes the training and kills it after a random time, unless it ends before.
  mutating func killTraining() throws {
    let process = try program.launch(CheckedTraining.arguments)
    let isKilled = kill(process)
    if isKilled { kills += 1 }
    try training.check(after: "\(kills) kills", allowsHidden: true)
    guard !isKilled else { return }
    guard process.terminationStatus == 0 else {
      throw BrokenPromise("a run that goes on failed with \(process.terminationStatus)")
    }
    try training.end(after: "\(kills) kills")
  }

  /// Types statements into a recording session, kills it, and checks that what was answered is recorded.
  mutating func killSession() throws {
    let log = "\(program.folder)/log.rsenb"
    try? FileManager.default.removeItem(atPath: log)
    let terminal = try PseudoTerminal()
    let process = try program.launch(["--progress", "none"], terminal: terminal.program)
    terminal.type(Self.statements.joined(separator: "\n") + "\n")
    guard kill(process, meanwhile: terminal.read) else {
      throw BrokenPromise("a session ended by itself with \(process.terminationStatus)")
    }
    kills += 1
    terminal.read()
    let answered = terminal.text.split(separator: "\n").filter { $0.contains("weights") }.count
    guard FileManager.default.fileExists(atPath: log) else {
      guard answered == 0 else { throw BrokenPromise("a recording is not there") }
      return
    }
    let recorded = try Notebook(contentsOf: log).lines.filter { $0.text.hasPrefix("train 3") }.count
    // A statement is running until it is recorded, even if its answer was just printed.
    guard recorded + 1 >= answered else {
      throw BrokenPromise("of \(answered) statements that were answered \(recorded) are recorded")
    }
    sessions += 1
  }

  /// Kills a process after a random time; returns false if it ended before.
  private mutating func kill(_ process: Process, meanwhile: () -> Void = {}) -> Bool {
    let share = Double(random.next() >> 11) * 0x1p-53
    let end = ContinuousClock.now + .seconds(training.duration * share)
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

/// Random numbers from a seed (SplitMix64).
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
