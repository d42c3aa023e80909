import CommandLanguage
import Tasks

/// `data badd lengths=8,16,32,64 batch=32`
struct DataCommand: Command {
  static let declaration = CommandDeclaration(
    name: "data",
    summary: "Choose the task and the lengths to train on",
    discussion: """
      Examples are made when they are needed, as a function of the seed and the step; there is nothing to \
      download. An example is padded with blanks to the smallest of the lengths that holds it. A training \
      step takes `batch` examples of each length.

      Tasks:

      \(TaskCatalog.tasks.map { "\($0.name) - \($0.summary), as in `try \($0.sampleQuestion)`" }
        .joined(separator: "\n\n"))
      """,
    signature: Signature(
      positionals: [
        .required("task", .choice(TaskCatalog.tasks.map(\.name)), "what is to be learned")
      ],
      options: [
        .optional(
          "lengths",
          .list(of: .powerOfTwo(.from(4, through: Double(SymbolData.largestLength)))),
          "lengths of the batches, powers of two",
          unit: "symbols",
          default: "8,16,32,64"
        ),
        .optional(
          "batch",
          .integer(.from(1, through: Double(SymbolData.largestBatch))),
          "examples of each length in a step",
          default: "32"
        ),
      ]
    ),
    examples: [
      .init("data badd", "binary addition at the original's lengths"),
      .init("data sort lengths=16,32 batch=8", "sorting, in smaller steps"),
    ],
    category: Category.models
  )

  private let data: SymbolData

  init(_ arguments: BoundArguments) throws {
    let name = try arguments.text("task")
    guard let task = TaskCatalog.task(named: name) else {
      throw arguments.error(on: "task", "there is no task `\(name)`")
    }
    let bins = arguments.optionalLengths("lengths") ?? [8, 16, 32, 64]
    guard !bins.isEmpty, Set(bins).count == bins.count else {
      throw arguments.error(
        on: "lengths",
        "the lengths must be given once each",
        remedy: "for example lengths=8,16,32"
      )
    }
    do {
      data = try SymbolData.make(
        task: task,
        bins: bins,
        batchSize: arguments.optionalInteger("batch") ?? 32
      )
    } catch {
      throw arguments.error(on: "lengths", error.message, remedy: error.remedy)
    }
  }

  func run(in session: Session) throws -> Value {
    session.data = data
    return .record(data.summary)
  }
}

extension SymbolData {
  /// What `show data` tells.
  var summary: Record {
    [
      "task": .text(task.name), "about": .text(task.summary), "lengths": .integers(bins),
      "batch": .number(Double(batchSize)), "input_symbols": .number(Double(task.inputSymbols)),
      "output_symbols": .number(Double(task.outputSymbols)),
    ]
  }
}
