import CommandLanguage
import Tasks
import Training

/// Tasks that are chosen, restored, tested and asked the same way. Each family is declared once, and has a row in
/// `TaskFamilies`.
package protocol TaskFamily: Sendable {
  /// The names of its tasks in `data NAME` and in checkpoints.
  var tasks: [String] { get }
  /// The names that may follow `data`; empty for a family that an option chooses.
  var choices: [String] { get }
  /// A line about each task, for the reference.
  var listing: [(name: String, summary: String)] { get }
  /// The options of `data` for these tasks.
  var groups: [ScopedOptions] { get }
  /// The help pages of the tasks.
  var pages: [TopicPage] { get }

  /// Returns the request of `data`, checked as far as possible before it runs.
  ///
  /// - Parameter task: one of `choices`; nil if an option chooses the family.
  /// - Throws: a diagnostic.
  func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest

  /// Restores the data that a checkpoint was trained on.
  ///
  /// If their files are missing, they have no examples, so that the model can still answer questions.
  ///
  /// - Parameter isBundled: true for a bundled model; missing files of its training are then not reported.
  /// - Throws: `Interrupted`, `CheckpointError`, or a diagnostic without a place.
  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData
}

extension TaskFamily {
  package var choices: [String] { tasks }
  package var listing: [(name: String, summary: String)] { pages.map { ($0.name, $0.summary) } }
}

/// A request of `data`.
package protocol DataRequest {
  /// Makes the data, and emits what users should know about them.
  ///
  /// - Throws: `Interrupted`, or a diagnostic.
  func make(in session: Session) throws -> any SessionData
}

extension Session {
  /// Returns the data of the current model if it was trained and they are of this family; they are the defaults of
  /// `data`, so that the model can continue with the new data.
  package func trainedData<Data: SessionData>(
    as type: Data.Type = Data.self
  ) -> (model: String, data: Data)? {
    guard let slot = currentModel, let trainer = slot.trainer, trainer.step > 0,
      let data = try? slot.data?.typed(as: type)
    else { return nil }
    return (slot.name, data)
  }

  /// Emits a line that files of a model's data are missing.
  package func noteMissingFiles(_ diagnostic: Diagnostic, verb: String, isBundled: Bool) {
    guard !isBundled else { return }
    emit("the model can be \(verb), but not trained: \(diagnostic.message)", .volatile)
  }
}
