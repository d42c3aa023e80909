import ArgumentParser
import CommandLanguage
import Sessions
import Workbench

/// Ends the program with a status that is not 0.
func leave(_ status: ExitStatus) throws {
  if status != .done { throw ExitCode(status.rawValue) }
}

/// The options of the program and of all its subcommands that run statements.
struct CommonOptions: ParsableArguments {
  @OptionGroup var script: ScriptOptions
  @OptionGroup var output: OutputOptions

  /// Returns runs of files that report to a printer.
  func fileRun(_ printer: Printer) throws -> FileRun {
    var run = output.fileRun(printer)
    run.overrides = try script.overrides()
    return run
  }
}

/// The same options for subcommands that run a notebook unchanged, or no script at all.
struct FixedOptions: ParsableArguments {
  /// Script options given anyway; the program would otherwise take them for its own.
  @OptionGroup(visibility: .hidden) var script: ScriptOptions
  @OptionGroup var output: OutputOptions

  /// Rejects `-p`.
  ///
  /// - Parameter reason: why it is not accepted, and the remedy.
  func refuseParameters(_ reason: String) throws {
    guard script.parameters.isEmpty else { throw ValidationError(reason) }
  }
}

/// The options that a script receives.
struct ScriptOptions: ParsableArguments {
  @Option(name: .short, help: ArgumentHelp("Set a `param` of the script.", valueName: "name=value"))
  var parameters: [String] = []

  /// Returns the values of `param` statements that the command line sets.
  func overrides() throws -> Overrides {
    do {
      return try Overrides(parsing: parameters)
    } catch {
      throw ValidationError(
        ([error.message] + (error.remedy.map { [$0] } ?? [])).joined(separator: "; ")
      )
    }
  }
}

/// The options for showing progress and results, and for reading files from elsewhere.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How progress is shown: auto, bar, plain or none.", valueName: "style")
  )
  var progress: Printer.ProgressStyle = .auto

  @Option(
    help: ArgumentHelp(
      "How figures without a file are shown: auto, never, kitty, iterm, sixel or blocks.",
      valueName: "method"
    )
  )
  var inline: PictureScreen.Choice = .auto

  @Flag(help: "Print every result and every error as a line of JSON instead of text.")
  var json = false

  @Flag(help: "Refuse files that deviate from their form, as `set strict=on` does.")
  var strict = false

  /// The screen that shows figures in the terminal.
  var pictures: PictureScreen { PictureScreen(json ? .never : inline) }

  /// The printer of a session's output.
  var printer: Printer { Printer(progress: progress, format: json ? .json : .text) }

  /// Returns runs of files that report to a printer.
  func fileRun(_ printer: Printer) -> FileRun {
    var run = FileRun()
    run.host = host(printer)
    run.report = printer.show
    run.message = printer.message
    run.host.showPicture = pictures.show
    return run
  }

  /// Returns the host of a session that reports to a printer.
  func host(_ printer: Printer) -> SessionHost {
    var host = SessionHost(
      isInterrupted: { Signals.isInterrupted },
      observer: printer.show
    )
    host.progressInterval = Printer.shortestInterval
    host.isStrict = strict
    host.unseenFolder = SharedRun.unseenFolder
    return host
  }
}

extension Printer.ProgressStyle: ExpressibleByArgument {}
