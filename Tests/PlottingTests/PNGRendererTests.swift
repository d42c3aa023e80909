import Testing

@testable import Plotting

@Suite("PNG renderer")
struct PNGRendererTests {
  @Test("size and pixels are where they should be", arguments: [1.0, 2, 3])
  func pixels(scale: Double) throws {
    var list = DrawList(size: Size(40, 30), ground: Color(0xFFEEDD))
    list.rectangle(Rect(x: 10, y: 5, width: 10, height: 10), fill: Color(0x112233))
    list.circle(Point(30, 10), radius: 5, fill: Color(0xFF0000))
    list.polygon([Point(0, 20), Point(8, 20), Point(8, 28), Point(0, 28)], fill: Color(0x00FF00))
    list.line(from: Point(10, 25), to: Point(20, 25), Stroke(Color(0x0000FF), width: 4))
    list.clipped(to: Rect(x: 22, y: 20, width: 4, height: 8)) { list in
      list.rectangle(Rect(x: 20, y: 18, width: 20, height: 20), fill: Color(0x123456))
    }
    list.image(
      Bitmap(width: 2, height: 1, pixels: [Color(0x101010), Color(0x202020).opacity(0)]),
      in: Rect(x: 30, y: 20, width: 8, height: 8)
    )
    let file = try PNGFile(try PNGRenderer(scale: scale).render(list))
    #expect(file.width == Int(40 * scale))
    #expect(file.height == Int(30 * scale))
    func pixel(_ x: Double, _ y: Double) -> [UInt8] {
      file.pixel(Int((x * scale).rounded(.down)), Int((y * scale).rounded(.down)))
    }
    let ground: [UInt8] = [0xFF, 0xEE, 0xDD]
    #expect(pixel(0, 0) == ground)
    #expect(file.pixel(file.width - 1, file.height - 1) == ground)
    #expect(pixel(10, 5) == [0x11, 0x22, 0x33])
    #expect(pixel(19, 14) == [0x11, 0x22, 0x33])
    #expect(pixel(20.5, 10) == ground)
    #expect(pixel(30, 10) == [0xFF, 0, 0])
    #expect(pixel(25, 5) == ground)
    #expect(pixel(4, 24) == [0, 0xFF, 0])
    #expect(pixel(15, 25) == [0, 0, 0xFF])
    #expect(pixel(24, 24) == [0x12, 0x34, 0x56])
    #expect(pixel(27, 24) == ground)
    #expect(pixel(31, 24) == [0x10, 0x10, 0x10])
    #expect(pixel(36, 24) == ground)
  }

  @Test("texts leave ink inside their boxes and nowhere else", arguments: 0..<4)
  func textInk(quarterTurns: Int) throws {
    var list = DrawList(size: Size(120, 120))
    list.text(
      "Shuffle 42",
      at: Point(60, 60),
      TextStyle(size: 12, color: Color(0)),
      anchor: TextAnchor(.centre, .middle),
      quarterTurns: quarterTurns
    )
    let file = try PNGFile(try PNGRenderer().render(list))
    let box = list.texts[0].bounds.inset(by: -1)
    var (inside, outside) = (0, 0)
    for y in 0..<file.height {
      for x in 0..<file.width where file.pixel(x, y)[0] < 128 {
        let point = Rect(x: Double(x) / 2, y: Double(y) / 2, width: 0.5, height: 0.5)
        if box.contains(point) { inside += 1 } else { outside += 1 }
      }
    }
    #expect(inside > 300)
    #expect(outside == 0)
  }

  @Test("provenance is kept in text chunks, in the order of keywords")
  func provenance() throws {
    let texts = ["Software": "rse 0.1.0", "Source": "train 200\nplot loss", "Comment": ""]
    let bytes = try PNGRenderer().render(DrawListTests.small, provenance: texts)
    let file = try PNGFile(bytes)
    #expect(file.texts == texts)
    #expect(file.chunks.first?.type == "IHDR")
    #expect(file.chunks.map(\.type).contains("pHYs"))
    #expect(file.chunks.last?.type == "IEND")
    let again = try PNGRenderer().render(DrawListTests.small, provenance: texts)
    #expect(bytes == again)
  }

  @Test("texts beyond ASCII are kept as UTF-8")
  func internationalProvenance() throws {
    let bytes = try PNGRenderer().render(DrawListTests.small, provenance: ["Title": "Länge ≥ 8\0"])
    let chunk = try #require(try PNGFile(bytes).chunks.first { $0.type == "iTXt" })
    let text = String(decoding: chunk.contents, as: UTF8.self)
    #expect(text.hasPrefix("Title\0"))
    #expect(text.hasSuffix("Länge ≥ 8\u{FFFD}"))
  }

  @Test(
    "keywords are short printable words",
    arguments: [
      ("Software", true), ("", false), (" a", false), ("a ", false), ("ä", false), ("a\n", false),
      (String(repeating: "k", count: 79), true), (String(repeating: "k", count: 80), false),
    ]
  )
  func keywords(text: String, isKeyword: Bool) {
    #expect(PNGEncoder.isKeyword(text) == isKeyword)
  }

  @Test("a picture that is too large is refused with its size")
  func tooLarge() {
    let list = DrawList(size: Size(100_000, 100))
    #expect(throws: PlotError.tooLarge(width: 200_000, height: 200, limit: 16_384)) {
      try PNGRenderer().render(list)
    }
  }

  @Test("errors say what happened and what to do")
  func messages() {
    let large = PlotError.tooLarge(width: 200_000, height: 200, limit: 16_384)
    #expect(
      large.localizedDescription
        == "a picture of 200,000 × 200 pixels is too large: at most 16,384 on a side; "
        + "choose a smaller size or scale"
    )
  }
}
