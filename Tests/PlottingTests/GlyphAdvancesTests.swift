import Foundation
import Testing

@testable import Plotting

@Suite("Advances of glyphs")
struct GlyphAdvancesTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/Plotting/Values/GlyphAdvances.txt")

  @Test("every number of the table is that of the installed font")
  func table() throws {
    let font = InstalledFont()
    var lines: [String] = []
    for weight in [FontWeight.regular, .bold] {
      lines.append(weight.rawValue)
      for run in GlyphAdvances.of(weight).runs {
        let advances = try run.advances.indices.map { index in
          let scalar = try #require(Unicode.Scalar(run.first + UInt32(index)))
          // A font of 2048 points has one point for each unit.
          let advance = font.advance(of: String(scalar), size: 2048, weight: weight)
          return String(Int(advance.rounded()))
        }
        let first = String(run.first, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - first.count))
        lines.append(([zeros + first] + advances).joined(separator: " "))
      }
    }
    let measured = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["RSE_WRITE_ADVANCES"] != nil {
      try measured.write(to: Self.file, atomically: true, encoding: .utf8)
      Issue.record("the table is written; run the tests again")
    } else {
      #expect(measured == (try String(contentsOf: Self.file, encoding: .utf8)))
    }
  }

  @Test(
    "characters inside and outside of runs are told apart",
    arguments: [FontWeight.regular, .bold]
  )
  func edges(weight: FontWeight) {
    let advances = GlyphAdvances.of(weight)
    #expect(advances.advance(of: " ") == (weight == .bold ? 713 : 651))
    #expect(advances.advance(of: "~") == 1716)
    #expect(advances.advance(of: "\u{7F}") == nil)
    #expect(advances.advance(of: "\u{10FFFF}") == nil)
    #expect(advances.runs.reduce(0) { $0 + $1.advances.count } == 373)
  }
}
