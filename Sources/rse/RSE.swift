import ArgumentParser
import CommandLanguage
import Foundation
import Glibc
import Notebooks
import Tensors
import Workbench

/// The program: a shell, or with arguments one run of commands, a script or a notebook.
@main
struct RSE: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rse",
    abstract: "Build, train and explore Residual Shuffle-Exchange networks.",
    discussion: """
      Without arguments rse starts its shell, or runs the script on standard input. In the shell, \
      `help` lists all commands.

      Exit status: 0 done, 1 a command failed, 2 wrong usage or syntax, 3 a replay differs, \
      130 interrupted.
      """,
    version: "rse \(programVersion)",
    subcommands: [RunFile.self, RecordFile.self, ReplayFile.self, Help.self]
  )

  @Option(name: .short, help: "Run these commands and leave.")
  var commands: String?

  @OptionGroup var options: CommonOptions

  func run() throws {
    let printer = options.printer
    let session = Session(
      overrides: try options.overrides(),
      isInterrupted: { Signals.isInterrupted },
      observer: printer.show
    )
    if let commands {
      try leave(session.runToEnd(commands, name: "-c", report: printer.show))
    } else if Terminal.inputIsTerminal {
      try leave(Shell(session: session, printer: printer).run())
    } else {
      guard let text = try StandardInput.read() else {
        throw ExitCode(ExitStatus.interrupted.rawValue)
      }
      try leave(
        session.runToEnd(
          text,
          name: "standard input",
          report: printer.show
        )
      )
    }
  }

  /// Runs the program; its exit statuses are those that the help tells.
  static func main() {
    Signals.install()
    var result = status(of: Self.start)
    if Terminal.hasLostOutput.load(ordering: .relaxed) {
      Terminal.write("rse: some of the output could not be written\n", to: .standardError)
      if result == .done { result = .failed }
    }
    Glibc.exit(result.rawValue)
  }

  private static func start() throws {
    try ProgramEnvironment.check()
    var command = try parseAsRoot()
    // In the shell each command is guarded by itself.
    if let program = command as? RSE, program.isShell {
      try command.run()
    } else {
      try Signals.whileCommandRuns { try command.run() }
    }
  }

  private var isShell: Bool { commands == nil && Terminal.inputIsTerminal }

  private static func status(of body: () throws -> Void) -> ExitStatus {
    do {
      try body()
      return .done
    } catch let status as ExitCode {
      return ExitStatus(rawValue: status.rawValue) ?? .failed
    } catch let fault where fault is BLASFault || fault is UnusableSetting {
      Terminal.write("rse: \(fault.localizedDescription)\n", to: .standardError)
      return .failed
    } catch {
      let isHelp = exitCode(for: error) == .success
      Terminal.write(
        fullMessage(for: error) + "\n",
        to: isHelp ? .standardOutput : .standardError
      )
      if isHelp { return .done }
      return exitCode(for: error) == .validationFailure ? .usage : .failed
    }
  }
}

/// Ends the program with a status that is not 0.
private func leave(_ status: ExitStatus) throws {
  if status != .done { throw ExitCode(status.rawValue) }
}

/// Options of the program and all its subcommands.
struct CommonOptions: ParsableArguments {
  @Option(name: .short, help: ArgumentHelp("Set a `param` of the script.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "How progress is shown: auto, bar, plain or none.")
  var progress: Printer.ProgressStyle = .auto

  @Flag(help: "Print every result and every error as a line of JSON instead of text.")
  var json = false

  /// What shows the output of a session.
  var printer: Printer { Printer(progress: progress, format: json ? .json : .text) }

  func overrides() throws -> Overrides {
    do {
      return try Overrides(parsing: parameters)
    } catch {
      throw ValidationError(
        ([error.message] + (error.remedy.map { [$0] } ?? [])).joined(separator: "; ")
      )
    }
  }

  /// Runs of files that show what they do with a printer.
  func fileRun(_ printer: Printer) throws -> FileRun {
    var run = FileRun()
    run.overrides = try overrides()
    run.isInterrupted = { Signals.isInterrupted }
    run.observer = printer.show
    run.report = printer.show
    run.message = printer.message
    return run
  }
}

extension Printer.ProgressStyle: ExpressibleByArgument {}

/// `rse run FILE`
struct RunFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook or script and show its output."
  )

  @Argument(help: "The notebook (.rsenb) or script.") var file: String
  @OptionGroup var options: CommonOptions

  func run() throws {
    let printer = options.printer
    try printer.reportingFaults { try leave(options.fileRun(printer).run(file)) }
  }
}

/// `rse record FILE`
struct RecordFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a notebook and write its output into it."
  )

  @Argument(help: "The notebook (.rsenb).") var file: String
  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.parameters.isEmpty else {
      throw ValidationError(
        "record writes what the notebook itself says: change its `param` instead of giving -p"
      )
    }
  }

  func run() throws {
    let printer = options.printer
    try printer.reportingFaults { try leave(options.fileRun(printer).record(file)) }
  }
}

/// `rse replay FILE`
struct ReplayFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run a notebook and compare with its recorded output; status 3 if it differs."
  )

  @Argument(help: "The notebook (.rsenb).") var file: String
  @Option(help: "Relative difference of numbers allowed where the environment differs.")
  var tolerance = 0.02
  @Flag(help: "Go on after a failing cell.") var keepGoing = false
  @Option(help: "Compare this cell only.") var only: Int?
  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard tolerance.isFinite, tolerance >= 0 else {
      throw ValidationError("a tolerance is a number from 0 up, such as 0.02 for 2 %")
    }
  }

  func run() throws {
    let printer = options.printer
    try printer.reportingFaults {
      var run = try options.fileRun(printer)
      // Only progress is shown; the output is compared.
      run.observer = { event in
        if case .output = event { return }
        printer.show(event)
      }
      run.report = { _ in }
      let replay = ReplayOptions(
        tolerance: try Tolerance(relative: tolerance),
        keepGoing: keepGoing,
        only: only
      )
      let report = try run.replay(file, options: replay)
      Terminal.write(report.text + "\n", to: .standardOutput)
      try leave(ExitStatus(report.status))
    }
  }
}

/// `rse help TOPIC`
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explain a command of the shell, as `help` does there."
  )

  @Argument(help: "A command, `language`, or words to search for.") var topic: [String] = []

  func run() throws {
    let printer = Printer(progress: .none)
    let session = Session(observer: printer.show)
    session.width = Terminal.width
    try leave(
      session.runToEnd("help \(topic.joined(separator: " "))", name: "help", report: printer.show)
    )
  }
}

extension Printer {
  /// Shows an error of the file rather than throwing it.
  fileprivate func reportingFaults(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let status as ExitCode {
      throw status
    } catch let error as ValidationError {
      throw error
    } catch let diagnostic as Diagnostic {
      show(diagnostic)
      throw ExitCode(ExitStatus.failed.rawValue)
    } catch {
      message("error: \(error.localizedDescription)")
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
