import ArgumentParser
import Foundation
import Notebooks
import Sessions
import TerminalPictures
import Workbench

/// `rse show FILE`
struct ShowFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a notebook to read: prose, statements and recorded output.",
    discussion: """
      Nothing is run. A page that is longer than the screen is shown by the program that PAGER names, or by `less`; \
      where the terminal shows pictures in lines of text (kitty, iTerm2), a notebook with pictures is written to it \
      as it is.
      """
  )

  @Argument(help: "The notebook (.rsenb).", completion: .file(extensions: ["rsenb"]))
  var file: String
  @Option(
    help: ArgumentHelp(
      "How pictures are shown: auto, never, kitty or iterm.",
      valueName: "method"
    )
  )
  var inline: PictureScreen.Choice = .auto

  func validate() throws {
    guard inline != .sixel, inline != .blocks else {
      throw ValidationError("pictures from files are shown by kitty or iterm")
    }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      let session = Session()
      let page = NotebookPage(
        try Notebook(contentsOf: file),
        groupedBy: NotebookSession(session)
      )
      let lines = PageLines(width: Terminal.width, colors: Catalog.workbench.codeColors)
      let rows = lines.rows(of: page)
      if page.hasPictures {
        let screen = PictureScreen(inline)
        if screen.showsFiles { return write(rows, with: screen) }
      }
      Pager.show(
        rows.map { row in
          switch row {
          case .line(let line), .picture(_, let line): OutputText.shown(line)
          }
        }
      )
    }
  }

  /// Writes a page with its pictures.
  private func write(_ rows: [PageLines.Row], with screen: PictureScreen) {
    for row in rows {
      switch row {
      case .line(let line): Terminal.write(OutputText.shown(line) + "\n", to: .standardOutput)
      case .picture(let name, let line):
        let shown = NotebookPicture(name, of: file).flatMap {
          screen.text(png: $0.png, width: $0.width, height: $0.height)
        }
        Terminal.write(shown ?? OutputText.shown(line) + "\n", to: .standardOutput)
      }
    }
  }
}
