import ArgumentParser
import Files
import Foundation

/// Makes each call that writes a file fail in turn, or kills the program there, and proves that the files on disk are
/// always complete, that the program reports the error, and that it then resumes to the same end.
struct WriteFaultCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write-faults",
    abstract: "Let every write, flush and rename fail in turn and check what is left."
  )

  @Option(help: "Only every so many calls are tried.")
  var every = 1

  @OptionGroup var program: ProgramOption

  func validate() throws {
    guard every > 0 else { throw ValidationError("--every is a positive number") }
  }

  func run() throws {
    let own = CheckedProgram.own.deletingLastPathComponent()
    let faults = own.appendingPathComponent("librse-file-faults.so").path
    guard FileManager.default.fileExists(atPath: faults) else {
      throw ValidationError("there is no \(faults): build it with `swift build -c release`")
    }
    let program = try CheckedProgram(program, check: "write-faults")
    defer { program.removeFolder() }
    var runs = try FaultyRuns(
      training: CheckedTraining(program: program, steps: 6),
      preloading: faults
    )
    for step in FaultyRuns.Step.allCases {
      for action in step.actions {
        var number = 1
        while try runs.disturb(step, number, action) { number += every }
        report("\(step) \(action): \((number - 1) / every) faults")
      }
    }
    report(runs.summary)
    report("nothing was lost")
  }
}

/// Runs in which a call fails.
private struct FaultyRuns {
  enum Step: String, CaseIterable {
    case open, write, flush, close, rename, folder

    /// The faults that can occur at this step.
    var actions: [Action] {
      switch self {
      case .open: [.fail, .locked, .kill]
      case .write: [.fail, .full, .kill]
      default: [.fail, .kill]
      }
    }
  }

  enum Action: String {
    case fail, full, locked, kill
  }

  private var training: CheckedTraining
  private let preloaded: String
  private var faults = 0
  private var isTold = 0

  /// - Parameter path: the absolute path of the library that makes calls fail.
  init(training: CheckedTraining, preloading path: String) {
    self.training = training
    preloaded = path
  }

  var summary: String {
    "\(faults) faults: \(isTold) were told of with the file's name, \(training.endings) trainings ended with "
      + "weights \(training.whole), \(training.checkpoints) checkpoints read"
  }

  /// Returns the name of a file that is written as `.NAME.PROCESS.NUMBER.tmp`.
  private static func target(ofTemporary path: String) -> String {
    let name = (path as NSString).lastPathComponent.dropFirst()
    return name.split(separator: ".").dropLast(3).joined(separator: ".")
  }

  /// Returns the remedy that the user is given.
  private static func remedy(_ step: Step, _ action: Action) -> String {
    if step == .folder { return "flushed to the disk" }
    let code =
      switch action {
      case .full: ENOSPC
      case .locked: EROFS
      case .fail, .kill: EIO
      }
    return FileWriteError(path: "", step: .write, code: code).remedy
  }

  /// Runs with a fault, checks what is left, and resumes the program without it.
  ///
  /// - Returns: false if the run had fewer such calls.
  mutating func disturb(_ step: Step, _ number: Int, _ action: Action) throws -> Bool {
    let what = "\(step) \(number) \(action)"
    let mark = training.program.folder + ".reached"
    defer { try? FileManager.default.removeItem(atPath: mark) }
    let errors = Pipe()
    let process = try training.program.launch(
      CheckedTraining.arguments,
      errors: errors,
      environment: ["LD_PRELOAD": preloaded, "RSE_FAULT": what, "RSE_FAULT_REACHED": mark]
    )
    let messages = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    process.waitUntilExit()
    guard FileManager.default.fileExists(atPath: mark) else {
      guard process.terminationStatus == 0 else {
        throw BrokenPromise("the run failed without a fault: \(messages)")
      }
      try training.restart()
      return false
    }
    faults += 1
    try training.check(after: what, allowsHidden: action == .kill)
    if action != .kill {
      guard process.terminationReason == .exit, process.terminationStatus != 0 else {
        throw BrokenPromise("\(what) was passed over: \(messages)")
      }
      // Lines after the first give the place in the notebook, which is a file name too.
      let name = try Self.target(ofTemporary: String(contentsOfFile: mark, encoding: .utf8))
      let first = messages.split(separator: "\n").first { $0.hasPrefix("error: ") } ?? ""
      guard first.contains(name) else {
        throw BrokenPromise("after \(what) \(name) was not named: \(messages)")
      }
      guard messages.contains(Self.remedy(step, action)) else {
        throw BrokenPromise("after \(what) no remedy was told: \(messages)")
      }
      isTold += 1
    }
    let again = try training.program.launch(CheckedTraining.arguments)
    again.waitUntilExit()
    guard again.terminationStatus == 0 else {
      throw BrokenPromise("after \(what) the run does not go on: \(again.terminationStatus)")
    }
    try training.end(after: what)
    return true
  }
}
