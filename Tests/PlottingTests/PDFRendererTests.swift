import Foundation
import TestSupport
import Testing

@testable import Plotting

@Suite("PDF renderer")
struct PDFRendererTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("a page has the size of the drawing in points, and the font inside")
  func page() throws {
    let file = text(try DrawListTests.small.file(as: .pdf))
    #expect(file.hasPrefix("%PDF-1."))
    #expect(file.contains(/\/MediaBox \[ 0 0 120 80 \]/))
    #expect(file.contains(/\/FontName \/[A-Z]{6}\+DejaVuSans/))
    #expect(file.contains("/ToUnicode"))
  }

  @Test("bitmaps keep all their pixels and are not smoothed")
  func bitmaps() throws {
    var list = DrawList(size: Size(40, 30))
    let pixels = (0..<12).map { Color(UInt32($0 * 0x111111)) }
    list.image(
      Bitmap(width: 4, height: 3, pixels: pixels),
      in: Rect(x: 1, y: 2, width: 30, height: 20)
    )
    let file = text(try list.file(as: .pdf))
    #expect(file.contains(/\/Width 4\s+\/Height 3/))
    #expect(!file.contains("/Interpolate true"))
  }

  @Test("equal drawings give equal bytes: there is no date")
  func repetition() throws {
    let texts = ["Software": "rse", "Script": "plot loss\n(a", "Seed": "7", "Comment": "ä\0"]
    let drawing = SampleFigures.heatMap.drawList()
    let first = try drawing.file(as: .pdf, provenance: texts)
    // cairo's dates have seconds.
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try drawing.file(as: .pdf, provenance: texts) == first)
    #expect(!text(first).contains("Date"))
    #expect(text(first).contains("/Creator (rse)") && text(first).contains("/Subject"))
  }

  @Test("a page beyond the limit of PDF is refused")
  func tooLarge() {
    #expect(throws: PlotError.self) { try DrawList(size: Size(14_401, 10)).file(as: .pdf) }
  }

  @Test("pdftotext finds the texts")
  func extraction() throws {
    let program = "/usr/bin/pdftotext"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      print(
        "SKIPPED: there is no pdftotext (apt-get install --no-install-recommends poppler-utils)"
      )
      return
    }
    let folder = try TemporaryFolder()
    let drawing = SampleFigures.learningCurve.drawList()
    try Data(try drawing.file(as: .pdf)).write(to: URL(fileURLWithPath: folder("a.pdf")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-layout", folder("a.pdf"), folder("a.txt")]
    try process.run()
    process.waitUntilExit()
    #expect(try folder.text(of: "a.txt").contains(SampleFigures.learningCurve.title))
  }
}
