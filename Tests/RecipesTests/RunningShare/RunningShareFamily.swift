// A task family, as the recipe in ARCHITECTURE.md says; its row would stand in `TaskFamilies.all`.
import CommandLanguage
import Sessions
import Tasks
import Training

/// Shares of ones in random bits.
struct RunningShareFamily: TaskFamily {
  private static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...SymbolData.largestLength)),
    "lengths of the batches, powers of two",
    default: [8]
  )
  private static let batch = CommandArgument(
    "batch",
    .integer(in: 1...SymbolData.largestBatch),
    "examples of each length in a step",
    default: 32
  )
  private static let ones = CommandArgument(
    "ones",
    .number(in: 0...1),
    "the probability of a one",
    default: RunningShareData.usualOnes
  )

  let tasks = [RunningShareData.name]
  let groups = [
    ScopedOptions(
      "shares of ones",
      under: [RunningShareData.name],
      options: [lengths, batch, ones]
    )
  ]
  let pages = [
    TopicPage(
      sort: "task",
      name: RunningShareData.name,
      summary: "tell the share of ones so far",
      discussion: "Random bits; at each position the share of ones up to it is told."
    )
  ]

  func request(_ task: String?, _ arguments: BoundArguments) throws -> any DataRequest {
    let lengths = arguments[Self.lengths]
    try lengths.checkDistinct(Self.lengths)
    return Request(
      data: RunningShareData(
        ones: arguments[Self.ones],
        bins: lengths,
        batchSize: arguments[Self.batch]
      )
    )
  }

  private struct Request: DataRequest {
    let data: RunningShareData

    func make(in session: Session) throws -> any SessionData { data }
  }

  func restore(
    _ checkpoint: Checkpoint,
    isBundled: Bool,
    in session: Session
  ) throws -> any SessionData {
    try RunningShareData(checkpoint.data)
  }
}
