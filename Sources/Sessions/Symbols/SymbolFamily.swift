import CommandLanguage
import Tasks
import Training

/// The task family of generated symbol tasks.
package struct SymbolFamily: TaskFamily {
  package var tasks: [String] { TaskCatalog.tasks.map(\.name) }
  package var listing: [(name: String, summary: String)] {
    TaskCatalog.tasks.map { ($0.name, "\($0.summary), as in `try \($0.sampleQuestion)`") }
  }

  package init() {}

  package var groups: [ScopedOptions] { SymbolOptions.groups }
  package var pages: [TopicPage] { TaskCatalog.tasks.map(\.page) }

  package func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    let request = Request(task: task ?? "", arguments: arguments)
    _ = try request.data(alphabet: nil)
    return request
  }

  private struct Request: DataRequest {
    let task: String
    let arguments: BoundArguments

    func data(alphabet: Int?) throws(Diagnostic) -> SymbolData {
      let task = try SymbolOptions.task(task, symbols: alphabet, arguments)
      return try SymbolOptions.data(of: task, usualBins: task.usualBins, arguments)
    }

    func make(in session: Session) throws -> any SessionData {
      let trained = session.trainedData(as: SymbolData.self)?.data
      return try data(alphabet: trained?.task.name == task ? trained?.inputSymbols : nil)
    }
  }

  package func restore(
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
