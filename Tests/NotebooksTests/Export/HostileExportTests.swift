import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("Hostile notebooks")
struct HostileExportTests {
  private static let names: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "main", "footer", "details", "summary", "dl",
    "dt", "dd", "div", "section", "pre", "code", "samp", "span", "p", "h1", "h2", "h3", "h4", "h5",
    "h6", "ul", "ol", "li", "em", "strong", "del", "blockquote", "hr", "br", "a", "img", "table",
    "thead", "tbody", "tr", "th", "td", "figure",
  ]
  private static let keys: Set<String> = [
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "src", "alt",
    "width",
    "height", "title", "align", "start",
  ]

  @Test("become no markup, wherever a text stands", arguments: Hostile.texts)
  func everywhere(text: String) throws {
    let body =
      "say a\n" + Hostile.lines(text, mark: "|") + Hostile.lines(text, mark: "~") + "fail\n"
      + Hostile.lines(text, mark: "!") + "\n" + Hostile.lines("  \(text)", mark: "say")
      + "\n" + Hostile.lines(text, mark: "#")
    let name = text.unicodeScalars.filter { !"/\n\0".unicodeScalars.contains($0) }
    let export = try ExportTry(body, file: String(String.UnicodeScalarView(name)) + ".rsenb")
    try check(export.page())
  }

  @Test("become no markup in any mixture", arguments: 0..<8)
  func mixtures(part: UInt64) throws {
    for seed in part * 40..<part * 40 + 40 {
      var random = SeededRandom(seed: seed)
      var body = ""
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let texts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Hostile.texts.randomElement(using: &random) ?? ""
        }
        let mark = ["#", "#", "say", "|", "~", "!"].randomElement(using: &random) ?? "#"
        let glue = ["", " ", "\n", "\n\n", "|"].randomElement(using: &random) ?? ""
        body += Hostile.lines(texts.joined(separator: glue), mark: mark)
      }
      let export = try ExportTry(body)
      do {
        try check(export.page())
      } catch {
        Issue.record("seed \(seed): \(error)\n\(body)")
      }
      _ = try export.json()
      _ = export.markdown()
    }
  }

  private func check(_ page: CheckedPage) throws {
    let scripts = page.texts(of: "script")
    #expect(scripts.isEmpty || scripts == [CopyScript.text])
    for element in page.elements where element.name != "script" {
      #expect(Self.names.contains(element.name), "\(element.name)")
      #expect(Self.keys.isSuperset(of: element.attributes.keys), "\(element.attributes.keys)")
      if let address = element.attributes["src"] { #expect(address.hasPrefix("data:image/png;")) }
      if let address = element.attributes["href"] {
        #expect(element.name == "a")
        let scheme = MarkdownTree.scheme(of: address) ?? "https"
        #expect(["http", "https", "mailto"].contains(scheme), "\(address)")
      }
    }
    let scalars = page.elements.map(\.text).joined().unicodeScalars
    #expect(scalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
  }

  @Test("keep their code and output to the letter")
  func letters() throws {
    let printable = Hostile.texts.filter { text in
      !text.contains("\n") && HTMLText.printable(text) == text
    }
    for text in printable {
      let page = try ExportTry("say \(text)\n| \(text)\n").page()
      #expect(page.texts(of: "pre", class: "code") == ["say \(text)"])
      #expect(page.texts(of: "pre", class: "output") == [text])
    }
  }

  @Test("show control characters by their pictures")
  func controls() {
    #expect(
      HTMLText.escaped("\0\u{1B}[1m\u{7F}\u{9B}\r\t\n\u{1FFFE}a") == "␀␛[1m␡\u{FFFD}␍\t\n\u{FFFD}a"
    )
  }

  @Test("load nothing: addresses stand in the links of the prose only")
  func network() throws {
    let plain = try ExportTry("# # T\nsay a\n| a\nplot\n| a.png\n", pictures: ["a.png"]).html()
    for word in ["http:", "https:", "//", "@import", "url(", "<link", "<iframe"] {
      #expect(!plain.contains(word), "\(word)")
    }
    // The one script copies code.
    #expect(plain.components(separatedBy: "<script").count == 2)
    #expect(plain.contains("<script>\(CopyScript.text)</script>"))
    let page = try ExportTry("# [a](https://b.c/d) ![e](http://b.c/f.png) ![](//b.c/g.png)\n")
      .page()
    #expect(page.elements.filter { $0.name == "img" }.isEmpty)
    #expect(
      page.elements.compactMap { $0.attributes["href"] } == ["https://b.c/d", "http://b.c/f.png"]
    )
  }

  @Test(
    "of prose that costs parsers dearly are exported all the same",
    arguments: [
      ("![[]()", 40_000), ("|", 60_000), ("> ", 60_000), ("- ", 30_000), ("[", 60_000),
      ("*a ", 60_000),
      ("[a]: /u\n", 20_000), ("|\n", 30_000), ("a\n\n", 60_000), ("```\n", 30_000),
      ("<!--", 30_000),
    ]
  )
  func bombs(text: String, count: Int) throws {
    let prose = "# " + String(repeating: text, count: count).replacing("\n", with: "\n# ") + "\n"
    let export = try ExportTry(prose + "say a\n| a\n")
    #expect(try export.page().texts(of: "pre", class: "output") == ["a"])
    #expect(export.html().utf8.count < 40 * prose.utf8.count + 50_000)
    #expect(export.markdown().utf8.count < 10 * prose.utf8.count + 50_000)
    #expect(try export.cells().count >= 2)
  }

  @Test("cannot multiply a long definition or a wide table")
  func expansions() throws {
    let address = String(repeating: "u", count: 60_000)
    let references = "# [a]: /\(address)\n#\n# " + String(repeating: "[a]", count: 20_000) + "\n"
    let columns = String(repeating: "|a", count: 400)
    let dashes = String(repeating: "|-", count: 400)
    let table = "# \(columns)\n# \(dashes)\n" + String(repeating: "# |\n", count: 9_000)
    for prose in [references, table] {
      #expect(try ExportTry(prose).html().utf8.count < 20 * prose.utf8.count)
    }
  }
}
