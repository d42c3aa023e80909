import CommandLanguage
import Tensors

/// `set threads=1`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set",
    summary: "Change how the program works, never what it computes",
    discussion: """
      The results of a training are the same bits on the same kind of processor. On another kind the last \
      bits of a sum differ, and a long training makes more of them. `set compare=off` tells replays not to \
      compare what follows from trained weights: losses, accuracies, answers, digests. Notebooks for every \
      processor say what matters with `assert`.
      """,
    signature: Signature(options: [
      .optional(
        "compare",
        .boolean,
        "whether replays compare what follows from trained weights",
        default: "on"
      ),
      .optional(
        "threads",
        .integer(.from(1, through: Double(WorkerPool.maximumThreads))),
        "threads that compute; results are the same bits for any number",
        default: "one per processor"
      ),
    ]),
    examples: [
      .init("set threads=1", "compute on one thread"),
      .init("set compare=off", "show results from here on without comparing them in replays"),
    ],
    category: Category.session
  )

  private let threads: Int?
  private let compares: Bool?

  init(_ arguments: BoundArguments) throws {
    threads = arguments.optionalInteger("threads")
    compares = arguments.optionalBoolean("compare")
    if threads == nil, compares == nil {
      throw arguments.error("nothing is set", remedy: "for example `set threads=1`")
    }
  }

  func run(in session: Session) throws -> Value {
    if let threads { WorkerPool.shared.resize(threads: threads) }
    if let compares { session.comparesResults = compares }
    return .nothing
  }
}
