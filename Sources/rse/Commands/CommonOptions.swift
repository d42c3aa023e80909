import ArgumentParser
import CommandLanguage
import Sessions
import Workbench

/// Ends the program with a status that is not 0.
func leave(_ status: ExitStatus) throws {
  if status != .done { throw ExitCode(status.rawValue) }
}

/// Options of the program and all its subcommands that run statements.
struct CommonOptions: ParsableArguments {
  @OptionGroup var script: ScriptOptions
  @OptionGroup var output: OutputOptions

  /// Runs of files that show what they do with a printer.
  func fileRun(_ printer: Printer) throws -> FileRun {
    var run = output.fileRun(printer)
    run.overrides = try script.overrides()
    return run
  }
}

/// The same where a notebook is run as it stands, or no script at all.
struct FixedOptions: ParsableArguments {
  /// What is given nevertheless; the program would take it for its own option.
  @OptionGroup(visibility: .hidden) var script: ScriptOptions
  @OptionGroup var output: OutputOptions

  /// Refuses `-p`.
  ///
  /// - Parameter reason: why there is none, and what to do.
  func refuseParameters(_ reason: String) throws {
    guard script.parameters.isEmpty else { throw ValidationError(reason) }
  }
}

/// What a script is told.
struct ScriptOptions: ParsableArguments {
  @Option(name: .short, help: ArgumentHelp("Set a `param` of the script.", valueName: "name=value"))
  var parameters: [String] = []

  /// The values of `param` statements that the command line gives.
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

/// How the program shows what it does, and reads what others made.
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

  /// What shows figures in the terminal.
  var pictures: PictureScreen { PictureScreen(json ? .never : inline) }

  /// What shows the output of a session.
  var printer: Printer { Printer(progress: progress, format: json ? .json : .text) }

  /// Runs of files that show what they do with a printer.
  func fileRun(_ printer: Printer) -> FileRun {
    var run = FileRun()
    run.host = host(printer)
    run.report = printer.show
    run.message = printer.message
    run.host.showPicture = pictures.show
    return run
  }

  /// The program around a session that shows what it does with a printer.
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
