import Audio
import Foundation
import TestSupport

@testable import MusicWorkbench

/// A page of a recording in which a click sounds at each second, and of notes that are given.
struct PageSample {
  var title = "clicks.wav"
  var notes: PianoRoll.Notes = .found(
    (1...25).map { second in
      NoteEvent(
        onset: Double(second),
        offset: Double(second) + 0.5,
        pitch: 55 + second % 12,
        velocity: 40 + 3 * second,
        confidence: 0.5 + Double(second) / 100
      )
    }
  )
  var seconds = 30.0
  /// Whether the recording is in the page.
  var isHeard = true

  static let rate = 8000

  /// Writes the page and gives its path.
  func write(into folder: TemporaryFolder) throws -> String {
    var samples = [Float](repeating: 0, count: Int(seconds) * Self.rate)
    for second in 1..<Int(seconds) {
      for place in 0..<40 {
        samples[second * Self.rate + place] =
          0.9 * Float(40 - place) / 40 * (place % 2 == 0 ? 1 : -1)
      }
    }
    var file = WaveFile(samples)
    file.rate = UInt32(Self.rate)
    let path = try file.write(to: "clicks.wav", in: folder)
    let sound = isHeard ? try PageSound({ try AudioReader(path: path) }, check: {}) : nil
    let page = ListeningPage(
      content: PageContent(
        title: title,
        summary: "25 notes",
        origin: "Transcribed by rse.",
        notes: notes,
        seconds: seconds,
        sound: sound
      )
    )
    var bytes: [UInt8] = []
    try page.write { bytes += $0 }
    try Data(bytes).write(to: URL(fileURLWithPath: folder("clicks.html")))
    return folder("clicks.html")
  }
}
