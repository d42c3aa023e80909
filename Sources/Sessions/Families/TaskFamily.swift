import CommandLanguage
import Tasks
import Training

/// Tasks that are chosen, restored, tested and asked in the same way. Each family is declared once, and has a row in
/// `TaskFamilies`.
package protocol TaskFamily: Sendable {
  /// The names of its tasks in `data NAME` and in checkpoints.
  var tasks: [String] { get }
  /// Those of them that stand behind `data`; none of a family that an option chooses.
  var choices: [String] { get }
  /// Each task in a line, for the reference.
  var listing: [(name: String, summary: String)] { get }
  /// The options of `data` that apply to them.
  var groups: [ScopedOptions] { get }
  /// A help page of each task.
  var pages: [TopicPage] { get }

  /// What `data` was told, checked as far as it can be before it runs.
  ///
  /// - Parameter task: one of `choices`; nil where an option chooses the family.
  /// - Throws: a diagnostic.
  func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest

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

extension TaskFamily {
  package var choices: [String] { tasks }
  package var listing: [(name: String, summary: String)] { pages.map { ($0.name, $0.summary) } }
}

/// What `data` is to make.
package protocol DataRequest {
  /// The data; what is to be told of them is told.
  ///
  /// - Throws: `Interrupted`, or a diagnostic.
  func make(in session: Session) throws -> any SessionData
}

extension Session {
  /// The data of the current model, if it was trained and its data are of this family; what `data` is not told is as
  /// these have it, so that the model can go on with the new ones.
  package func trainedData<Data: SessionData>(
    as type: Data.Type = Data.self
  ) -> (model: String, data: Data)? {
    guard let slot = currentModel, let trainer = slot.trainer, trainer.step > 0,
      let data = try? slot.data?.typed(as: type)
    else { return nil }
    return (slot.name, data)
  }

  /// Says that the files of a model's data are missing.
  package func noteMissingFiles(_ diagnostic: Diagnostic, verb: String, isBundled: Bool) {
    guard !isBundled else { return }
    emit("the model can be \(verb), but not trained: \(diagnostic.message)", .volatile)
  }
}
