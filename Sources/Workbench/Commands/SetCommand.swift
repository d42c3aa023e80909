import CommandLanguage
import Tensors

/// `set threads=1`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set",
    summary: "Change how the program works, never what it computes",
    signature: Signature(options: [
      .optional(
        "threads",
        .integer(.from(1, through: Double(WorkerPool.maximumThreads))),
        "threads that compute; results are the same bits for any number",
        default: "one per processor"
      )
    ]),
    examples: [.init("set threads=1", "compute on one thread")],
    category: Category.session
  )

  private let threads: Int?

  init(_ arguments: BoundArguments) throws {
    threads = arguments.optionalInteger("threads")
    if threads == nil {
      throw arguments.error("nothing is set", remedy: "for example `set threads=1`")
    }
  }

  func run(in session: Session) throws -> Value {
    if let threads { WorkerPool.shared.resize(threads: threads) }
    return .nothing
  }
}
