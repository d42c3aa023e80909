import TestSupport
import Testing

@testable import LanguageServer
@testable import Sessions
@testable import Workbench

@Suite("Documents that are edited")
struct EditingTests {
  private static let text = "rsenb 1\n\nlet a = 1\r\n# ä🎹 prose\nlet b = \"🎹\" ; $b\n"

  private func range(_ start: (Int, Int), _ end: (Int, Int)) -> TextRange {
    TextRange(
      start: Position(line: start.0, character: start.1),
      end: Position(line: end.0, character: end.1)
    )
  }

  @Test("positions count code units of the encoding, and are bounded by line and text")
  func positions() {
    let text = TextDocument(Self.text, encoding: .utf16)
    #expect(text.lines == ["rsenb 1", "", "let a = 1", "# ä🎹 prose", "let b = \"🎹\" ; $b", ""])
    let cases: [(TextDocument, Int, Int, Int)] = [
      (text, 3, 3, 4), (text, 3, 4, 4), (text, 3, 5, 8), (text, 3, 99, 14), (text, 3, -5, 0),
      (TextDocument(Self.text, encoding: .utf8), 3, 8, 8),
      (TextDocument(Self.text, encoding: .utf8), 3, 6, 4),
    ]
    for (text, line, character, byte) in cases {
      let place = text.place(of: Position(line: line, character: character))
      #expect(place == LinePlace(line: line, byte: byte), "\(character)")
    }
    #expect(text.place(of: Position(line: 99, character: 0)) == LinePlace(line: 5, byte: 0))
    #expect(text.place(of: Position(line: -1, character: 9)) == LinePlace(line: 0, byte: 0))
    var counter = ColumnCounter(text.lines[3], encoding: .utf16)
    let columns = [8, 14, 3, 4, 0, 5].map { counter.column(ofByte: $0) }
    #expect(columns == [5, 11, 2, 3, 0, 3])
    #expect([5, 99, 4, 2].map { counter.byte(ofColumn: $0) } == [8, 14, 4, 2])
  }

  @Test("edits replace what they say")
  func edits() {
    var text = TextDocument(Self.text, encoding: .utf16)
    text.replace(range((3, 3), (4, 4)), with: "x\r\ny\n")
    #expect(text.lines == ["rsenb 1", "", "let a = 1", "# äx", "y", "b = \"🎹\" ; $b", ""])
    text.replace(range((0, 0), (99, 0)), with: "")
    #expect(text.lines == [""])
    text.replace(range((5, 5), (0, 0)), with: "end")
    #expect(text.lines == ["end"])
  }

  /// Whatever is typed, edits lead to the text that they make of a string, and its pieces are those of a text that
  /// is read as a whole.
  @Test("after any edits a document is as if it had been opened so")
  func randomEdits() {
    var random = SeededRandom(seed: 11)
    let words = [
      "let a = 1", "\n", "\n\n", "{", "}", "# prose", "| 3", "!", "\"", "for n in 1..3 {", "$a",
      " ",
      "train 5", "🎹", "\r\n", "\\", "(", ";",
    ]
    let language = Language(.workbench)
    for _ in 0..<40 {
      let document = OpenDocument(
        uri: "x.rsenb",
        version: nil,
        text: "rsenb 1\n",
        languageName: nil,
        encoding: .utf16,
        language: language
      )
      for _ in 0..<12 {
        let line = Int.random(in: 0..<document.text.lines.count, using: &random)
        let other = Int.random(
          in: line...min(line + 1, document.text.lines.count - 1),
          using: &random
        )
        let start = Int.random(in: 0...8, using: &random)
        let word = words[Int.random(in: 0..<words.count, using: &random)]
        document.change(range((line, start), (other, start + 2)), to: word)
        let fresh = DocumentAnalysis(document.text.lines, isNotebook: true, language: language)
        let now = document.analysis
        #expect(now.pieces.map(\.lines) == fresh.pieces.map(\.lines))
        #expect(now.pieces.map(\.isFailing) == fresh.pieces.map(\.isFailing))
        #expect(now.defined == fresh.defined)
        _ = (document.diagnostics, document.symbols, document.formatting, document.tokens)
        let position = Position(line: line, character: start)
        _ = (document.hover(at: position), document.signature(at: position))
        _ = (document.definition(at: position), document.completion(at: position, .workbench))
      }
    }
  }

  @Test("only cells that have changed are parsed again")
  func reuse() throws {
    let language = Language(.workbench)
    let lines = (0..<200).flatMap { ["let a\($0) = \($0)", "", "# prose", "| 3"] }
    let document = OpenDocument(
      uri: "x.rsenb",
      version: nil,
      text: (["rsenb 1", ""] + lines).joined(separator: "\n"),
      languageName: nil,
      encoding: .utf16,
      language: language
    )
    let before = document.analysis.pieces.map { ObjectIdentifier($0.piece) }
    document.change(range((6, 0), (6, 0)), to: "echo ")
    let after = document.analysis.pieces.map { ObjectIdentifier($0.piece) }
    #expect(before.count == 200 && after.count == 200)
    #expect(zip(before, after).count { $0 != $1 } == 1)
  }
}
