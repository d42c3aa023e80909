import Notebooks
import Testing

@testable import Sessions

@Suite("Lines of pages that are too wide")
struct LineBreakingTests {
  private func pieces(_ text: String, width: Int) -> [String] {
    OutputLine(text).broken(width: width, margin: 2, continuation: "  > ").map(\.text)
  }

  @Test("are broken at blanks, and within words only where there are none")
  func breaking() {
    #expect(pieces("  one two three", width: 15) == ["  one two three"])
    #expect(pieces("  one two three", width: 14) == ["  one two", "  > three"])
    #expect(pieces("  one   two", width: 7) == ["  one", "  > two"])
    #expect(pieces("  abcdefghij", width: 8) == ["  abcdef", "  > ghij"])
    #expect(pieces("  日本語日本語", width: 8) == ["  日本語", "  > 日本", "  > 語"])
    #expect(pieces("", width: 20) == [""])
  }

  @Test("keep the styles of their parts")
  func styles() {
    let line = OutputLine("ab cd", styles: [.init(0..<2, .command), .init(3..<5, .string)])
    let pieces = line.broken(width: 3, margin: 0, continuation: "+")
    #expect(pieces.map(\.text) == ["ab", "+cd"])
    #expect(pieces[0].styles == [.init(0..<2, .command)])
    #expect(pieces[1].styles == [.init(1..<3, .string)])
  }
}
