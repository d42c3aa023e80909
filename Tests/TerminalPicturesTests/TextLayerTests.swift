import Plotting
import Testing

@testable import TerminalPictures

@Suite("Texts among characters")
struct TextLayerTests {
  private func item(
    _ text: String,
    x: Double,
    y: Double = 8,
    _ horizontal: TextAnchor.Horizontal = .left,
    turns: Int = 0
  ) -> TextItem {
    var list = DrawList(size: Size(160, 80))
    list.text(
      text,
      at: Point(x, y),
      TextStyle(size: 13, color: Theme.light.text),
      anchor: TextAnchor(horizontal, .middle),
      quarterTurns: turns
    )
    return list.texts[0]
  }

  private func shown(
    _ items: [TextItem],
    _ characters: BlockStyle.Characters = .unicode
  ) -> [String] {
    let style = BlockStyle(colors: .none, characters: characters)
    var layer = TextLayer(theme: .light, style: style, grid: BlockGrid(columns: 20, rows: 5))
    for item in items { layer.place(item) }
    return BlockWriter(style: style).text(layer.grid).split(separator: "\n").map(String.init)
  }

  @Test("anchors are kept")
  func anchors() {
    #expect(shown([item("left", x: 16)]) == ["  left"])
    #expect(shown([item("right", x: 80, .right)]) == ["     right"])
    #expect(shown([item("mid", x: 44, .centre)]) == ["    mid"])
    #expect(shown([item("edge", x: 158)]) == ["                edge"])
  }

  @Test("a text never covers another: it moves a little, is cut or left out")
  func neighbours() {
    let first = item("first", x: 40)
    #expect(shown([first, item("go", x: 32, .right)]) == ["  go first"])
    #expect(shown([first, item("go", x: 40, .right)]) == ["  go first"])
    #expect(shown([first, item("gone", x: 48)]) == ["     first"])
    #expect(
      shown([item("end", x: 136), item("a long remark on it", x: 40)]) == ["     a long rem… end"]
    )
  }

  @Test("turned texts run downwards where there is room and are left out elsewhere")
  func upright() {
    #expect(
      shown([item("abc", x: 12, y: 40, .centre, turns: 1)]) == [" a", " b", " c"]
    )
    #expect(shown([item("abcdef", x: 12, y: 40, .centre, turns: 1)]).isEmpty)
    #expect(shown([item("xyz", x: 8), item("abcde", x: 12, y: 40, .centre, turns: 1)]) == [" xyz"])
  }

  @Test("wide characters take two columns and are never cut in half")
  func wide() {
    #expect(shown([item("長さ", x: 16, .right)]) == ["長さ"])
    #expect(shown([item("長い長い長い長い長い長い", x: 0)]) == ["長い長い長い長い長…"])
  }

  @Test(
    "beyond ASCII, signs are written as they are typed",
    arguments: [
      ("8…64", "8...64"), ("5×10⁻¹²", "5x10^-12"), ("−0.5", "-0.5"), ("Beneš", "Benes"),
      ("x² ≥ 0", "x^2 >= 0"), ("長", "?"), ("plain ^2", "plain ^2"),
    ]
  )
  func ascii(text: String, expected: String) {
    #expect(text.inASCII == expected)
    #expect(shown([item(text, x: 0)], .ascii) == [expected])
  }
}

@Suite("Colours of terminals")
struct TerminalColorTests {
  @Test(
    "colours are the nearest of 256",
    arguments: [(0x000000, 16), (0xFFFFFF, 231), (0xFF0000, 196), (0x5F87AF, 67), (0x767676, 243)]
  )
  func indexed(rgb: UInt32, index: Int) {
    #expect(Color(rgb).indexed == index)
  }

  @Test("the first series of both themes differ among 16 colours", arguments: [Theme.light, .dark])
  func basic(theme: Theme) {
    #expect(Set(theme.palette.prefix(5).map(\.basic)).count == 5)
  }
}
