import ArgumentParser
import CommandLanguage
import Foundation
import Notebooks
import Sessions
import Workbench

/// `rse run FILE`
struct RunFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook or script and show its output."
  )

  @Argument(help: "The notebook (.rsenb) or script.", completion: .file())
  var file: String
  @Flag(help: "Show prose and statements too, as the run comes to them.") var verbose = false
  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard !verbose || !options.output.json else {
      throw ValidationError("--json tells the statements already: leave out --verbose")
    }
  }

  func run() throws {
    let printer = options.output.printer
    try printer.reportingFaults {
      var run = try options.fileRun(printer)
      if verbose { run.list = printer.show }
      try leave(run.run(file))
    }
  }
}

/// `rse resume FILE`
struct ResumeFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Run a notebook that was cut off; its trainings go on from their checkpoints.",
    discussion: """
      Trainings with checkpoint=every N skip the steps that a checkpoint of the same notebook, with the \
      same -p, has left behind; everything else runs again. The results are those of a run that was \
      never cut off, bit for bit.
      """
  )

  @Argument(help: "The notebook (.rsenb) or script.", completion: .file())
  var file: String
  @OptionGroup var options: CommonOptions

  func run() throws {
    let printer = options.output.printer
    try printer.reportingFaults {
      var run = try options.fileRun(printer)
      run.host.resumes = true
      try leave(run.run(file))
    }
  }
}

/// `rse record FILE`
struct RecordFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a notebook and write its output into it.",
    discussion: """
      With --resume trainings go on from the checkpoints of a run that was cut off, as in `rse resume`; the \
      record is that of a run that was not.
      """
  )

  @Argument(help: "The notebook (.rsenb).", completion: .file(extensions: ["rsenb"]))
  var file: String
  @Flag(help: "Go on from the checkpoints of a run that was cut off.") var resume = false
  @OptionGroup var options: FixedOptions

  func validate() throws {
    try options.refuseParameters(
      "record writes what the notebook itself says: change its `param` instead of giving -p"
    )
  }

  func run() throws {
    let printer = options.output.printer
    try printer.reportingFaults {
      var run = options.output.fileRun(printer)
      run.host.resumes = resume
      try leave(run.record(file))
    }
  }
}

extension Printer {
  /// Shows an error of the file instead of throwing it.
  func reportingFaults(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let status as ExitCode {
      throw status
    } catch let error as ValidationError {
      throw error
    } catch let diagnostic as Diagnostic {
      show(diagnostic)
      throw ExitCode(ExitStatus.failed.rawValue)
    } catch let error as NotebookError {
      showError(error.message, remedy: error.remedy, prefix: "error: ")
      throw ExitCode(ExitStatus.failed.rawValue)
    } catch {
      showError(error.localizedDescription, prefix: "error: ")
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
