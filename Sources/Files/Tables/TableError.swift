/// The reason that a table cannot be read, and the line.
package struct TableError: Error, Equatable {
  /// The line number, from 1; nil if the error concerns the whole file.
  package let line: Int?
  package let message: String
  package let remedy: String

  package init(line: Int? = nil, _ message: String, _ remedy: String) {
    self.line = line
    self.message = message
    self.remedy = remedy
  }
}
