import ArgumentParser
import Files
import Foundation
import RoutingWorkbench
import Sessions
import Workbench

/// `rse lesson benes`
struct LessonFile: ParsableCommand {
  /// The available lessons.
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case benes
  }

  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Write a page that teaches Beneš networks, to play with in a browser.",
    discussion: """
      The page is one file that needs no network. The reader sets switches, steps through the looping algorithm with its \
      constraint graph, compares Waksman's network and the omega network, and sees what the shipped model `rev` \
      does on the same wiring.
      """
  )

  @Argument(help: ArgumentHelp("What the lesson is about.", valueName: "lesson"))
  var subject: Subject
  @Argument(
    help: ArgumentHelp("The file to write, instead of benes.html.", valueName: "file"),
    completion: .file(extensions: ["html", "htm"])
  )
  var file: String?

  func validate() throws {
    if let file, !["html", "htm"].contains((file as NSString).pathExtension.lowercased()) {
      throw ValidationError("the name of the file to write ends in .html: \(file)")
    }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let session = Session(host: SessionHost(isInterrupted: { Signals.isInterrupted }))
      let trained = try TrainedMaps.traced(in: session)
      if Signals.isInterrupted {
        printer.showInterruption()
        return try leave(.interrupted)
      }
      if trained == nil {
        printer.message(
          "warning: no shipped model `\(TrainedMaps.model)`: the page shows no trained network; "
            + "copy the folder Assets beside the program, or name it in \(ShippedFiles.variable)"
        )
      }
      let path = file ?? "\(subject.rawValue).html"
      try AtomicFile.write(Array(LessonPage(trained: trained).text.utf8), to: path)
      Terminal.write("\(path)\n", to: .standardOutput)
    }
  }
}
