import ArgumentParser
import Files
import Foundation
import Notebooks
import Sessions
import Workbench

/// `rse strip FILE`
struct StripFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strip",
    abstract: "Take the recorded output out of a notebook, for example before a commit."
  )

  @Argument(help: "The notebook (.rsenb).", completion: .file(extensions: ["rsenb"]))
  var file: String
  @Flag(help: "Print the notebook and leave the file as it is.") var print = false

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let notebook = try Notebook(contentsOf: file)
      let stripped = notebook.stripped(ofFacts: Session.factKeys)
      if print {
        Terminal.write(stripped.text, to: .standardOutput)
      } else if stripped.bytes != notebook.bytes {
        try AtomicFile.write(stripped.bytes, to: file)
      }
    }
  }
}

/// `rse diff FILE FILE`
struct DiffFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two notebooks cell by cell; status 3 if they differ.",
    discussion: "Times and other lines marked ~ are not compared, and prose does not count."
  )

  @Argument(help: "A notebook (.rsenb).", completion: .file(extensions: ["rsenb"]))
  var first: String
  @Argument(help: "Another one.", completion: .file(extensions: ["rsenb"]))
  var second: String
  @Option(help: "Relative difference of numbers that counts as none.")
  var tolerance: Double?

  func validate() throws {
    guard tolerance.map({ $0.isFinite && $0 >= 0 }) ?? true else {
      throw ValidationError("a tolerance is a number from 0 up, such as 0.02 for 2 %")
    }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let difference = NotebookDiff(
        try Notebook(contentsOf: first),
        try Notebook(contentsOf: second),
        groupedBy: NotebookSession(Session()),
        tolerance: try tolerance.map { try Tolerance(relative: $0) }
      )
      Terminal.write(difference.text + "\n", to: .standardOutput)
      try leave(difference.isEmpty ? .done : .differs)
    }
  }
}
