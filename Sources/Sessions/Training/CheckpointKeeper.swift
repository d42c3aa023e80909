import CommandLanguage
import Foundation
import Processes
import Tensors
import Training

/// The keeper of a training's checkpoints: writes them, and finds the last one of a run that was cut off.
package struct CheckpointKeeper {
  /// The checkpoint options of `train`.
  package struct Request {
    /// The number of steps between checkpoints.
    package var interval: Int
    /// The number of checkpoints to keep; older ones of the same training are removed.
    package var kept: Int
    /// The folder, as the user wrote it.
    package var folder: String
  }

  private let request: Request
  private let model: Session.BoundModel
  /// The key of this training, see `Session.nextRunKey`.
  private let run: String
  /// The checkpoints that exist, oldest first.
  private var written: [(step: Int, path: String)] = []

  private static let ending = ".safetensors"

  package init(_ request: Request, model: Session.BoundModel, run: String) {
    self.request = request
    self.model = model
    self.run = run
  }

  /// The number of steps between checkpoints.
  package var interval: Int { request.interval }

  /// The newest checkpoint of this training.
  package var last: (step: Int, path: String)? { written.last }

  /// Writes the current state.
  ///
  /// - Parameter isInterruptible: false for the state that an interrupted training leaves.
  package mutating func write(in session: Session, isInterruptible: Bool = true) throws {
    let step = model.trainer.step
    let path = path(String(format: "%08d", step))
    try write(to: path, in: session, isInterruptible: isInterruptible)
    written.append((step, path))
    ProcessGroup.current.note("the last checkpoint is \(path)")
    while written.count > request.kept {
      try? FileManager.default.removeItem(
        atPath: session.writingPath(written.removeFirst().path)
      )
    }
  }

  /// Writes the current state as the best so far.
  func writeBest(in session: Session) throws { try write(to: bestPath, in: session) }

  /// The path of this training's best state; other trainings of the same model have their own.
  private var bestPath: String { path("best-\(run.prefix(8))") }

  private func path(_ suffix: String) -> String {
    request.folder + "/\(model.slot.name)-\(suffix)" + Self.ending
  }

  private func write(
    to path: String,
    in session: Session,
    isInterruptible: Bool = true
  ) throws {
    guard ProcessGroup.current.isFirst else { return }
    guard var checkpoint = model.slot.checkpoint(model.trainer, data: model.data) else { return }
    checkpoint.run = run
    try session.makeFolder(request.folder)
    let file = checkpoint.file()
    try session.write(to: path, isInterruptible: isInterruptible) { try file.write(to: $0) }
  }

  // MARK: Resuming

  /// Restores the trainer from the newest checkpoint of this very training, if there is one.
  ///
  /// - Parameters:
  ///   - last: the step at which the training ends.
  ///   - isUsable: returns true if everything else that a checkpoint needs to resume is there.
  /// - Returns: the checkpoint's path.
  package mutating func resume(
    upTo last: Int,
    in session: Session,
    isUsable: (Checkpoint) -> Bool
  ) throws -> String? {
    let first = model.trainer.step
    var found: [(step: Int, path: String, bytes: Data)] = []
    for name in session.names(inFolder: request.folder) {
      let path = request.folder + "/" + name
      // A file of another run, or an unreadable one, is left alone.
      guard let step = step(inName: name), step > first, step <= last,
        let bytes = try? session.bytes(of: path),
        let metadata = try? TensorFile(parsing: bytes).metadata, metadata["run"] == run
      else { continue }
      found.append((step, path, bytes))
    }
    found.sort { $0.step < $1.step }
    while let newest = found.popLast() {
      guard let checkpoint = try? Checkpoint(parsing: newest.bytes),
        checkpoint.step == newest.step, isUsable(checkpoint)
      else { continue }
      try checkpoint.restore(model.trainer)
      written = found.map { ($0.step, $0.path) } + [(newest.step, newest.path)]
      return newest.path
    }
    return nil
  }

  /// Returns the step in the name of a file; nil for other files.
  private func step(inName name: String) -> Int? {
    let beginning = model.slot.name + "-"
    guard name.hasPrefix(beginning), name.hasSuffix(Self.ending) else { return nil }
    return Int(name.dropFirst(beginning.count).dropLast(Self.ending.count))
  }

  /// Returns the best state so far of this very training, if it was written after that step.
  package func best(ofStep step: Int, in session: Session) throws -> TrainingState? {
    guard let checkpoint = try? Checkpoint(parsing: session.bytes(of: bestPath)),
      checkpoint.run == run, checkpoint.step == step
    else { return nil }
    return checkpoint.state
  }
}
