import CommandLanguage
import Tasks
import Training

/// The generated tasks of symbols.
struct SymbolFamily: TaskFamily {
  var tasks: [String] { TaskCatalog.tasks.map(\.name) }
  var pages: [TopicPage] { TaskCatalog.tasks.map(\.page) }

  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    let description = checkpoint.data
    let alphabet = try description.alphabet()
    guard let task = try? TaskCatalog.task(named: description.task, symbols: alphabet) else {
      throw CheckpointError.badMetadata(key: "alphabet", value: alphabet.map(String.init))
    }
    return try SymbolData.make(
      task: task,
      bins: description.bins,
      batchSize: description.batchSize,
      options: DataOptions(description)
    )
  }
}
