import ArgumentParser
import Foundation
import Jupyter
import Sessions

/// `rse kernel -f FILE`
struct KernelProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Run notebooks of Jupyter: `rse kernel install` once, then choose the kernel RSE.",
    discussion: """
      Jupyter itself starts `rse kernel -f FILE`, with a file that says where to listen. The cells of a notebook share \
      one session; `rse export --ipynb` makes a notebook of a .rsenb file.
      """,
    subcommands: [InstallKernel.self]
  )

  @Option(
    name: .short,
    help: ArgumentHelp("The connection file that Jupyter has written.", valueName: "file")
  )
  var file: String?

  func run() throws {
    guard let file else {
      throw ValidationError("Jupyter gives -f FILE; `rse kernel install` tells it how to")
    }
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let bar = ProgressBar(hasBlocks: true)
      // Whole notebooks would crowd out the statements typed in the shell.
      let historyFile = HistoryFile(suffix: "-jupyter")
      var surroundings = Kernel.Surroundings(
        progressLine: { bar.line($0, width: Self.progressWidth) },
        report: { Terminal.write("rse kernel: \($0)\n", to: .standardError) }
      )
      surroundings.history = historyFile.read()
      surroundings.remember = historyFile.append
      let kernel = try Kernel(try ConnectionFile(path: file), surroundings)
      kernel.run()
    }
  }

  /// The width, in columns, of a progress line below a cell.
  private static let progressWidth = 90
}

/// `rse kernel install`
struct InstallKernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Tell Jupyter how to start this program as a kernel."
  )

  @Flag(
    help: "For this user, in the folder of Jupyter's data; this is what happens without --prefix."
  )
  var user = false
  @Option(
    help: ArgumentHelp(
      "For an environment, such as /usr/local or that of a virtual environment of Python.",
      valueName: "folder"
    )
  )
  var prefix: String?

  func validate() throws {
    guard !user || prefix == nil else { throw ValidationError("choose --user or --prefix") }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let environment = ProcessInfo.processInfo.environment
      guard
        let folder = prefix.map(KernelSpecification.folder(inPrefix:))
          ?? KernelSpecification.userFolder(environment)
      else { throw ValidationError("there is no home folder: give --prefix") }
      let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let own = try KernelSpecification(program: program).install(in: folder)
      Terminal.write("\(own)\n", to: .standardOutput)
    }
  }
}
