import Audio
import Foundation
import Tasks
import Tensors
import Testing

@testable import Training

@Suite("Reading notes out of what a network tells")
struct PlayingReaderTests {
  private static let rate = 100.0

  /// What a network that is right tells of notes and pedals.
  ///
  /// - Parameter notes: onset and end in frames, key, velocity.
  private static func heard(
    _ frames: Int,
    _ notes: [(onset: Double, end: Double, key: Int, velocity: Int)],
    pedals: [(start: Int, end: Int)] = []
  ) -> HeardPlaying {
    var rows = [[Double]](
      repeating: Array(repeating: 0.001, count: PlayingRow.count),
      count: frames
    )
    func rise(_ frame: Int, _ place: Double) -> Double {
      max(0, 1 - abs(Double(frame) - place) / PlayingRow.reach)
    }
    for frame in 0..<frames {
      for note in notes {
        func set(_ value: PlayingRow.Key, _ share: Double) {
          let index = PlayingRow.index(note.key, value)
          rows[frame][index] = max(rows[frame][index], share)
        }
        set(.onset, rise(frame, note.onset))
        set(.end, rise(frame, note.end))
        if rise(frame, note.onset) > 0.5 { set(.velocity, Double(note.velocity) / 127) }
        if Double(frame) >= note.onset, Double(frame) < note.end { set(.sounding, 0.98) }
      }
      for pedal in pedals {
        if (pedal.start..<pedal.end).contains(frame) {
          rows[frame][PlayingRow.index(.pressed)] = 0.98
        }
        let release = rise(frame, Double(pedal.end))
        rows[frame][PlayingRow.index(.release)] = max(
          rows[frame][PlayingRow.index(.release)],
          release
        )
      }
    }
    var heard = HeardPlaying()
    for row in rows {
      heard.add(
        row.map { share in
          let p = min(0.9999, max(0.0001, share))
          return Float(log(p / (1 - p)))
        }
      )
    }
    return heard
  }

  @Test("onsets and ends lie between frames", arguments: [20, 20.25, 20.5, 20.75, 20.99])
  func places(onset: Double) throws {
    let heard = Self.heard(100, [(onset, onset + 30.4, 40, 90)])
    let notes = PlayingReader().read(heard, rate: Self.rate).notes
    let note = try #require(notes.first)
    #expect(notes.count == 1 && note.pitch == 61)
    #expect(abs(note.onset - onset / Self.rate) < 0.0005)
    #expect(abs(note.offset - (onset + 30.4) / Self.rate) < 0.002)
    #expect(note.velocity == 90)
    #expect((note.confidence ?? 0) > 0.8)
  }

  @Test("a note that is struck again while it sounds is two, without a gap")
  func again() {
    let heard = Self.heard(100, [(10, 40, 0, 60), (40, 70, 0, 100)])
    let notes = PlayingReader().read(heard, rate: Self.rate).notes
    #expect(notes.map(\.velocity) == [60, 100])
    #expect(notes.map { ($0.onset * 10).rounded() } == [1, 4])
    #expect(abs(notes[0].offset - 0.4) < 0.001 && abs(notes[1].offset - 0.7) < 0.002)
  }

  @Test("notes that overlap are told apart by key, and come by onset and pitch")
  func chord() {
    let heard = Self.heard(80, [(10, 60, 30, 64), (10, 50, 20, 64), (5, 70, 87, 64)])
    let notes = PlayingReader().read(heard, rate: Self.rate).notes
    #expect(notes.map(\.pitch) == [108, 41, 51])
  }

  @Test("a note that goes on at the end ends there")
  func unfinished() throws {
    let notes = PlayingReader().read(Self.heard(50, [(30, 90, 5, 64)]), rate: Self.rate).notes
    #expect(try #require(notes.first).offset == 0.5)
  }

  @Test("a pedal that is let go and pressed at once is two")
  func pedals() {
    let heard = Self.heard(100, [], pedals: [(10, 40), (40, 80)])
    let pedals = PlayingReader().read(heard, rate: Self.rate).pedals
    #expect(pedals == [PedalSpan(start: 0.1, end: 0.4), PedalSpan(start: 0.4, end: 0.8)])
  }

  @Test("nothing is found in nothing, and in silence")
  func nothing() {
    #expect(PlayingReader().read(HeardPlaying(), rate: Self.rate).notes.isEmpty)
    let silence = PlayingReader().read(Self.heard(40, []), rate: Self.rate)
    #expect(silence.notes.isEmpty && silence.pedals.isEmpty)
  }

  @Test("what is no number is told")
  func infinite() {
    var heard = Self.heard(2, [])
    #expect(heard.isFinite)
    heard.add([Float](repeating: .nan, count: PlayingRow.count))
    #expect(!heard.isFinite)
    #expect(heard.probabilities.allSatisfy { $0 < 0.01 })
  }
}
