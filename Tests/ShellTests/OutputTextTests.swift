import Notebooks
import Testing

@testable import rse

@Suite("Lines of a drawing in a terminal")
struct OutputTextTests {
  @Test("crossing switches stand out, and ASCII takes the place of box drawing")
  func shown() {
    let line = "0 ─┬╲╱┬─ 1    0→1"
    #expect(OutputText.shown(OutputLine(line), hasColor: false, isUTF8: true) == line)
    #expect(
      OutputText.shown(OutputLine(line), hasColor: false, isUTF8: false) == "0 -+\\/+- 1    0->1"
    )
    #expect(
      OutputText.shown(OutputLine(line), hasColor: true, isUTF8: true)
        == "0 ─\u{1B}[35m┬╲╱┬\u{1B}[0m─ 1    0→1"
    )
    let shades = [
      OutputLine.Shade(2..<6, strength: 0.2), OutputLine.Shade(7..<8, strength: 0.001),
      OutputLine.Shade(8..<99, strength: 1),
    ]
    let shaded = OutputLine("a wör d", shades: shades)
    #expect(
      OutputText.shown(shaded, hasColor: true, isUTF8: true)
        == "a \u{1B}[38;5;16;48;5;221mwör\u{1B}[0m d"
    )
    #expect(OutputText.shown(shaded, hasColor: false, isUTF8: true) == "a wör d")
    #expect(OutputText.shown(OutputLine("plain"), hasColor: true, isUTF8: false) == "plain")
  }
}
