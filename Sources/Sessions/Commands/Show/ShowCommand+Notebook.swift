import CommandLanguage
import Notebooks

extension ShowCommand {
  /// Shows a notebook in the width of the session.
  func showNotebook(in session: Session) throws -> Value {
    guard let file = arguments[Self.file] else { return .nothing }
    let bytes = try Diagnostic.about(Self.file) { try session.read(file) }
    let notebook: Notebook
    do {
      notebook = try Notebook(parsing: [UInt8](bytes), file: file)
    } catch {
      throw arguments.error(on: Self.file, error.message, remedy: error.remedy)
    }
    let page = NotebookPage(notebook, groupedBy: NotebookSession(session))
    let lines = PageLines(width: session.width, colors: session.catalog.codeColors)
    for row in lines.rows(of: page) {
      switch row {
      case .line(let line), .picture(_, let line):
        // Line breaks depend on the window.
        session.emit(OutputLine(line.text, isVolatile: true, styles: line.styles))
      }
    }
    return .nothing
  }
}
