import CommandLanguage
import Notebooks

extension OpenDocument {
  /// The largest number of errors that are reported for one document.
  private static let mostErrors = 200

  /// All errors that are certain before anything runs, except those of cells that are marked as failing.
  var diagnostics: [PublishedDiagnostics.Item] {
    guard isReadable else {
      let limits = (lines: Notebook.mostLines, bytes: NotebookFile.largest)
      let hasMoreLines = text.lines.count > limits.lines
      return [
        item(
          hasMoreLines
            ? .tooManyLines(file: "the document", limit: limits.lines)
            : .tooLarge(file: "the document", limit: limits.bytes)
        )
      ]
    }
    var items: [PublishedDiagnostics.Item] = []
    if isNotebook {
      do throws(NotebookError) {
        _ = try Notebook(parsing: Array(text.lines[0].utf8), file: "the notebook")
      } catch {
        items.append(item(error))
      }
    }
    let analysis = analysis
    for placed in analysis.pieces where items.count < Self.mostErrors {
      items += placed.piece.diagnostics(
        failing: placed.isFailing,
        among: analysis.defined,
        revision: revision
      ).map { item($0, in: placed) }
    }
    return Array(items.prefix(Self.mostErrors))
  }

  private func item(_ error: NotebookError) -> PublishedDiagnostics.Item {
    .init(
      range: range(ofLines: 0..<1),
      message: [error.message, error.remedy].compactMap { $0 }.joined(separator: "\n")
    )
  }

  private func item(
    _ diagnostic: Diagnostic,
    in placed: DocumentAnalysis.Placed
  ) -> PublishedDiagnostics.Item {
    let words = [diagnostic.message] + diagnostic.notes + [diagnostic.remedy].compactMap { $0 }
    let end = placed.source.text.utf8.count
    return .init(
      range: visible(range(of: diagnostic.range ?? SourceRange(0, end), in: placed)),
      message: words.joined(separator: "\n")
    )
  }

  /// Widens an empty range by the character before it on its line, if there is one.
  private func visible(_ range: TextRange) -> TextRange {
    guard range.start == range.end, range.start.character > 0 else { return range }
    let before = Position(line: range.start.line, character: range.start.character - 1)
    return TextRange(start: clientPosition(of: text.place(of: before)), end: range.end)
  }
}
