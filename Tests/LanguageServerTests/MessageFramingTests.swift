import TestSupport
import Testing

@testable import LanguageServer

@Suite("Messages in a stream")
struct MessageFramingTests {
  private func pieces(_ text: String, step: Int = .max) -> [String] {
    var framing = MessageFraming()
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      framing.append(Array(rest.prefix(step)))
      rest = rest.dropFirst(step)
      while let piece = framing.next() {
        switch piece {
        case .content(let bytes): found.append(String(decoding: bytes, as: UTF8.self))
        case .fault(let text): found.append("fault: " + text.prefix { $0 != ":" })
        }
      }
    }
    return found
  }

  @Test("come as their headers say, however the bytes are divided", arguments: [1, 2, 7, 1000])
  func division(step: Int) {
    let text = """
      Content-Length: 4\r\n\r\nä{}content-length:2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}\
      Content-Length: 0\r\n\r\nContent-Length: 3\n\nabc
      """
    #expect(pieces(text, step: step) == ["ä{}", "{}", "", "abc"])
  }

  @Test(
    "behind a damaged header the next one is found",
    arguments: [
      "Content-Length: many\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Length: 2\r\n\r\n{}",
      "Content-Length: 99999999999999999999\r\n\r\n{}",
      "Content-Length: 9223372036854775807\r\n\r\n{}", "\r\n\r\n", "{}{}\n\n",
      String(repeating: "x", count: 40_000),
    ]
  )
  func damage(text: String) {
    let found = pieces(text + "Content-Length: 2\r\n\r\n{}", step: 5)
    #expect(found.first?.hasPrefix("fault: a header") == true)
    #expect(found.last == "{}")
  }

  @Test("a message that is too large is stepped over without being kept")
  func large() {
    var framing = MessageFraming()
    let length = MessageFraming.largest + 5
    framing.append(Array("Content-Length: \(length)\r\n\r\n".utf8))
    var faults = 0
    let block = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
    var left = length
    while left > 0 {
      framing.append(Array(block.prefix(left)))
      left -= min(left, block.count)
      while let piece = framing.next() {
        guard case .fault(let text) = piece else { continue }
        #expect(text.contains("\(length) bytes"))
        faults += 1
      }
    }
    framing.append(Array("Content-Length: 2\r\n\r\n{}".utf8))
    #expect(faults == 1 && framing.next() == .content(Array("{}".utf8)))
  }

  @Test("any bytes are taken")
  func anything() {
    var random = SeededRandom(seed: 7)
    let words = [
      "Content-Length: ", "\r\n", "\n", "\r", "7", "{}", "c", "Content-", "\u{0}", "ü", "-", " ",
    ]
    for _ in 0..<2000 {
      let text = (0..<20).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
      _ = pieces(text.joined(), step: 3)
    }
  }
}
