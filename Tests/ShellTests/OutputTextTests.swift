import Testing

@testable import rse

@Suite("Lines of a drawing in a terminal")
struct OutputTextTests {
  @Test("crossing switches stand out, and ASCII takes the place of box drawing")
  func shown() {
    let line = "0 ─┬╲╱┬─ 1    0→1"
    #expect(OutputText.shown(line, hasColor: false, isUTF8: true) == line)
    #expect(OutputText.shown(line, hasColor: false, isUTF8: false) == "0 -+\\/+- 1    0->1")
    #expect(
      OutputText.shown(line, hasColor: true, isUTF8: true)
        == "0 ─\u{1B}[35m┬╲╱┬\u{1B}[0m─ 1    0→1"
    )
    #expect(OutputText.shown("plain", hasColor: true, isUTF8: false) == "plain")
  }
}
