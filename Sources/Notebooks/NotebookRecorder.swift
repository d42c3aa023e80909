/// A notebook that grows with a session and is complete on disk after every statement.
///
/// Each addition rewrites the file atomically instead of appending to it: the header's facts may change
/// with any statement, a torn append would leave an incomplete notebook, and a session is small. If a
/// write fails, nothing is lost: the recorder keeps everything and the next addition writes it too.
package final class NotebookRecorder {
  /// The file that is written.
  package let path: String
  /// Everything recorded so far.
  package private(set) var notebook: Notebook
  private let environment: String
  private let writer: NotebookWriter
  private var written: [UInt8]

  /// Begins a recording and writes its header.
  ///
  /// Throws ``NotebookError`` if the file already exists and `replacing` is false, or whatever the
  /// writer throws.
  package init(
    path: String,
    environment: String,
    facts: [(key: String, value: String)] = [],
    replacing: Bool = false,
    writer: @escaping NotebookWriter = NotebookFile.atomicWriter
  ) throws {
    if !replacing, NotebookFile.exists(path) { throw NotebookError.alreadyExists(file: path) }
    self.path = path
    self.environment = environment
    self.writer = writer
    notebook = Notebook(file: path, environment: environment, facts: facts)
    written = notebook.bytes
    try writer(written, path)
  }

  /// Records Markdown; throws ``NotebookError`` or whatever the writer throws.
  package func append(prose: String) throws {
    notebook.append(prose: prose)
    try write()
  }

  /// Records a statement, its output and, if given, the current facts.
  ///
  /// Throws ``NotebookError`` if someone else has changed the file, or whatever the writer throws.
  package func append(
    statement: String,
    outcome: CellOutcome,
    facts: [(key: String, value: String)] = []
  ) throws {
    notebook.append(statement: statement, outcome: outcome)
    notebook.setHeader(environment: environment, facts: facts)
    try write()
  }

  private func write() throws {
    let new = notebook.bytes
    guard NotebookFile.isReadable(new) else {
      throw NotebookError.recordingTooLong(file: path, savedAs: nil, limit: Notebook.mostLines)
    }
    try NotebookFile.replace(path, holding: written, with: new, writer: writer)
    written = new
  }
}
