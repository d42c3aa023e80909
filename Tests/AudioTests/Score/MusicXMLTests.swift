import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif
import TestSupport
import Testing

@testable import Audio

@Suite("Scores as MusicXML")
struct MusicXMLTests {
  /// A document without its declaration of a type, which names a file on the network.
  private func document(_ score: QuantisedScore, title: String = "song") throws -> XMLDocument {
    let text = MusicXML(score, title: title, software: "test").text
    let plain = text.components(separatedBy: "\n").filter { !$0.hasPrefix("<!DOCTYPE") }
    return try XMLDocument(xmlString: plain.joined(separator: "\n"))
  }

  private func texts(_ path: String, in node: XMLNode) throws -> [String] {
    try node.nodes(forXPath: path).compactMap(\.stringValue)
  }

  /// That all voices of all bars are as long as the bar, by the lengths that the document gives.
  private func expectFull(_ document: XMLDocument, _ score: QuantisedScore) throws {
    let measures = try document.nodes(forXPath: "/score-partwise/part/measure")
    #expect(measures.count == score.bars.count)
    for (measure, bar) in zip(measures, score.bars) {
      var place = 0
      var starts: [String: Int] = [:]
      for element in measure.children ?? [] {
        guard ["note", "backup", "forward"].contains(element.name ?? "") else { continue }
        let length = try #require(Int(texts("duration", in: element).first ?? ""))
        if element.name == "backup" {
          #expect(place == bar.end - bar.start && length == place)
          place -= length
          continue
        }
        if try texts("chord", in: element).isEmpty { place += length }
        let voice = try #require(texts("voice", in: element).first)
        starts[voice] = place
      }
      #expect(place == bar.end - bar.start)
      #expect(starts.count >= 2 && starts.values.allSatisfy { $0 == bar.end - bar.start })
    }
  }

  private func random(_ count: Int, seconds: Double) -> [NoteEvent] {
    var random = SeededRandom(seed: 4)
    return (0..<count).map { _ in
      let onset = Double.random(in: 0..<seconds, using: &random)
      return NoteEvent(
        onset: onset,
        offset: onset + Double.random(in: 0..<2, using: &random),
        pitch: Int.random(in: 21...108, using: &random),
        velocity: Int.random(in: 1...127, using: &random)
      )
    }
  }

  private static let meters = [
    Meter(beats: 4), Meter(beats: 3), Meter(beats: 2, isCompound: true),
    Meter(beats: 3, isCompound: true),
  ]

  private func grid(_ meter: Meter, pickup: Int, beats: Int = 121) -> BeatGrid {
    BeatGrid(
      beats: (0..<beats).map { 0.2 + Double($0) * 0.5 },
      bars: Array(stride(from: pickup, to: beats, by: meter.beats)),
      isCompound: meter.isCompound
    )
  }

  @Test("voices fill their bars", arguments: ScoreGrid.allCases, meters)
  func lengths(steps: ScoreGrid, meter: Meter) throws {
    for pickup in [0, 1] {
      let score = QuantisedScore(
        random(300, seconds: 60),
        on: grid(meter, pickup: pickup),
        steps: steps
      )
      #expect(score.hasPickup == (pickup > 0))
      try expectFull(document(score), score)
    }
  }

  @Test("every note is in the score, and each that begins is begun once", arguments: meters)
  func complete(meter: Meter) throws {
    let score = QuantisedScore(
      random(300, seconds: 60),
      on: grid(meter, pickup: 1),
      steps: .sixteenths
    )
    let notes = try document(score).nodes(
      forXPath: "//note[pitch and not(tie[@type='stop'])]"
    )
    #expect(notes.count == score.notes.count && score.notes.count + score.joinedCount == 300)
    // Ties that go on from a note and those that come to one.
    let (starts, stops) = try (
      texts("//tie/@type[.='start']", in: document(score)),
      texts("//tie/@type[.='stop']", in: document(score))
    )
    #expect(starts.count == stops.count && !starts.isEmpty)
  }

  @Test("bars have another length where beats are missing, and a time signature of their own")
  func irregular() throws {
    let beats = (0..<17).map { Double($0) * 0.5 }
    let score = QuantisedScore(
      random(40, seconds: 7),
      on: BeatGrid(beats: beats, bars: [0, 4, 7, 11, 15]),
      steps: .eighths
    )
    try expectFull(document(score), score)
    #expect(try texts("//time/beats", in: document(score)) == ["4", "3", "4"])
  }

  @Test("no notes are a bar of rests; one note is one note", arguments: [0, 1])
  func small(count: Int) throws {
    let notes = [NoteEvent](repeating: NoteEvent(onset: 1, offset: 1, pitch: 60), count: count)
    let score = QuantisedScore(notes, on: BeatGrid(tempo: 120, until: 1), steps: .sixteenths)
    #expect(score.bars.count == 1 && score.notes.count == count)
    try expectFull(document(score), score)
    #expect(try MIDIFile(parsing: score.midi(text: nil)).notes.count == count)
  }

  @Test("ten thousand notes are a score")
  func large() throws {
    let score = QuantisedScore(
      random(10_000, seconds: 1000),
      on: BeatGrid(tempo: 120, until: 1000),
      steps: .sixteenths
    )
    #expect(score.notes.count + score.joinedCount == 10_000)
    #expect(MusicXML(score, title: "", software: "").text.count > 1_000_000)
    #expect(try MIDIFile(parsing: score.midi(text: nil)).notes.count == score.notes.count)
  }

  @Test(
    "what is quantised stays what it is when it is quantised again",
    arguments: ScoreGrid.allCases
  )
  func idempotence(steps: ScoreGrid) throws {
    let first = QuantisedScore(
      random(300, seconds: 60),
      on: BeatGrid(tempo: 120, until: 60),
      steps: steps
    )
    let played = try MIDIFile(parsing: first.midi(text: nil)).notes
    let second = QuantisedScore(played, on: BeatGrid(tempo: 120, until: 60), steps: steps)
    #expect(second.notes == first.notes && second.joinedCount == 0)
    #expect(
      MusicXML(first, title: "", software: "").text
        == MusicXML(second, title: "", software: "").text
    )
  }

  @Test("a title may hold any characters")
  func title() throws {
    let score = QuantisedScore([], on: BeatGrid(tempo: 120, until: 0), steps: .eighths)
    let title = "a <b> & \"c\" d\u{1}é"
    #expect(
      try texts("//work-title", in: document(score, title: title)) == ["a <b> & \"c\" d\u{FFFD}é"]
    )
  }
}
