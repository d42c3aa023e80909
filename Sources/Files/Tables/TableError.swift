/// Why a table cannot be read, and where.
package struct TableError: Error, Equatable {
  /// The line, from 1; nil where it is about the whole file.
  package let line: Int?
  package let message: String
  package let remedy: String

  package init(line: Int? = nil, _ message: String, _ remedy: String) {
    self.line = line
    self.message = message
    self.remedy = remedy
  }
}
