import Files
import Testing

@Suite("Digest")
struct DigestTests {
  @Test(
    "the digest is XXH3-128 with seed 0 in canonical order",
    arguments: [
      ("", "99aa06d3014798d86001c324468d497f"),
      ("a", "a96faf705af16834e6c632b61e964e1f"),
      ("abc", "06b05ab6733a618578af5f94892f3950"),
    ]
  )
  func referenceValues(text: String, expected: String) {
    #expect(Digest(of: text).hex == expected)
  }

  @Test("how the bytes are cut does not matter", arguments: [1, 7, 64, 255, 256, 257, 4096])
  func piecesDoNotMatter(size: Int) {
    let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    var stream = DigestStream()
    for start in stride(from: 0, to: bytes.count, by: size) {
      stream.update(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(stream.digest == Digest(of: bytes))
  }

  @Test("asking for the digest does not end the stream")
  func digestIsAView() {
    var stream = DigestStream()
    stream.update("resi")
    let early = stream.digest
    stream.update("dual")
    #expect(early == Digest(of: "resi"))
    #expect(stream.digest == Digest(of: "residual"))
  }

  @Test("typed buffers are digested as their bytes and integers least significant byte first")
  func typedUpdates() {
    let floats: [Float] = [0, 1, -2.5]
    var whole = DigestStream()
    whole.update(floats)
    var borrowed = DigestStream()
    floats.withUnsafeBufferPointer { borrowed.update($0) }
    #expect(whole.digest == borrowed.digest)

    var number = DigestStream()
    number.update(UInt64(0x0102_0304_0506_0708))
    #expect(number.digest == Digest(of: [8, 7, 6, 5, 4, 3, 2, 1]))
  }

  @Test("an empty buffer changes nothing")
  func emptyBuffer() {
    var stream = DigestStream()
    stream.update([UInt8]())
    stream.update("")
    #expect(stream.digest == Digest(of: ""))
  }

  @Test("the canonical form reads back")
  func hexRoundTrip() throws {
    let digest = Digest(high: 0x00ab, low: 0x1)
    #expect(digest.hex == "00000000000000ab0000000000000001")
    #expect(digest.short == "000000000000")
    #expect(Digest(hex: digest.hex) == digest)
    #expect("\(digest)" == digest.hex)
  }

  @Test(
    "anything else is no digest",
    arguments: ["", "00", "+0000000000000ab0000000000000001", String(repeating: "g", count: 32)]
  )
  func malformedHex(text: String) {
    #expect(Digest(hex: text) == nil)
  }
}
