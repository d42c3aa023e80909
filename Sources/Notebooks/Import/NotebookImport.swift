import Files
import Foundation
import Glibc
import Wording

/// A notebook made of a Jupyter notebook: the files to be written, and remarks on what was left out.
package struct NotebookImport: Sendable {
  /// The largest file that is read, in bytes.
  static let largest = 256 << 20

  /// The notebook.
  package let notebook: Notebook
  /// Its pictures.
  package let pictures: [ExportedFile]
  /// Remarks on what was left out or may not work, one line each.
  package let remarks: [String]

  /// Makes a notebook of a Jupyter notebook of format 4.
  ///
  /// Markdown becomes prose, and code becomes statements; a cell that is expected to fail keeps its `!`.
  ///
  /// - Parameters:
  ///   - source: The path of the Jupyter notebook.
  ///   - path: The path to which the notebook will be written; its pictures go beside it.
  ///   - hasOutputs: True to import recorded output, and with it the environment in which it was made.
  ///   - recordedKeys: The keys of the header that come with recorded output.
  ///   - language: The language of the statements.
  ///   - evaluator: Divides code into statements.
  ///
  /// Throws ``JupyterError``, or ``NotebookError`` for a file that cannot be read.
  package static func jupyter(
    _ source: String,
    to path: String,
    hasOutputs: Bool,
    recordedKeys: [String],
    language: String = ExportOptions().language,
    groupedBy evaluator: any NotebookEvaluator
  ) throws -> NotebookImport {
    let bytes: [UInt8]
    do {
      bytes = try NotebookFile.read(source, limit: largest)
    } catch NotebookError.tooLarge {
      throw JupyterError.tooLarge(file: source, limit: largest)
    }
    let document = try JupyterDocument(parsing: bytes, file: source)
    var builder = JupyterImport(
      file: source,
      path: path,
      hasOutputs: hasOutputs,
      evaluator: evaluator
    )
    try builder.add(document, recordedKeys: recordedKeys)
    guard NotebookFile.isReadable(builder.notebook.bytes) else {
      throw JupyterError.tooLong(file: source, hasOutputs: hasOutputs)
    }
    var remarks = builder.remarks
    if let other = document.language, other.lowercased() != language {
      remarks.insert("its language is \(other): statements that are not rse's will fail", at: 0)
    }
    return NotebookImport(
      notebook: builder.notebook,
      pictures: builder.pictures,
      remarks: remarks
    )
  }

  /// Writes the pictures and the notebook, each atomically, the notebook last.
  ///
  /// - Parameter isReplacing: True to replace existing files; existing pictures with the same bytes are
  ///   never in the way.
  ///
  /// Throws ``NotebookError`` before anything is written, or ``FileWriteError``.
  package func write(replacing isReplacing: Bool) throws {
    if !isReplacing {
      let others = pictures.filter { picture in
        NotebookFile.exists(picture.path) && (try? NotebookFile.read(picture.path)) != picture.bytes
      }.map(\.path)
      for path in [notebook.file].filter(NotebookFile.exists) + others {
        throw NotebookError.alreadyExists(file: path)
      }
    }
    for picture in pictures {
      let folder = picture.path.folderName
      if !folder.isEmpty {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
      try AtomicFile.write(picture.bytes, to: picture.path)
    }
    try AtomicFile.write(notebook.bytes, to: notebook.file)
  }
}
