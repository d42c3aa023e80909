import ArgumentParser
import Foundation
import Notebooks
import Sessions
import Workbench

/// `rse import FILE.ipynb`
struct ImportFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a notebook of a Jupyter notebook.",
    discussion: """
      Markdown becomes prose, and cells of code statements; pictures that the prose shows go into a folder beside the \
      notebook. What was printed is left out unless --outputs takes it over. Jupyter's own commands, such as %time and \
      !ls, are refused.
      """
  )

  @Argument(help: "The Jupyter notebook (.ipynb).", completion: .file(extensions: ["ipynb"]))
  var file: String
  @Option(
    name: [.short, .long],
    help: "The notebook (.rsenb) to write, instead of one beside it.",
    completion: .file(extensions: ["rsenb"])
  )
  var output: String?
  @Flag(help: "Take over the recorded output too.") var outputs = false
  @Flag(help: "Replace files that are there already.") var force = false

  func validate() throws {
    if let output, !output.hasSuffix(".rsenb") {
      throw ValidationError("the name of a notebook ends in .rsenb: \(output).rsenb")
    }
    guard !file.hasSuffix(".rsenb") else {
      throw ValidationError("\(file) is no Jupyter notebook; `rse export --ipynb` makes one of it")
    }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let path = output ?? (file as NSString).deletingPathExtension + ".rsenb"
      let made: NotebookImport
      do {
        made = try NotebookImport.jupyter(
          file,
          to: path,
          hasOutputs: outputs,
          recordedKeys: Session.factKeys,
          groupedBy: NotebookSession(Session())
        )
        try made.write(replacing: force)
      } catch let error as JupyterError {
        printer.showError(error.message, remedy: error.remedy, prefix: "error: ")
        throw ExitCode(ExitStatus.failed.rawValue)
      } catch NotebookError.alreadyExists(let name) {
        printer.showError(
          "\(name) exists already",
          remedy: "choose another name with -o, or replace it with --force",
          prefix: "error: "
        )
        throw ExitCode(ExitStatus.failed.rawValue)
      }
      for remark in made.remarks { printer.message("warning: \(file): \(remark)") }
      Terminal.write("\(path)\n", to: .standardOutput)
    }
  }
}
