import CommandLanguage
import Tasks
import Training

/// Tasks that are chosen, restored, tested and asked in the same way. Each family is declared once, and has a row in
/// `TaskFamilies`.
protocol TaskFamily: Sendable {
  /// The names of its tasks in `data NAME` and in checkpoints.
  var tasks: [String] { get }
  /// A help page of each task.
  var pages: [TopicPage] { get }

  /// The data that a checkpoint was trained on.
  ///
  /// Where their files are missing, they have no examples, so that the model can be asked.
  ///
  /// - Parameter isBundled: whether the model comes with the program; it is not remarkable then that the files of its
  ///   training are missing.
  /// - Throws: `Interrupted`, `CheckpointError`, or a diagnostic without a place.
  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData
}

extension Session {
  /// Says that the files of a model's data are missing.
  func noteMissingFiles(_ diagnostic: Diagnostic, verb: String, isBundled: Bool) {
    guard !isBundled else { return }
    note("the model can be \(verb), but not trained: \(diagnostic.message)")
  }
}
