import CommandLanguage
import Tasks
import Tensors

extension ShowCommand {
  /// Shows the task with its lengths and alphabets.
  func showData(in session: Session) throws -> Value {
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    for line in Value.record(data.summary).description.split(separator: "\n") {
      session.emit(String(line))
    }
    return .record(data.summary)
  }

  /// Shows examples of the next training step's batch.
  package func showBatch(in session: Session) throws -> Value {
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    return try data.showBatch(
      nextBatch(of: data, count: arguments[Self.count], in: session),
      in: session
    )
  }

  /// Returns the request for the model's next batch.
  ///
  /// - Throws: a diagnostic if there is nothing to train on, or no model of the given name.
  private func nextBatch(
    of data: any SessionData,
    count: Int,
    in session: Session
  ) throws -> BatchRequest {
    guard data.hasExamples else { throw data.lackOfExamples }
    let slot = try name == nil ? session.currentModel : session.model(named: name)
    let seed = slot?.request.settings.seed ?? session.seed
    return BatchRequest(
      step: (slot?.trainer?.step ?? 0) + 1,
      source: RandomSource(seed: seed),
      count: count
    )
  }
}
