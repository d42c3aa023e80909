import CommandLanguage
import Foundation
import Notebooks

/// `run other.rsenb`
package struct RunCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToRead(extensions: []),
    "the notebook or script"
  )

  package static let declaration = CommandDeclaration(
    name: "run",
    summary: "Run the statements of another notebook or script here",
    discussion: """
      They work on this session: its models, data and variables. Relative paths inside start at the \
      file's own folder. `rse run FILE` does the same in a fresh session.
      """,
    signature: Signature(positionals: [file]),
    examples: [
      .init("record start mine.rsenb\nseed 3\nrecord stop\nrun mine.rsenb", "seed 3 again")
    ],
    category: Category.files,
    definesVariables: true
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let file = arguments[Self.file]
    let path = session.readingPath(file)
    let bytes = try Diagnostic.about(Self.file) { try session.read(file) }
    guard bytes.count <= NotebookFile.largest else {
      throw arguments.error(
        on: Self.file,
        "`\(file)` is larger than the \(NotebookFile.largest >> 20) MiB a script may have",
        remedy: "divide it"
      )
    }
    let code: String
    if file.hasSuffix(".rsenb") {
      do {
        code = try session.code(of: Notebook(parsing: [UInt8](bytes), file: file))
      } catch {
        throw arguments.error(on: Self.file, error.description)
      }
    } else if let text = String(bytes: bytes, encoding: .utf8) {
      code = text
    } else {
      throw arguments.error(on: Self.file, "`\(file)` is not UTF-8", remedy: "save it as UTF-8")
    }
    let folder = session.folder
    session.folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    defer { session.folder = folder }
    do {
      return try session.evaluate(code, name: file)
    } catch is Interrupted {
      // The partial work of a statement in the file is not that of this statement.
      throw Interrupted()
    }
  }
}

extension Session {
  /// Returns the statements of a notebook on their original lines, without those that are marked as failing.
  package func code(of notebook: Notebook) -> String {
    var text = ""
    var line = 1
    for cell in notebook.cells(groupedBy: NotebookSession(self)) where cell.expectation == nil {
      text += String(repeating: "\n", count: max(0, cell.firstLine - line)) + cell.code + "\n"
      line = cell.firstLine + cell.lines.count
    }
    return text
  }

  /// Runs a text inside a running statement.
  package func evaluate(_ text: String, name: String) throws -> Value {
    submitted.append(text)
    let result = evaluator.registry.parse(Source(name: name, text: text))
    let script = try result.checked()
    if let first = evaluator.check(script).first { throw first }
    return try evaluator.evaluate(script, in: self)
  }
}
