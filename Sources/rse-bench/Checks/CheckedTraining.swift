import Foundation
import Notebooks
import Training

/// An interrupted and resumed recording with trainings, and the invariants of its folder.
struct CheckedTraining {
  let program: CheckedProgram
  /// The weights at the end of the undisturbed run, and its duration in seconds.
  private(set) var whole = ""
  private(set) var duration = 0.0
  /// The numbers of trainings completed after disturbances, of checkpoints read, and of hidden files of unfinished writes.
  private(set) var endings = 0
  private(set) var checkpoints = 0
  private(set) var halves = 0
  private var lastStep = 0

  static let arguments = ["record", "--resume", "n.rsenb"]

  private let notebook: String

  /// - Parameter steps: the steps of each of its two trainings; every third step leaves a checkpoint.
  /// - Throws: `BrokenPromise` if the undisturbed run fails.
  init(program: CheckedProgram, steps: Int) throws {
    self.program = program
    notebook = """
      rsenb 1

      seed 3
      data badd lengths=8,16 batch=4
      model rse maps=16 blocks=1
      train \(steps) checkpoint=every 3 keep=2 validate=every \(max(3, steps / 6)) count=8 to=points
      plot loss loss.png
      let r = test lengths=8 count=64
      train \(steps) checkpoint=every 3 keep=2 to=points
      save model.safetensors

      """
    try restart()
    let start = ContinuousClock.now
    let process = try program.launch(Self.arguments)
    process.waitUntilExit()
    duration = start.secondsAgo
    guard process.terminationStatus == 0 else {
      throw BrokenPromise("the run that nothing disturbs failed with \(process.terminationStatus)")
    }
    whole = try weights()
    try restart()
  }

  /// Restarts in an empty folder.
  mutating func restart() throws {
    try program.empty()
    try program.write(notebook, to: "n.rsenb")
    lastStep = 0
  }

  /// Checks a completed run, and restarts.
  ///
  /// - Parameter what: the preceding disturbance.
  mutating func end(after what: String) throws {
    let weights = try weights()
    guard weights == whole else {
      throw BrokenPromise("after \(what) the training ended with \(weights), not with \(whole)")
    }
    endings += 1
    try restart()
  }

  /// Checks that every file that is not hidden is complete, and that the newest checkpoint is not older than before.
  ///
  /// - Parameters:
  ///   - what: the preceding disturbance.
  ///   - allowsHidden: true if unfinished files may be left, since nothing could remove them.
  mutating func check(after what: String, allowsHidden: Bool) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: program.folder).sorted()
    var newest = 0
    for name in names {
      let file = (name as NSString).lastPathComponent
      if file.hasPrefix(".") {
        guard allowsHidden else { throw BrokenPromise("after \(what) \(name) was left behind") }
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
        throw BrokenPromise("after \(what) \(name) is not whole: \(error)")
      }
    }
    guard newest >= lastStep else {
      throw BrokenPromise("after \(what) step \(lastStep) was lost: \(newest) is the newest")
    }
    lastStep = newest
  }

  private func weights() throws -> String {
    let checkpoint = try Checkpoint(parsing: program.contents("model.safetensors"))
    return checkpoint.makeTrainer().model.digest.short
  }
}
