import Foundation
import Plotting
import TestSupport
import Testing

@testable import Sessions
@testable import Workbench

@Suite("Formats of pictures") struct PictureFormatTests {
  @Test("the ending decides the format, and the drawing stays the same")
  func endings() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=4; model rse maps=4; train 2")
    let starts = ["png": "\u{FFFD}PNG", "svg": "<?xml", "pdf": "%PDF-", "PDF": "%PDF-"]
    for (ending, start) in starts.sorted(by: { $0.key < $1.key }) {
      test.submit("let \(ending) = plot loss loss.\(ending)")
      #expect(test.diagnostics.isEmpty)
      let file = try Data(contentsOf: URL(fileURLWithPath: test.folder("loss.\(ending)")))
      #expect(String(decoding: file, as: UTF8.self).hasPrefix(start))
    }
    test.submit("assert $png.drawing == $svg.drawing; assert $svg.drawing == $pdf.drawing")
    #expect(test.diagnostics.isEmpty)
    let page = try test.folder.text(of: "loss.svg")
    #expect(page.contains(">Learning to add two binary numbers</text>"))
    #expect(page.contains("train 2"))
  }

  @Test("theme=paper is a column wide and has no title but one that is asked for")
  func paper() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=4; model rse maps=4 as=a; train 2")
    test.submit("model rse maps=4 as=b; train 2; plot loss a.svg of=a,b theme=paper")
    test.submit("plot loss b.svg of=a,b theme=paper title=\"Sizes\"")
    #expect(test.diagnostics.isEmpty)
    let page = try test.folder.text(of: "a.svg")
    #expect(page.contains("width=\"237.6pt\"") && page.contains("stroke-dasharray"))
    #expect(!page.contains("Learning to add two binary numbers"))
    #expect(try test.folder.text(of: "b.svg").contains(">Sizes</text>"))
  }

  @Test("a route moves in a GIF file as in a PNG file")
  func animations() throws {
    let test = try TestSession()
    test.submit("route 1 0; let a = plot route swap.gif animate=on")
    test.submit("let b = plot route swap.png animate=on")
    test.submit("assert $a.frames == $b.frames; assert $a.drawing == $b.drawing")
    #expect(test.diagnostics.isEmpty)
    let file = try Data(contentsOf: URL(fileURLWithPath: test.folder("swap.gif")))
    #expect(file.starts(with: "GIF89a".utf8))
  }

  @Test(
    "a format that does not hold the picture is refused with those that do",
    arguments: [
      ("plot route a.gif", "holds an animation", ".png, .svg or .pdf"),
      ("plot route a.pdf animate=on", "holds no animation", ".png or .gif"),
      ("plot route a.svg animate=on", "holds no animation", ".png or .gif"),
      ("plot route a.bmp", "ending in .png, .svg, .pdf or .gif", ""),
    ]
  )
  func refusals(statement: String, message: String, remedy: String) throws {
    let test = try TestSession()
    test.submit("route 1 0")
    test.submit(statement)
    let diagnostic = try #require(test.diagnostics.first)
    #expect(diagnostic.message.contains(message))
    #expect(diagnostic.remedy?.contains(remedy) ?? remedy.isEmpty)
    #expect(try test.folder.names().isEmpty)
  }
}
