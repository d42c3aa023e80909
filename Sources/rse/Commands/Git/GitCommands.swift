import ArgumentParser
import Files
import Foundation
import Notebooks
import Sessions
import Workbench

/// `rse git …`
struct GitCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "Have git merge and compare notebooks cell by cell.",
    subcommands: [GitInstall.self, GitMerge.self, GitText.self]
  )
}

/// `rse git install`
struct GitInstall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Set up git for notebooks, in this repository or everywhere.",
    discussion: """
      A merge takes a cell that one side has changed from that side, its recorded output too, and a comparison leaves \
      times out. It writes what git is to run into git's configuration, and a line for *.rsenb into .gitattributes, \
      which belongs into the repository. It can be run again at any time.
      """
  )

  @Flag(help: "For all repositories of this user.") var global = false
  @Flag(help: "Take all of it back.") var uninstall = false

  func run() throws {
    try Printer.withoutProgress.reportingFaults {
      let setup = try GitSetup(isGlobal: global)
      let done = try uninstall ? setup.remove() : setup.install()
      for line in done { Terminal.write(line + "\n", to: .standardOutput) }
    }
  }
}

/// `rse git merge BASE OURS THEIRS`, which git runs
struct GitMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge two notebooks into the second file; git runs it.",
    shouldDisplay: false
  )

  @Argument(help: "What both go back to.") var base: String
  @Argument(help: "The notebook that the other is merged into.") var ours: String
  @Argument(help: "The other notebook.") var theirs: String
  @Option(help: "How long the marks of conflicts are.") var markerSize = 7
  @Option(help: "The notebook's name in the repository.") var path: String?

  func run() throws {
    try Printer.withoutProgress.reportingFaults {
      guard let merge = try merged() else {
        // Not a notebook, or one with conflicts already: it is merged line by line.
        let answer = try GitProgram.run(
          "merge-file",
          "--marker-size=\(markerSize)",
          "-L",
          "ours",
          "-L",
          "base",
          "-L",
          "theirs",
          ours,
          base,
          theirs
        )
        return try leave(answer.status == 0 ? .done : .failed)
      }
      try AtomicFile.write(merge.bytes, to: ours)
      try leave(merge.conflicts == 0 ? .done : .failed)
    }
  }

  /// Returns the merged notebook; nil if one of the files is not a notebook.
  private func merged() throws -> NotebookMerge? {
    let old = try NotebookFile.read(base)
    let (own, other) = (try NotebookFile.read(ours), try NotebookFile.read(theirs))
    do {
      var marks = NotebookMerge.Marks()
      marks.size = markerSize
      return NotebookMerge(
        base: old.isEmpty ? nil : try Notebook(parsing: old, file: path ?? base),
        ours: try Notebook(parsing: own, file: path ?? ours),
        theirs: try Notebook(parsing: other, file: path ?? theirs),
        facts: Session.factKeys,
        marks: marks,
        groupedBy: NotebookSession(Session())
      )
    } catch {
      return nil
    }
  }
}

/// `rse git textconv FILE`, which git runs
struct GitText: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv",
    abstract: "Print a notebook as git compares it; git runs it.",
    shouldDisplay: false
  )

  @Argument(help: "The notebook.") var file: String

  func run() throws {
    try Printer.withoutProgress.reportingFaults {
      let bytes = try NotebookFile.read(file)
      let text =
        (try? Notebook(parsing: bytes, file: file).comparedText(facts: Session.factKeys))
        ?? String(decoding: bytes, as: UTF8.self)
      Terminal.write(text, to: .standardOutput)
    }
  }
}
