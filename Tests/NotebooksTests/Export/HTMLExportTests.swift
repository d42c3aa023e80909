import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A notebook as a page")
struct HTMLExportTests {
  @Test("has prose, code, output and header facts in order")
  func structure() throws {
    let export = try ExportTry(
      """
      # # A *title*
      # Words with **weight**.

      say one
      | one
      murmur 2 s
      ~ 2 s

        # aside
      # - a
      #   - b
      """
    )
    let page = try export.page()
    #expect(page.texts(of: "title") == ["A title"])
    #expect(page.texts(of: "h1") == ["A title"])
    #expect(page.texts(of: "strong") == ["weight"])
    #expect(page.texts(of: "pre", class: "code") == ["say one", "murmur 2 s", "  # aside"])
    #expect(page.texts(of: "pre", class: "output") == ["one", "2 s"])
    #expect(page.texts(of: "span", class: "volatile") == ["2 s", "Paler lines"])
    #expect(page.texts(of: "li").count == 2)
    #expect(page.texts(of: "dd") == ["book.rsenb"])
    #expect(export.html().hasSuffix("</html>\n"))
  }

  @Test("has a heading from the file's name where the prose has none")
  func noHeading() throws {
    let page = try ExportTry("say a\n", file: "a <b>.rsenb").page()
    #expect(page.texts(of: "h1") == ["a <b>"])
    #expect(page.texts(of: "title") == ["a <b>"])
    #expect(page.texts(of: "pre", class: "output").isEmpty)
    #expect(page.texts(of: "span", class: "volatile").isEmpty)
  }

  @Test("says how cells failed")
  func failures() throws {
    let export = try ExportTry(
      "fail no\n! no\n! why\nfail\n!\nsay a\n| a\n~ failed: bad\n~ failed:   very\nstop\n~ 1 s\n~ interrupted\n"
    )
    let page = try export.page()
    let isMarked = { (element: CheckedPage.Element) in
      element.attributes["class"]?.hasPrefix("failure") ?? false
    }
    let marks = page.elements.filter(isMarked)
    #expect(
      marks.map { $0.attributes["class"] } == [
        "failure expected", "failure expected", "failure unexpected", "failure unexpected",
      ]
    )
    #expect(
      marks.map(\.text) == [
        "\nFails, as expected\nno\nwhy\n", "\nFails, as expected\n", "\nFailed\nbad\n  very\n",
        "\nInterrupted\n",
      ]
    )
    #expect(page.texts(of: "pre", class: "output") == ["a", "1 s"])
  }

  @Test("shows pictures inside, with their size and what drew them")
  func pictures() throws {
    let export = try ExportTry(
      """
      # ![A curve](my%20loss.png) ![Far](https://a.b/c.png)

      plot "my loss.png"
      | my loss.png  drawing 0123456789ab
      plot loss
      | loss  drawing 0123456789ab
      ~ wrote sub/loss.PNG
      save
      ~ sub/loss.PNG 3 bytes
      | https://a.b/d.png
      ~ wrote
      | wrote none.png
      | .png
      """,
      pictures: ["my loss.png", "sub/loss.PNG"]
    )
    let page = try export.page()
    let images = page.elements.filter { $0.name == "img" }.map(\.attributes)
    #expect(
      images.map { $0["alt"] } == [
        "A curve", "my loss.png, drawn by: plot \"my loss.png\"",
        "sub/loss.PNG, drawn by: plot loss",
        "sub/loss.PNG, drawn by: save",
      ]
    )
    #expect(
      images.map { $0["src"] }
        == [0, 0, 1, 1].map { "data:image/png;base64," + ExportTry.code(of: $0) }
    )
    #expect(images.allSatisfy { $0["width"] == "3" && $0["height"] == "2" })
    #expect(page.texts(of: "a") == ["Far"])
    #expect(export.export(as: .html).missing.isEmpty)
  }

  @Test("shows SVG as an image, never as elements of the page")
  func vectorPictures() throws {
    let export = try ExportTry("plot\n| a.svg  drawing 0123456789ab\nplot\n| b.svg\n")
    try export.folder.write(ExportTry.svg, to: "a.svg")
    let script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
    try export.folder.write(script, to: "b.svg")
    let page = try export.page()
    let addresses = page.elements.filter { $0.name == "img" }.map { $0.attributes["src"] }
    #expect(
      addresses
        == [ExportTry.svg, script].map {
          "data:image/svg+xml;base64," + Data($0.utf8).base64EncodedString()
        }
    )
    #expect(!page.elements.contains { $0.name == "svg" })
    #expect(!page.texts(of: "script").contains { $0.contains("alert") })
    #expect(export.export(as: .html).missing.isEmpty)
    #expect(export.markdown().contains("(out_files/a.svg)"))
  }

  @Test("says where a picture is missing, or is none")
  func missingPictures() throws {
    let export = try ExportTry(
      "# ![x](a.png)\nplot\n| a.png  drawing 0123456789ab\nplot\n| no.png  drawing 0123456789ab\n"
        + "plot\n| pipe.png\n| folder.png\n",
      pictures: ["folder.png/x.png"]
    )
    try export.folder.write("<svg>", to: "no.png")
    #expect(mkfifo(export.folder("pipe.png"), 0o600) == 0)
    let page = try export.page()
    let sentence = "picture a.png is missing: run rse record book.rsenb"
    #expect(page.texts(of: "span", class: "missing") == [sentence])
    let others = page.texts(of: "p", class: "missing")
    #expect(others.count == 4)
    #expect(others.first == sentence)
    #expect(others.dropFirst().allSatisfy { $0.contains("is left out: it is no picture") })
    for format in NotebookExport.Format.allCases {
      let missing = export.export(as: format).missing
      #expect(missing == ["a.png", "no.png", "pipe.png", "folder.png"])
    }
  }

  @Test("colours the parts of code that it is given, and passes over what does not fit")
  func colors() throws {
    var export = try ExportTry("say é <b>\n")
    export.options.colors = { code in
      #expect(code == "say é <b>")
      return [
        CodeColor(7..<10, .string), CodeColor(0..<3, .command), CodeColor(1..<5, .number),
        CodeColor(5..<6, .number), CodeColor(8..<99, .comment), CodeColor(-3 ..< -1, .comment),
        CodeColor(10..<10, .comment), CodeColor(40..<50, .comment),
      ]
    }
    let page = try export.page()
    #expect(page.texts(of: "pre", class: "code") == ["say é <b>"])
    #expect(page.texts(of: "span", class: "string") == ["<b>"])
    #expect(page.texts(of: "span", class: "command") == ["say"])
    #expect(page.elements.filter { $0.name == "span" }.count == 2)
  }

  @Test("reads notebooks with a byte order mark and carriage returns alike")
  func endings() throws {
    let lines = ["rsenb 1", "threads: 2", "", "# # T", "# a", "say x", "| x", ""]
    let plain = try Notebook(parsing: lines.joined(separator: "\n"), file: "a.rsenb")
    let other = try Notebook(parsing: "\u{FEFF}" + lines.joined(separator: "\r\n"), file: "a.rsenb")
    for format in NotebookExport.Format.allCases {
      let exports = [plain, other].map {
        NotebookExport.make($0, as: format, to: "a.out", groupedBy: ToyEvaluator())
      }
      #expect(exports[0].document == exports[1].document)
    }
  }

  @Test("shows output above all cells and comments between them")
  func orphans() throws {
    let export = try ExportTry("| lost\n~ too\n\n  # aside\n\n  # more\nsay a\n| a\n")
    let page = try export.page()
    #expect(page.texts(of: "pre", class: "output") == ["lost\ntoo", "a"])
    #expect(page.texts(of: "pre", class: "code") == ["  # aside\n\n  # more", "say a"])
  }

  @Test("keeps an empty first line of code and output")
  func emptyLines() throws {
    let page = try ExportTry("say a\n|\n| b\n|\n").page()
    #expect(page.texts(of: "pre", class: "output") == ["\nb\n"])
  }
}
