import ArgumentParser
import CommandLanguage
import Foundation
import Glibc
import Machine
import Notebooks
import Processes
import Tensors
import Sessions
import Workbench

/// The program: a shell or, given arguments, one run of commands, a script or a notebook.
@main
struct RSE: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rse",
    abstract: "Build, train and explore Residual Shuffle-Exchange networks.",
    discussion: """
      Without arguments rse starts its shell, or runs the script on standard input. In the shell, \
      `help` lists all commands.

      Exit status: \(ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ")).
      """,
    version: "rse \(programVersion)",
    subcommands: [
      RunFile.self, ShowFile.self, ResumeFile.self, RecordFile.self, ReplayFile.self,
      StripFile.self, DiffFiles.self, NewFile.self, ExportFile.self, ImportFile.self,
      GitCommands.self, TranscribeFiles.self, LessonFile.self, KernelProgram.self,
      LanguageServerProgram.self, Help.self, Completions.self,
    ]
  )

  @Option(
    name: .short,
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Run these commands and leave; several -c run one after another.",
      valueName: "commands"
    )
  )
  var commands: [String] = []

  @Flag(
    help:
      "Run the statements on standard input as they come, each once it is whole, so that a program can drive rse."
  )
  var stream = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard !stream || commands.isEmpty else {
      throw ValidationError("--stream reads standard input: leave out -c")
    }
  }

  func run() throws {
    let printer = options.output.printer
    let session = Session(
      overrides: try options.script.overrides(),
      host: options.output.host(printer)
    )
    let pictures = options.output.pictures
    session.host.showPicture = pictures.show
    if stream {
      try leave(StatementStream(session: session, printer: printer).run())
      return
    }
    if isShell {
      guard !ProcessGroup.current.isShared else {
        throw ValidationError("the shell is for one process: name a file to run, or use -c")
      }
      try leave(Shell(session: session, printer: printer, pictures: pictures).run())
      return
    }
    var status = ExitStatus.interrupted
    if !commands.isEmpty {
      let script = commands.joined(separator: "\n")
      status = session.runToEnd(script, name: "-c", report: printer.show)
    } else if let text = try SharedRun.shared(StandardInput.read) {
      status = session.runToEnd(text, name: "standard input", report: printer.show)
    }
    if status == .interrupted { printer.showInterruption() }
    try leave(status)
  }

  /// Runs the program; the help lists its exit statuses.
  static func main() {
    Signals.install()
    MachineMemory.limitRequests()
    MachineMemory.tellExhaustionInJSON(Printer.isJSONWanted)
    var result = status(of: Self.start)
    if Terminal.hasLostOutput.load(ordering: .relaxed) {
      Terminal.write("rse: some of the output could not be written\n", to: .standardError)
      if result == .done { result = .failed }
    }
    Glibc.exit(SharedRun.end(result).rawValue)
  }

  private static func start() throws {
    try ProgramEnvironment.check()
    try checkNames()
    var command = try parseAsRoot(arguments)
    try SharedRun.join()
    guard ProcessGroup.current.isFirst || command.runsInAllProcesses else { return }
    // In the shell and in a stream each command is guarded on its own; only clients end a kernel.
    let isShell = (command as? RSE).map { $0.isShell || $0.stream } ?? false
    if isShell || command is KernelProgram {
      try command.run()
    } else {
      try Signals.whileCommandRuns { try command.run() }
    }
  }

  /// Rejects arguments that are not UTF-8, as file names may be: decoding them would lose their bytes.
  private static func checkNames() throws {
    for (index, argument) in CommandLine.arguments.enumerated() {
      guard let bytes = CommandLine.unsafeArgv[index].map({ String(validatingCString: $0) }),
        bytes == nil
      else { continue }
      throw ValidationError(
        "`\(argument)` is not UTF-8; rename the file, or give it a second name by `ln -s`"
      )
    }
  }

  /// The arguments; file names that begin with a dash cannot be mistaken for options.
  private static var arguments: [String] {
    let own = Array(CommandLine.arguments.dropFirst())
    let subcommands = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let first = own.first, subcommands.contains(first) else { return own }
    return [first]
      + own.dropFirst().map { word in
        let isName =
          word.hasPrefix("-") && !word.hasPrefix("--") && word.count > 2 && Double(word) == nil
          && word.contains(".") && !word.contains("=")
        return isName ? "./" + word : word
      }
  }

  private var isShell: Bool { commands.isEmpty && Terminal.inputIsTerminal }

  /// A hint for an argument that is the name of a file.
  private static var hint: String {
    let names = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("-") }
    guard names.count == 1, let name = names.first, FileManager.default.fileExists(atPath: name)
    else { return "" }
    return "To run a file: rse run \(name)\n"
  }

  private static func status(of body: () throws -> Void) -> ExitStatus {
    do {
      try body()
      return .done
    } catch let status as ExitCode {
      return ExitStatus(rawValue: status.rawValue) ?? .failed
    } catch let fault
      where fault is BLASFault || fault is UnusableSetting || fault is ProcessError
    {
      Printer.withoutProgress.showError(fault.localizedDescription, prefix: "rse: ")
      return .failed
    } catch {
      if exitCode(for: error) == .success {
        Terminal.write(fullMessage(for: error) + "\n", to: .standardOutput)
        return .done
      }
      if Printer.isJSONWanted {
        Printer.withoutProgress.showError(message(for: error), remedy: "see `rse --help`")
      } else {
        Terminal.write(fullMessage(for: error) + "\n" + hint, to: .standardError)
      }
      return exitCode(for: error) == .validationFailure ? .usage : .failed
    }
  }
}

extension ParsableCommand {
  /// True if processes that a launcher started share its work; otherwise the first process does it alone.
  fileprivate var runsInAllProcesses: Bool {
    self is RSE || self is RunFile || self is ResumeFile || self is RecordFile
      || self is ReplayFile || self is TranscribeFiles
  }
}
