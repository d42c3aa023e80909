import CommandLanguage
import Tasks
import Training

/// Pairs of symbols from a file of the user's.
struct PairFamily: TaskFamily {
  let tasks = [PairTask.name]
  let pages: [TopicPage] = []

  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    let (pairs, bins) = (try checkpoint.data.pairs(), checkpoint.data.bins)
    let batchSize = checkpoint.data.batchSize
    let options = try DataOptions(checkpoint.data)
    do {
      return try SymbolData.make(
        task: PairData.task(pairs, in: session),
        bins: bins,
        batchSize: batchSize,
        options: options
      )
    } catch let diagnostic as Diagnostic {
      session.noteMissingFiles(diagnostic, verb: "asked", isBundled: isBundled)
      return SymbolData(withoutExamplesOf: PairTask(pairs), bins: bins, batchSize: batchSize)
    }
  }
}
