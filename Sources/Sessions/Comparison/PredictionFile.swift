import CommandLanguage
import Files
import Wording

/// What a model answered to each example of a test, in a file: cells parted by tabs, the names of the columns first.
package struct PredictionFile {
  /// The file, as the user named it.
  package let file: String
  private let columns: [String]

  /// - Parameters:
  ///   - columns: their names.
  ///   - read: files that the data come from, which it must not take the place of.
  /// - Throws: a diagnostic where it cannot be written; nothing is written yet.
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

  /// A row of the file.
  package static func row(_ cells: [String]) -> String { TabbedText.line(cells) }

  /// Writes the whole file, or nothing, and says so.
  ///
  /// - Parameters:
  ///   - parts: rows, one behind the other.
  ///   - count: how many rows they are.
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
