import ArgumentParser
import CommandLanguage
import Foundation
import Sessions
import Workbench

/// `rse transcribe FILE …`
struct TranscribeFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe",
    abstract: "Write down the notes of recordings: MIDI, a table and a piano roll.",
    discussion: """
      The options are those of the command in the shell, written as there, such as to=notes or threshold=0.4; \
      `rse help transcribe` explains them.
      """
  )

  @Argument(
    help: "The recordings, - for standard input, and options as name=value.",
    completion: .file(extensions: Session.recordingExtensions)
  )
  var words: [String]
  @OptionGroup var options: FixedOptions

  func validate() throws {
    try options.refuseParameters("-p sets a `param` of a script, and there is none")
  }

  func run() throws {
    let printer = options.output.printer
    let session = Session(host: options.output.host(printer))
    let status = session.runToEnd(
      Session.transcription(of: words),
      name: "transcribe",
      report: printer.show
    )
    if status == .interrupted { printer.showInterruption() }
    try leave(status)
  }
}
