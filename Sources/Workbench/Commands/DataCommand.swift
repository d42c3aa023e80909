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
      step takes `batch` examples of each length. `help tasks` lists the tasks, `help task sort` explains one.

      `padding=` says where the blanks of training examples stand: `end`; `front`, where input and target \
      are moved by the same random number of blanks; `dispersed`, where blanks stand between the symbols, at \
      the same random places of both. Test examples always have them at the end.

      With `count=10000`, as the original had it, a training repeats a finite set: up to so many different \
      inputs of each length 1, 2, 3, …; the search for a new one ends after 20 repeats in a row. Sets are made \
      when they are needed, as a function of the seed, and tests avoid their inputs as far as possible.

      With `file=pairs.tsv` the examples are yours: a line each, the input, a tab, the target, both of \
      characters or of words with blanks between. They are shuffled by the seed; a tenth is held out from \
      training, for `test` and `validate=`.

      `data lambada` is about passages of text in which a missing word is to be pointed at, see \
      `help task lambada`.

      `data notes` and `data musicnet` are about music: the network hears windows of it, at 11,000 samples a \
      second, and tells which notes sound; see `help task notes` and `help task musicnet`.
      """,
    signature: Signature(
      positionals: [
        .optional(
          "task",
          .choice(TaskCatalog.tasks.map(\.name) + MusicOptions.tasks + [LambadaData.name]),
          "what is to be learned, if not a file"
        )
      ],
      options: [
        .optional(
          "lengths",
          .list(of: .powerOfTwo(.from(4, through: Double(SymbolData.largestLength)))),
          "lengths of the batches, powers of two",
          unit: "symbols",
          default: "8,16,32,64, mulbcd 16,32,64; of a file those that it needs"
        ),
        .optional(
          "batch",
          .integer(.from(1, through: Double(SymbolData.largestBatch))),
          "examples of each length in a step",
          default: "32; of music 16"
        ),
        .optional(
          "alphabet",
          .integer(.from(2, through: Double(TaskCatalog.largestAlphabet))),
          "input symbols of a task that leaves them free, the blank included",
          default: "the original's, see `help task`"
        ),
        .optional(
          "padding",
          .choice(Padding.allCases.map(\.rawValue)),
          "where the blanks of training examples stand",
          default: "end"
        ),
        .optional(
          "count",
          .integer(.from(1, through: Double(DataOptions.largestCount))),
          "different inputs of each length in a finite set",
          default: "endless data"
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
      ] + MusicOptions.parameters + LambadaOptions.parameters
    ),
    examples: [
      .init("data badd", "binary addition at the original's lengths"),
      .init("data sort lengths=16,32 batch=8", "sorting, in smaller steps"),
      .init("data sort alphabet=100 padding=front", "of 99 numbers, moved by random blanks"),
      .init("data add lengths=8,16 count=100", "a finite set of examples"),
      .init("data file=pairs.tsv held-out=0.5", "examples of your own, half of them for tests"),
      .init("data lambada path=passages lengths=64", "passages whose last word is missing"),
      .init("data notes window=1024 batch=8", "made-up music, and which notes sound in it"),
    ],
    category: Category.models
  )

  private enum Source {
    case task(SymbolData)
    case music(MusicForm, batchSize: Int)
    case passages(LambadaOptions.Request)
    case file(PairData.Request)
  }

  private let source: Source
  private let bins: [Int]?
  private let batchSize: Int
  private let options: DataOptions
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    bins = arguments.optionalLengths("lengths")
    batchSize = arguments.optionalInteger("batch") ?? 32
    options = DataOptions(
      padding: arguments.optionalText("padding").flatMap(Padding.init) ?? .end,
      count: arguments.optionalInteger("count")
    )
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
    if name == LambadaData.name {
      source = .passages(
        try LambadaOptions.request(arguments, bins: bins, batchSize: batchSize)
      )
      return
    }
    try LambadaOptions.refuse(arguments, for: "the task `\(name)`")
    if MusicOptions.tasks.contains(name) {
      source = .music(
        try MusicOptions.form(name, arguments),
        batchSize: try MusicOptions.batchSize(arguments)
      )
      return
    }
    try MusicOptions.refuse(arguments, for: "the task `\(name)`")
    let task = try Self.task(name, arguments)
    do {
      source = .task(
        try SymbolData.make(
          task: task,
          bins: bins ?? task.usualBins,
          batchSize: batchSize,
          options: options
        )
      )
    } catch {
      throw arguments.error(on: "lengths", error.message, remedy: error.remedy)
    }
  }

  private static func task(
    _ name: String,
    _ arguments: BoundArguments
  ) throws(Diagnostic) -> any GeneratedTask {
    do {
      return try TaskCatalog.task(named: name, symbols: arguments.optionalInteger("alphabet"))
    } catch {
      switch error {
      case .unknown:
        throw arguments.error(on: "task", "there is no task `\(name)`", remedy: "`help tasks`")
      case .fixedAlphabet(_, let symbols):
        throw arguments.error(
          on: "alphabet",
          "the alphabet of `\(name)` is no choice: it has \(symbols) symbols",
          remedy: "leave out alphabet="
        )
      case .alphabet(_, let fewest, let most):
        throw arguments.error(
          on: "alphabet",
          "`\(name)` needs an alphabet of \(fewest) to \(grouped(most)) symbols",
          remedy: "for example alphabet=\(max(12, fewest))"
        )
      }
    }
  }

  private static func request(_ arguments: BoundArguments) throws -> PairData.Request {
    for option in ["alphabet", "count"] where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option)=` is about a task whose examples are made, not about a file",
        remedy: "leave it out"
      )
    }
    try MusicOptions.refuse(arguments, for: "a file of pairs")
    try LambadaOptions.refuse(arguments, for: "a file of pairs")
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
    case .music(let form, let batchSize):
      do {
        session.data = try MusicData.make(form, batchSize: batchSize, in: session)
      } catch let error as Diagnostic {
        throw arguments.error(on: "path", error.message, remedy: error.remedy)
      }
    case .passages(let request):
      do {
        session.data = try LambadaData.make(request, in: session)
      } catch let error as Diagnostic {
        let files = [("vectors", request.form.vectors), ("vocabulary", request.vocabulary)]
        let option = files.first { $0.1.map(error.message.contains) ?? false }?.0 ?? "path"
        throw arguments.error(on: option, error.message, remedy: error.remedy)
      }
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
      return try SymbolData.make(
        task: task,
        bins: bins ?? fitting,
        batchSize: batchSize,
        options: options
      )
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
    let used = task.lengthWeights(upTo: longest).reduce(0) { $0 + $1.weight }
    let tested = task.testCount(above: 0, upTo: longest) ?? heldOut
    let left = training - Int(used) + heldOut - tested
    if left > 0 { session.print("\(grouped(left)) are longer than the lengths and are left out") }
  }
}
