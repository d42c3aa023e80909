import Testing

@testable import Plotting

@Suite("Text metrics")
struct TextMetricsTests {
  static let samples = [
    "accuracy", "Loss (nats) – 10⁻³ × 2¹⁶", "≥ 99 % · α → β…", "ÄÖÜ äöü ß é ñ", "“quoted” ‘it’",
    "0123456789,.−+", "♯ ♭ ∞ ≈ ≤",
  ]

  @Test("embedded widths are those of the installed font", arguments: samples)
  func widthsMatchTheFont(text: String) {
    let font = InstalledFont()
    for weight in [FontWeight.regular, .bold] {
      let width = TextMetrics.width(of: text, size: 100, weight: weight)
      let advance = font.advance(of: text, size: 100, weight: weight)
      #expect(abs(width - advance) < 1, "\(width) and \(advance)")
    }
  }

  @Test("unknown characters take a plausible width")
  func unknownCharacters() {
    #expect(TextMetrics.width(of: "漢", size: 10) == 10)
    #expect(TextMetrics.width(of: "e\u{301}", size: 10) == TextMetrics.width(of: "e", size: 10))
    #expect(TextMetrics.width(of: "\u{10FFFF}", size: 10) > 0)
  }

  @Test("anchors and quarter turns move the box about its position")
  func bounds() {
    let style = TextStyle(size: 10, color: Color(0))
    let width = TextMetrics.width(of: "abc", size: 10)
    func box(_ anchor: TextAnchor, _ turns: Int) -> Rect {
      TextMetrics.bounds(
        of: "abc",
        at: Point(50, 50),
        style: style,
        anchor: anchor,
        quarterTurns: turns
      )
    }
    let flat = box(TextAnchor(.left, .baseline), 0)
    #expect(flat.minX == 50)
    #expect(abs(flat.maxX - 50 - width) < 1e-9)
    #expect(flat.minY < 50 && flat.maxY > 50)
    let upwards = box(TextAnchor(.left, .baseline), 1)
    #expect(abs(upwards.minY - (50 - width)) < 1e-9)
    #expect(upwards.minX < 50 - 7)
    let over = box(TextAnchor(.left, .baseline), 2)
    #expect(abs(over.maxX - 50) < 1e-9)
    let downwards = box(TextAnchor(.left, .baseline), -1)
    #expect(downwards.minY == 50)
    #expect(downwards.maxX > 50 + 7)
    #expect(abs(box(TextAnchor(.centre, .middle), 0).midX - 50) < 1e-9)
  }

  @Test("long texts are cut with an ellipsis", arguments: [0.0, 10, 30, 60, 75])
  func truncation(width: Double) {
    let cut = TextMetrics.truncated("a rather long name", to: width, size: 9)
    #expect(cut.hasSuffix("…"))
    #expect(cut == "…" || TextMetrics.width(of: cut, size: 9) <= width)
    #expect(TextMetrics.truncated("short", to: 100, size: 9) == "short")
  }

  @Test("texts are broken between words into a number of lines at most")
  func wrapping() {
    let text = "one two three four five six seven"
    let lines = TextMetrics.wrapped(text, to: 60, size: 9, lines: 10)
    #expect(lines.count > 2)
    #expect(lines.joined(separator: " ") == text)
    let two = TextMetrics.wrapped(text, to: 60, size: 9, lines: 2)
    #expect(two.count == 2)
    #expect(two[1].hasSuffix("…"))
    #expect(TextMetrics.wrapped("a\nb", to: 60, size: 9, lines: 3) == ["a", "b"])
    #expect(TextMetrics.wrapped("", to: 60, size: 9, lines: 3) == [])
  }
}
