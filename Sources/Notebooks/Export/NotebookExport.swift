import Files
import Glibc

/// A notebook in another format: the files to be written, and the pictures that could not be shown.
package struct NotebookExport: Sendable {
  /// The export formats of notebooks.
  package enum Format: String, Sendable, CaseIterable {
    /// One self-contained page.
    case html
    /// Markdown, with a folder of pictures beside it.
    case markdown = "md"
    /// A notebook for Jupyter.
    case jupyter = "ipynb"

    /// Returns the default path of an export, beside the notebook.
    package func path(beside notebook: String) -> String {
      notebook.withoutNotebookSuffix + "." + rawValue
    }
  }

  /// The files; the document itself is the last one.
  package let files: [ExportedFile]
  /// The names, as the notebook gives them, of the pictures that are missing or cannot be shown.
  ///
  /// The document says so in their places.
  package let missing: [String]

  /// The bytes of the document itself.
  package var document: [UInt8] { files.last?.bytes ?? [] }

  /// Exports a notebook.
  ///
  /// - Parameters:
  ///   - notebook: The notebook; its recorded output is shown, nothing is run.
  ///   - format: The format of the document.
  ///   - path: The document's path; determines the names of the pictures beside it.
  ///   - evaluator: Divides the code into cells.
  ///   - options: The options of the export.
  package static func make(
    _ notebook: Notebook,
    as format: Format,
    to path: String,
    groupedBy evaluator: any NotebookEvaluator,
    options: ExportOptions = ExportOptions()
  ) -> NotebookExport {
    switch format {
    case .html: html(notebook, to: path, groupedBy: evaluator, options: options)
    case .markdown: markdown(notebook, to: path, groupedBy: evaluator, options: options)
    case .jupyter: jupyter(notebook, to: path, groupedBy: evaluator, options: options)
    }
  }

  /// Exports a notebook as one HTML page with its pictures and style inlined; its only script copies code.
  package static func html(
    _ notebook: Notebook,
    to path: String,
    groupedBy evaluator: any NotebookEvaluator,
    options: ExportOptions = ExportOptions()
  ) -> NotebookExport {
    let document = ExportDocument(notebook, groupedBy: evaluator)
    var page = HTMLExport(
      document: document,
      shelf: PictureShelf(folder: options.folder(of: notebook.file)),
      colors: options.colors
    )
    let file = ExportedFile(path: path, bytes: Array(page.page().utf8))
    return NotebookExport(files: [file], missing: page.shelf.missing)
  }

  /// Exports a notebook as Markdown; its pictures are copied into a folder `NAME_files` beside it.
  package static func markdown(
    _ notebook: Notebook,
    to path: String,
    groupedBy evaluator: any NotebookEvaluator,
    options: ExportOptions = ExportOptions()
  ) -> NotebookExport {
    let document = ExportDocument(notebook, groupedBy: evaluator)
    var export = MarkdownExport(
      document: document,
      shelf: PictureShelf(folder: options.folder(of: notebook.file)),
      copies: PictureCopies(beside: path),
      language: options.language
    )
    let file = ExportedFile(path: path, bytes: Array(export.text().utf8))
    return NotebookExport(files: export.copies.files + [file], missing: export.shelf.missing)
  }

  /// Exports a notebook as a Jupyter notebook of format 4.5 with its pictures embedded.
  package static func jupyter(
    _ notebook: Notebook,
    to path: String,
    groupedBy evaluator: any NotebookEvaluator,
    options: ExportOptions = ExportOptions()
  ) -> NotebookExport {
    let document = ExportDocument(notebook, groupedBy: evaluator)
    var export = JupyterExport(
      document: document,
      shelf: PictureShelf(folder: options.folder(of: notebook.file)),
      language: options.language,
      isRecorded: notebook.isRecorded
    )
    let file = ExportedFile(path: path, bytes: export.bytes())
    return NotebookExport(files: [file], missing: export.shelf.missing)
  }

  /// Writes the files, each atomically, pictures first; creates their folder if necessary.
  ///
  /// Throws ``FileWriteError``; an existing document is then unchanged.
  package func write() throws(FileWriteError) {
    for file in files.dropLast() {
      try Self.makeFolder(of: file.path)
      try AtomicFile.write(file.bytes, to: file.path)
    }
    if let file = files.last { try AtomicFile.write(file.bytes, to: file.path) }
  }

  private static func makeFolder(of path: String) throws(FileWriteError) {
    let folder = path.folderName
    if !folder.isEmpty, mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw FileWriteError(path: folder, step: .open, code: errno)
    }
  }
}
