import Foundation
import FoundationXML
import Testing

@testable import Plotting

@Suite("SVG renderer")
struct SVGRendererTests {
  @Test("a figure is well-formed, has its size in points, and its texts are texts in their order")
  func texts() throws {
    for sample in SampleFigures.all {
      let drawing = sample.figure.drawList()
      let page = try XMLElements(try drawing.file(as: .svg))
      let root = try #require(page.elements.first)
      #expect(root.name == "svg")
      let (width, height) = (Int(drawing.size.width), Int(drawing.size.height))
      #expect(root.attributes["width"] == "\(width)pt")
      #expect(root.attributes["viewBox"] == "0 0 \(width) \(height)")
      #expect(page.texts(of: "text") == drawing.texts.map(\.text))
    }
  }

  @Test("shapes stand where they were put")
  func shapes() throws {
    let page = try XMLElements(try DrawListTests.small.file(as: .svg))
    func first(_ name: String) throws -> [String: String] {
      try #require(page.elements.first { $0.name == name }).attributes
    }
    #expect(try first("polyline")["points"] == "1,2 3.14,4.01 0,1000000")
    #expect(try first("polyline")["stroke-dasharray"] == "3,2")
    #expect(try first("polygon")["fill-opacity"] == "0.502")
    #expect(try first("circle")["r"] == "2.5")
    #expect(page.elements.filter { $0.name == "clipPath" }.count == 1)
    let clip = try #require(page.elements.first { $0.attributes["clip-path"] != nil })
    #expect(clip.attributes["clip-path"] == "url(#\(try first("clipPath")["id"] ?? ""))")
  }

  @Test("texts that look like markup, or that XML does not have, do no harm")
  func hostileTexts() throws {
    var list = DrawList(size: Size(40, 30))
    let texts = ["</text><script>&amp;\"'", "a  b", "\u{FFFE}", "\u{1F600}"]
    for text in texts { list.text(text, at: Point(1, 1), TextStyle(size: 8, color: Color(0))) }
    let bytes = try list.file(as: .svg, provenance: ["Script": "a < 1\n]]>\u{1}\0"])
    let page = try XMLElements(bytes)
    #expect(page.texts(of: "text") == [texts[0], texts[1], "\u{FFFD}", texts[3]])
    #expect(page.texts(of: "desc") == ["Script: a < 1\n]]>\u{FFFD}\u{FFFD}"])
    #expect(!page.elements.contains { $0.name == "script" })
  }

  @Test("bitmaps keep all their pixels and their opacity")
  func bitmaps() throws {
    var list = DrawList(size: Size(40, 30))
    let pixels = [Color(0x102030), Color(0x405060), Color(0x708090), Color(0).opacity(0)]
    list.image(
      Bitmap(width: 2, height: 2, pixels: pixels),
      in: Rect(x: 1, y: 2, width: 30, height: 20)
    )
    let page = try XMLElements(try list.file(as: .svg))
    let image = try #require(page.elements.first { $0.name == "image" }).attributes
    #expect(image["width"] == "30" && image["preserveAspectRatio"] == "none")
    #expect(image["style"]?.contains("pixelated") == true)
    let prefix = "data:image/png;base64,"
    let address = try #require(image["xlink:href"])
    #expect(address.hasPrefix(prefix))
    let data = try #require(Data(base64Encoded: String(address.dropFirst(prefix.count))))
    let file = try PNGFile(Array(data))
    #expect(file.width == 2 && file.height == 2)
    #expect(file.pixel(0, 0) == [0x10, 0x20, 0x30] && file.pixel(0, 1) == [0x70, 0x80, 0x90])
    #expect(file.alpha(0, 0) == 255 && file.alpha(1, 1) == 0)
  }

  @Test("equal drawings give equal bytes")
  func repetition() throws {
    let first = try SampleFigures.heatMap.drawList().file(as: .svg)
    #expect(try SampleFigures.heatMap.drawList().file(as: .svg) == first)
  }
}

/// The elements of an XML document, in their order.
private final class XMLElements: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String], text: String)] = []
  private var open: [Int] = []

  init(_ bytes: [UInt8]) throws {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    let isWellFormed = parser.parse()
    try #require(isWellFormed, "\(String(describing: parser.parserError))")
  }

  func texts(of name: String) -> [String] { elements.filter { $0.name == name }.map(\.text) }

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append((name, attributes, ""))
  }

  func parser(
    _ parser: XMLParser,
    didEndElement name: String,
    namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let element = open.last { elements[element].text += text }
  }
}
