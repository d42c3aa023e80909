import CommandLanguage
import Tasks
import Training
import Wording

/// The task family of symbol pairs from a user's file.
package struct PairFamily: TaskFamily {
  package let tasks = [PairTask.name]
  package let choices: [String] = []
  package let groups = PairOptions.groups
  package let pages: [TopicPage] = []

  package init() {}

  package func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    Request(request: try PairOptions.request(arguments), arguments: arguments)
  }

  private struct Request: DataRequest {
    let request: PairData.Request
    let arguments: BoundArguments

    func make(in session: Session) throws -> any SessionData {
      let task = try PairData.task(request, seed: session.seed, in: session)
      let data = try PairOptions.data(of: task, arguments)
      tellCounts(of: task, longest: data.bins.last ?? 0, in: session)
      return data
    }

    private func tellCounts(of task: PairTask, longest: Int, in session: Session) {
      let (training, heldOut) = task.counts
      session.emit(
        """
        \(counted(training, "example")) to train on, \(grouped(heldOut)) held out, symbols are \
        \(task.description.unit.rawValue)
        """
      )
      if let test = task.description.test, let shared = task.sharedPairs, shared > 0 {
        session.emit(
          """
          \(grouped(shared)) of the \(counted(heldOut, "pair")) of `\(test.file)` \
          \(shared == 1 ? "is" : "are") in `\(task.description.file)`, too
          """
        )
      }
      let used = task.lengthWeights(upTo: longest).reduce(0) { $0 + $1.weight }
      let tested = task.testCount(above: 0, upTo: longest) ?? heldOut
      let left = training - Int(used) + heldOut - tested
      if left > 0 {
        session.emit("\(grouped(left)) are longer than the lengths and are left out")
      }
    }
  }

  package func restore(
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
