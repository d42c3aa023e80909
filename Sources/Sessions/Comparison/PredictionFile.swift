import CommandLanguage
import Files
import Wording

/// A file of a model's answers to all examples of a test: cells separated by tabs, column names first.
package struct PredictionFile {
  /// The file as the user named it.
  package let file: String
  private let columns: [String]

  /// - Parameters:
  ///   - columns: the names of the columns.
  ///   - read: files of the data, which it must not replace.
  /// - Throws: a diagnostic if it cannot be written; nothing is written yet.
  package init(
    _ file: String,
    columns: [String],
    insteadOf read: [String],
    in session: Session
  ) throws {
    self.file = file
    self.columns = columns
    guard !read.contains(where: { session.isSameFile($0, file) }) else {
      throw Diagnostic(
        "`\(file)` holds the examples of the data",
        about: TestCommand.predictions,
        remedy: "choose another name"
      )
    }
    try Diagnostic.about(TestCommand.predictions) { try session.checkWritable(file) }
  }

  /// Returns a row of the file.
  package static func row(_ cells: [String]) -> String { TabbedText.line(cells) }

  /// Writes the whole file or nothing, and emits a line about it.
  ///
  /// - Parameters:
  ///   - parts: texts of rows, in order.
  ///   - count: the number of rows.
  package func write(
    _ parts: [String],
    _ count: Int,
    _ noun: String,
    stability: OutputStability = .stable,
    in session: Session
  ) throws {
    try session.write(to: file) { write in
      for var part in [Self.row(columns)] + parts {
        try part.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
      }
    }
    session.emit("\(file)  \(counted(count, noun))", stability)
  }
}
