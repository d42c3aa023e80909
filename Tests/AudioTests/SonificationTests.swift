import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("Sonification")
struct SonificationTests {
  @Test("the recording is on the left and the notes on the right, as long as the recording")
  func channels() throws {
    let folder = try TemporaryFolder()
    var file = WaveFile(WaveFile.tone(440, seconds: 12, rate: 8000))
    file.rate = 8000
    let path = try file.write(to: "a.wav", in: folder)
    let notes = [
      NoteEvent(onset: 1, offset: 2, pitch: 60), NoteEvent(onset: 9.5, offset: 11, pitch: 64),
    ]
    var bytes: [UInt8] = []
    try Sonification.write(try AudioReader(path: path), frames: 96_000, notes: notes) {
      bytes += $0
    }
    try Data(bytes).write(to: URL(fileURLWithPath: folder("b.wav")))
    let count = 12 * Sonification.rate
    #expect(bytes.count == 44 + 4 * count)
    func sample(_ frame: Int, _ channel: Int) -> Double {
      let place = 44 + 4 * frame + 2 * channel
      return Double(Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
        / 32_767
    }
    func level(_ seconds: Range<Double>, _ channel: Int) -> Double {
      let frames = Int(seconds.lowerBound * 22_050)..<Int(seconds.upperBound * 22_050)
      return (frames.reduce(0) { $0 + pow(sample($1, channel), 2) } / Double(frames.count))
        .squareRoot()
    }
    #expect(abs(level(0.5..<11.5, 0) - 0.5 / 2.0.squareRoot()) < 0.01)
    #expect(level(0..<0.9, 1) == 0 && level(1..<2, 1) > 0.01)
    // The second note goes on over the end of a portion.
    #expect(level(9.6..<9.9, 1) > 0.01 && level(10.1..<10.9, 1) > 0.01)
    let reader = try AudioReader(path: folder("b.wav"))
    #expect(reader.channels == 2 && reader.rate == Sonification.rate)
  }
}
