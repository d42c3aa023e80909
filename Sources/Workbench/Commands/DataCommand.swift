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

      With `file=pairs.tsv` the examples are yours: a line each, the input, a tab, the target, both of \
      characters or of words with blanks between. They are shuffled by the seed; a tenth is held out from \
      training, for `test` and `validate=`.

      Tasks:

      \(TaskCatalog.tasks.map { "\($0.name) - \($0.summary), as in `try \($0.sampleQuestion)`" }
        .joined(separator: "\n\n"))
      """,
    signature: Signature(
      positionals: [
        .optional(
          "task",
          .choice(TaskCatalog.tasks.map(\.name)),
          "what is to be learned, if not a file"
        )
      ],
      options: [
        .optional(
          "lengths",
          .list(of: .powerOfTwo(.from(4, through: Double(SymbolData.largestLength)))),
          "lengths of the batches, powers of two",
          unit: "symbols",
          default: "8,16,32,64; of a file those that it needs"
        ),
        .optional(
          "batch",
          .integer(.from(1, through: Double(SymbolData.largestBatch))),
          "examples of each length in a step",
          default: "32"
        ),
        .optional(
          "file",
          .fileToRead(extensions: ["tsv", "txt"]),
          "examples of your own: input, tab, target on each line"
        ),
        .optional(
          "symbols",
          .choice(PairFile.Unit.allCases.map(\.rawValue)),
          "what a symbol of the file is",
          default: "words where there are blanks"
        ),
        .optional(
          "inputs",
          .list(of: .text),
          "the alphabet of the file's inputs",
          default: "those that occur"
        ),
        .optional(
          "outputs",
          .list(of: .text),
          "the alphabet of the file's targets",
          default: "those that occur"
        ),
        .optional(
          "held-out",
          .number(.from(0, through: 0.9)),
          "the share of the file that is kept from training, for `test`",
          default: "0.1"
        ),
      ]
    ),
    examples: [
      .init("data badd", "binary addition at the original's lengths"),
      .init("data sort lengths=16,32 batch=8", "sorting, in smaller steps"),
      .init("data file=pairs.tsv held-out=0.5", "examples of your own, half of them for tests"),
    ],
    category: Category.models
  )

  private enum Source {
    case task(SymbolData)
    case file(PairData.Request)
  }

  private let source: Source
  private let bins: [Int]?
  private let batchSize: Int
  private let arguments: BoundArguments

  private static let usualBins = [8, 16, 32, 64]

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    bins = arguments.optionalLengths("lengths")
    batchSize = arguments.optionalInteger("batch") ?? 32
    if let bins, bins.isEmpty || Set(bins).count != bins.count {
      throw arguments.error(
        on: "lengths",
        "the lengths must be given once each",
        remedy: "for example lengths=8,16,32"
      )
    }
    guard let name = arguments.optionalText("task") else {
      source = .file(try Self.request(arguments))
      return
    }
    for option in ["file", "symbols", "inputs", "outputs", "held-out"] where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option)=` is about a file of your own, not about the task `\(name)`",
        remedy: "leave out one of the two"
      )
    }
    guard let task = TaskCatalog.task(named: name) else {
      throw arguments.error(on: "task", "there is no task `\(name)`")
    }
    do {
      source = .task(
        try SymbolData.make(task: task, bins: bins ?? Self.usualBins, batchSize: batchSize)
      )
    } catch {
      throw arguments.error(on: "lengths", error.message, remedy: error.remedy)
    }
  }

  private static func request(_ arguments: BoundArguments) throws -> PairData.Request {
    guard let file = arguments.optionalText("file") else {
      throw arguments.error(
        "neither a task nor a file is named",
        remedy: "for example `data badd`, or `data file=pairs.tsv`"
      )
    }
    func alphabet(_ name: String) -> [String]? {
      arguments.has(name) ? arguments.words(name) : nil
    }
    return PairData.Request(
      file: file,
      unit: arguments.optionalText("symbols").flatMap(PairFile.Unit.init),
      inputs: alphabet("inputs"),
      outputs: alphabet("outputs"),
      heldOut: arguments.optionalNumber("held-out") ?? 0.1
    )
  }

  func run(in session: Session) throws -> Value {
    switch source {
    case .task(let data): session.data = data
    case .file(let request):
      let task: PairTask
      do {
        task = try PairData.task(request, seed: session.seed, in: session)
      } catch let error as Diagnostic {
        throw arguments.error(on: "file", error.message, remedy: error.remedy)
      }
      session.data = try data(of: task)
      tellCounts(of: task, in: session)
    }
    return .record(session.data?.summary ?? Record())
  }

  private func data(of task: PairTask) throws -> SymbolData {
    let fitting = task.fittingBins.filter { $0 <= SymbolData.largestLength }
    guard !fitting.isEmpty else {
      throw arguments.error(
        on: "file",
        "no example to train on has at most \(grouped(SymbolData.largestLength)) symbols",
        remedy: "divide the lines"
      )
    }
    do {
      return try SymbolData.make(task: task, bins: bins ?? fitting, batchSize: batchSize)
    } catch {
      throw arguments.error(
        on: "lengths",
        error.message,
        remedy: "the file needs lengths=\(fitting.map(String.init).joined(separator: ","))"
      )
    }
  }

  private func tellCounts(of task: PairTask, in session: Session) {
    let (training, heldOut) = task.counts
    session.print(
      """
      \(grouped(training)) examples to train on, \(grouped(heldOut)) held out, symbols are \
      \(task.description.unit.rawValue)
      """
    )
    let longest = session.data?.bins.last ?? 0
    let used = task.lengthWeights(upTo: longest).values.reduce(0, +)
    let tested = task.testCount(above: 0, upTo: longest) ?? heldOut
    let left = training - Int(used) + heldOut - tested
    if left > 0 { session.print("\(grouped(left)) are longer than the lengths and are left out") }
  }
}

extension SymbolData {
  /// What `show data` tells.
  var summary: Record {
    var record: Record = [
      "task": .text(task.name), "about": .text(task.summary), "lengths": .integers(bins),
      "batch": .number(Double(batchSize)), "input_symbols": .number(Double(task.inputSymbols)),
      "output_symbols": .number(Double(task.outputSymbols)),
    ]
    if let task = task as? PairTask {
      record["file"] = .text(task.description.file)
      record["symbols"] = .text(task.description.unit.rawValue)
      record["examples"] = .number(Double(task.counts.training))
      record["held_out"] = .number(Double(task.counts.heldOut))
    }
    return record
  }
}
