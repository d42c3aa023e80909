import ArgumentParser
import CommandLanguage
import Files
import Foundation
import Notebooks
import Processes
import Sessions
import Tensors
import Workbench

/// `rse replay FILE …`
struct ReplayFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run notebooks and compare with their recorded output; status 3 if any differs.",
    discussion: """
      Of several notebooks each runs in a process of its own; with --jobs N as many run at a time and share the \
      threads, on which no result depends. A line tells of each, in the order in which they were given.

      --update 3 takes over what differs in cell 3 into the notebook, --update all in every cell, once it is \
      shown; everything else in the file stays.
      """
  )

  /// The cells that take over differences.
  enum UpdateChoice: ExpressibleByArgument, Equatable {
    case all
    case cell(Int)

    init?(argument: String) {
      if argument == "all" {
        self = .all
      } else if let number = Int(argument), number > 0 {
        self = .cell(number)
      } else {
        return nil
      }
    }
  }

  @Argument(
    help: ArgumentHelp("The notebooks (.rsenb).", valueName: "file"),
    completion: .file(extensions: ["rsenb"])
  )
  var files: [String]
  @Option(help: "Relative difference of numbers allowed where the environment differs.")
  var tolerance = 0.02
  @Flag(help: "Go on after a failing cell.") var keepGoing = false
  @Option(help: ArgumentHelp("Compare this cell only.", valueName: "number")) var only: Int?
  @Option(help: ArgumentHelp("How many notebooks run at a time.", valueName: "count"))
  var jobs = 1
  @Option(
    help: ArgumentHelp(
      "Interrupt a notebook that takes longer; it has failed.",
      valueName: "seconds"
    )
  )
  var timeout: Double?
  @Option(
    help: ArgumentHelp("Write the results as JUnit XML too.", valueName: "file"),
    completion: .file(extensions: ["xml"])
  )
  var junit: String?
  @Option(
    help: ArgumentHelp(
      "Take over what differs in this cell, or in `all`, into the notebook.",
      valueName: "cell"
    )
  )
  var update: UpdateChoice?
  /// The process ID of the `rse replay` that started this process for one of its notebooks.
  @Option(help: .hidden) var jobOf: Int32?
  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard tolerance.isFinite, tolerance >= 0 else {
      throw ValidationError("a tolerance is a number from 0 up, such as 0.02 for 2 %")
    }
    guard jobs >= 1 else { throw ValidationError("--jobs is a number from 1 up") }
    guard timeout.map({ $0 >= 0.001 && $0 <= 1e9 }) ?? true else {
      throw ValidationError("--timeout is a number of seconds, from 0.001 up")
    }
    guard files.count == 1 || only == nil else {
      throw ValidationError("--only is for one notebook; \(files.count) are given")
    }
    try validateUpdate()
  }

  private func validateUpdate() throws {
    guard let update else { return }
    guard files.count == 1 else {
      throw ValidationError("--update is for one notebook; \(files.count) are given")
    }
    guard options.script.parameters.isEmpty else {
      throw ValidationError(
        "--update writes what the notebook itself says: change its `param` instead of giving -p"
      )
    }
    guard only == nil || update == only.map(UpdateChoice.cell) else {
      throw ValidationError("leave out --only: --update compares the cell that it takes over")
    }
  }

  func run() throws {
    let printer = options.output.printer
    try printer.reportingFaults {
      guard timeout == nil || !ProcessGroup.current.isShared else {
        throw ValidationError("--timeout is for one process")
      }
      if let jobOf {
        NotebookJobs.prepareJob(startedBy: jobOf)
        try tellOutcome(printer)
      } else if files.count > 1 {
        try leave(ExitStatus(replayAll(printer).status))
      } else if update != nil {
        try leave(updateCells(printer))
      } else {
        let (report, outcome) = try replay(files[0], printer)
        try write(junitOf: [outcome])
        printer.show(report)
        if outcome.limit != nil { printer.showError("\(files[0]): \(outcome.summary)") }
        try leave(ExitStatus(outcome.status))
      }
    }
  }

  private var replayOptions: ReplayOptions {
    get throws {
      var number = only
      if case .cell(let cell) = update { number = cell }
      return ReplayOptions(
        tolerance: try Tolerance(relative: tolerance),
        keepGoing: keepGoing,
        only: number
      )
    }
  }

  /// Returns a run that shows only progress; the output is compared.
  private func quietRun(_ printer: Printer) throws -> FileRun {
    var run = try options.fileRun(printer)
    run.host.observer = { event in
      if event.isOutput { return }
      printer.show(event)
    }
    run.report = { _ in }
    return run
  }

  /// Replays a notebook in this process.
  private func replay(_ file: String, _ printer: Printer) throws -> (ReplayReport, ReplayOutcome) {
    let run = try quietRun(printer)
    let replayOptions = try replayOptions
    let start = ContinuousClock.now
    var begin = start
    var seconds: [Int: Double] = [:]
    let (report, isOutOfTime) = try Signals.withTimeLimit(timeout) {
      try run.replay(file, options: replayOptions) { event in
        switch event {
        case .began: begin = .now
        case .ended(let run): seconds[run.cell.number] = (.now - begin) / .seconds(1)
        }
      }
    }
    let outcome = ReplayOutcome(
      report,
      seconds: (.now - start) / .seconds(1),
      cellSeconds: seconds,
      limit: isOutOfTime ? timeout : nil
    )
    return (report, outcome)
  }

  /// Replays a notebook in this process; errors of the file become the outcome.
  private func outcome(of file: String, _ printer: Printer) throws -> ReplayOutcome {
    do {
      return try replay(file, printer).1
    } catch let error as NotebookError {
      return ReplayOutcome(file: file, reason: error.description)
    } catch let error as Diagnostic {
      return ReplayOutcome(file: file, reason: error.message)
    }
  }

  private func updateCells(_ printer: Printer) throws -> ExitStatus {
    let run = try quietRun(printer)
    let replayOptions = try replayOptions
    let (update, isOutOfTime) = try Signals.withTimeLimit(timeout) {
      try run.update(files[0], options: replayOptions)
    }
    let outcome = ReplayOutcome(update.report, seconds: 0, limit: isOutOfTime ? timeout : nil)
    try write(junitOf: [outcome])
    printer.show(update.report)
    if !update.cells.isEmpty {
      let numbers = update.cells.map(String.init).joined(separator: ", ")
      printer.message("\(files[0]): taken over in cell \(numbers)")
    }
    return update.isComplete ? .done : ExitStatus(outcome.status)
  }

  private func write(junitOf outcomes: [ReplayOutcome]) throws {
    guard let junit, ProcessGroup.current.isFirst else { return }
    try AtomicFile.write(Array(JUnitReport(outcomes).text.utf8), to: junit)
  }
}

// MARK: - Several notebooks

extension ReplayFile {
  /// Replays all notebooks and reports each; then writes the JUnit report, if any, and a summary.
  private func replayAll(_ printer: Printer) throws -> [ReplayOutcome] {
    if let junit { try AtomicFile.checkWritable(junit) }
    var outcomes: [ReplayOutcome] = []
    func tell(_ outcome: ReplayOutcome) {
      outcomes.append(outcome)
      printer.show(outcome)
    }
    if ProcessGroup.current.isLaunched {
      guard jobs == 1 else {
        throw ValidationError("leave out --jobs: the processes run the notebooks together")
      }
      for file in files {
        tell(
          Signals.isInterrupted
            ? ReplayOutcome(file: file, reason: "not run", status: .interrupted)
            : try outcome(of: file, printer)
        )
      }
    } else {
      let jobs = min(jobs, files.count)
      try NotebookJobs(
        arguments: jobArguments,
        threads: max(1, WorkerPool.shared.threads / jobs),
        limit: timeout
      ).run(files, atATime: jobs, tell)
    }
    try write(junitOf: outcomes)
    printer.showSummary(of: outcomes)
    return outcomes
  }

  /// The arguments of a job, apart from its notebook.
  private var jobArguments: [String] {
    var words = ["replay", "--job-of", String(getpid()), "--tolerance", String(tolerance)]
    if keepGoing { words.append("--keep-going") }
    if options.output.strict { words.append("--strict") }
    if let timeout { words += ["--timeout", String(timeout)] }
    // Several progress bars would overwrite each other.
    let progress = jobs > 1 ? Printer.ProgressStyle.none : options.output.progress
    words += ["--progress", progress.rawValue]
    return words + options.script.parameters.flatMap { ["-p", $0] } + ["--"]
  }

  /// Replays a job's notebook and sends the outcome to the parent process.
  private func tellOutcome(_ printer: Printer) throws {
    let outcome = try outcome(of: files[0], printer)
    let bytes = try JSONEncoder().encode(outcome)
    Terminal.write(String(decoding: bytes, as: UTF8.self), to: .standardOutput)
  }
}
