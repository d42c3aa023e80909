import Foundation

/// The reason why a Jupyter notebook cannot be imported.
package enum JupyterError: LocalizedError, Equatable {
  /// The file is not JSON; `reason` says where.
  case noJSON(file: String, reason: String)
  /// The JSON is not a notebook: `missing` is not there, or of the wrong type.
  case noNotebook(file: String, missing: String)
  /// The file is in an unsupported format.
  case otherFormat(file: String, version: Int)
  /// The file is larger than `limit` bytes.
  case tooLarge(file: String, limit: Int)
  /// A field of a cell, numbered from 1, is missing or of the wrong type.
  case damagedCell(file: String, cell: Int, field: String)
  /// A cell, numbered from 1, has statements of another program at a line, from 1.
  case otherLanguage(file: String, cell: Int, line: Int, text: String)
  /// The notebook would have more lines, or be larger, than can be read again.
  case tooLong(file: String, hasOutputs: Bool)

  /// The error and its place.
  package var message: String {
    switch self {
    case .noJSON(let file, let reason): "\(file) is no Jupyter notebook: \(reason)"
    case .noNotebook(let file, let missing): "\(file) is no Jupyter notebook: it has no \(missing)"
    case .otherFormat(let file, let version):
      "\(file) is in version \(version) of Jupyter's format; version 4 is read"
    case .tooLarge(let file, let limit): "\(file) is larger than \(limit >> 20) MiB"
    case .damagedCell(let file, let cell, let field):
      "\(file): cell \(cell) has no \(field) as Jupyter's format has it"
    case .otherLanguage(let file, let cell, let line, let text):
      "\(file): cell \(cell), line \(line): `\(text)` is for Jupyter or another program"
    case .tooLong(let file, _):
      "\(file) would become a notebook of more than \(Notebook.mostLines) lines or "
        + "\(NotebookFile.largest >> 20) MiB"
    }
  }

  /// The remedy.
  package var remedy: String {
    switch self {
    case .noJSON, .noNotebook: "check the name, or save the notebook in Jupyter again"
    case .otherFormat(let file, let version):
      version < 4
        ? "convert it: jupyter nbconvert --to notebook \(file)"
        : "save it in version 4, or install a newer rse"
    case .tooLarge(let file, _):
      "take its outputs out: jupyter nbconvert --clear-output --to notebook \(file)"
    case .damagedCell: "save the notebook in Jupyter again"
    case .otherLanguage: "remove the line, or make the cell one of Markdown"
    case .tooLong(_, let hasOutputs):
      hasOutputs ? "leave out --outputs" : "divide the notebook"
    }
  }

  /// Message and remedy.
  package var errorDescription: String? { "\(message); \(remedy)" }
}
