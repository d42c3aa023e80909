import Audio
import Foundation
import Notebooks
import TestSupport
import Testing

@testable import MusicWorkbench

@Suite("A page to listen to")
struct ListeningPageTests {
  private func content(
    _ notes: PianoRoll.Notes = .found([]),
    title: String = "song.flac",
    sound: PageSound? = nil
  ) -> PageContent {
    PageContent(
      title: title,
      summary: "no notes",
      origin: "by hand",
      notes: notes,
      seconds: 12.34567,
      sound: sound
    )
  }

  private func text(_ content: PageContent) throws -> String {
    var bytes: [UInt8] = []
    try ListeningPage(content: content).write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func object(_ content: PageContent) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(content.json.utf8)) as? [String: Any]
    )
  }

  @Test("holds its notes as rows of integers, in order of onset, with what is not known as null")
  func rows() throws {
    let notes = [
      NoteEvent(onset: 1.5, offset: 2.25004, pitch: 60, velocity: 80, program: 40),
      NoteEvent(
        onset: 0.12345,
        offset: 0.5,
        pitch: 72,
        velocity: 1,
        program: 0,
        confidence: 0.9996
      ),
      NoteEvent(onset: 3, offset: 3, pitch: 0),
    ]
    let object = try object(content(.found(notes)))
    #expect(object["unit"] as? Int == 10_000)
    let rows = try #require(object["notes"] as? [[Any]]).map { $0.map { $0 as? Int } }
    #expect(
      rows == [
        [1235, 3765, 72, 1, 1000, 0, 0], [15_000, 7500, 60, 80, nil, 1, 0],
        [30_000, 0, 0, 64, nil, nil, 0],
      ]
    )
    let parts = try #require(object["parts"] as? [[String: Any]])
    #expect(parts.map { $0["name"] as? String } == ["acoustic grand piano", "violin"])
    #expect(object["compared"] as? Bool == false && object["seconds"] as? Double == 12.3457)
  }

  @Test("tells right, extra and missed notes by numbers")
  func verdicts() throws {
    func note(_ onset: Double) -> NoteEvent {
      NoteEvent(onset: onset, offset: onset + 1, pitch: 60)
    }
    let verdict = PianoRoll.Verdict(right: [note(3)], missed: [note(2)], extra: [note(1)])
    let object = try object(content(.compared(verdict)))
    let rows = try #require(object["notes"] as? [[Any]])
    #expect(rows.map { $0.last as? Int } == [1, 2, 0])
    #expect(object["compared"] as? Bool == true)
  }

  @Test("no name ends a script or begins a tag")
  func escaping() throws {
    let title = "</script><!--<script>\u{2028}\"'&{{style}}\u{1B}.wav"
    let page = try text(content(title: title))
    let plain = try text(content(title: "a"))
    for mark in ["<script", "</script", "<!--", "<style", "{{"] {
      #expect(
        page.components(separatedBy: mark).count == plain.components(separatedBy: mark).count
          || mark == "{{"
      )
    }
    #expect(page.contains("<title>&lt;/script&gt;&lt;!--&lt;script&gt;"))
    #expect(try object(content(title: title))["title"] as? String == title)
  }

  @Test("names nothing outside of itself, and lets the browser refuse what is not its own")
  func isolation() throws {
    let page = try text(content())
    #expect(
      page.contains("Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-")
    )
    for mark in [
      "http:", "https:", "url(", "import ", "fetch(", "XMLHttpRequest", " src=", "eval(",
    ] {
      #expect(!page.contains(mark), "\(mark)")
    }
    #expect(!page.contains("{{"))
  }

  @Test("the same notes give the same bytes, other notes another digest")
  func digest() throws {
    let note = NoteEvent(onset: 0, offset: 1, pitch: 60)
    let other = NoteEvent(onset: 0, offset: 1, pitch: 61)
    #expect(try text(content(.found([note]))) == text(content(.found([note]))))
    let digests = [note, other].map { ListeningPage(content: content(.found([$0]))).digest }
    #expect(digests[0] != digests[1])
  }

  @Test("what is put into the page is not looked through for names")
  func filling() {
    let filled = HTMLTemplate.filled("a {{x}} b {{y}} {{z}} {{", ["x": "{{y}}", "y": "1"])
    #expect(filled == "a {{y}} b 1 {{z}} {{")
  }
}

@Suite("The recording in a page")
struct PageSoundTests {
  @Test("comes in pieces of twenty seconds, in time and brought up", arguments: [8000, 44_100])
  func pieces(rate: Int) throws {
    let folder = try TemporaryFolder()
    // 5 ms of 1 kHz in the middle of each second; so soft that it has to be brought up.
    let tone = WaveFile.tone(1000, seconds: 0.005, rate: rate, amplitude: 0.01)
    var samples = [Float](repeating: 0, count: 45 * rate)
    for second in 0..<45 {
      samples.replaceSubrange(
        second * rate + rate / 2..<second * rate + rate / 2 + tone.count,
        with: tone
      )
    }
    var file = WaveFile(samples)
    file.rate = UInt32(rate)
    file.isFloat = true
    let path = try file.write(to: "a.wav", in: folder)
    let sound = try #require(try PageSound({ try AudioReader(path: path) }, check: {}))
    #expect(sound.frames == 45 * 44_100)
    var pieces: [[Float]] = []
    try sound.pieces { piece in
      let bytes = try #require(Data(base64Encoded: piece))
      try bytes.write(to: URL(fileURLWithPath: folder("piece.mp3")))
      let reader = try AudioReader(path: folder("piece.mp3"), allowsTruncation: true)
      var read: [Float] = []
      while try reader.read({ read += $0 }) {}
      pieces.append(read)
    }
    #expect(pieces.count == 3)
    var delays: [Int] = []
    for (index, piece) in pieces.enumerated() {
      let before = index == 0 ? 0 : 2304
      for second in 0..<(index == 2 ? 5 : 20) {
        let due = before + second * 44_100 + 22_050
        let window = piece[due - 4410..<due + 4410]
        let peak = window.map(abs).max() ?? 0
        #expect(peak > 0.6 && peak < 1.1, "\(peak)")
        delays.append((window.firstIndex { abs($0) > peak / 2 } ?? 0) - due)
      }
    }
    // The same everywhere: what the library leaves of the decoder's delay, and the rise of the tone.
    let (least, most) = (delays.min() ?? 0, delays.max() ?? 0)
    #expect(most - least < 22 && least >= 0 && most < 1200, "\(least) to \(most)")
  }

  @Test("silence stays silence, and what is too long is left out")
  func extremes() throws {
    let folder = try TemporaryFolder()
    let silence = try WaveFile([Float](repeating: 0, count: 1000)).write(to: "a.wav", in: folder)
    let sound = try #require(try PageSound({ try AudioReader(path: silence) }, check: {}))
    var count = 0
    try sound.pieces { _ in count += 1 }
    #expect(count == 1 && sound.frames == 1000)
    var long = WaveFile([Float](repeating: 0, count: 14_401 * 1000))
    long.rate = 1000
    let path = try long.write(to: "b.wav", in: folder)
    #expect(try PageSound({ try AudioReader(path: path) }, check: {}) == nil)
  }
}
