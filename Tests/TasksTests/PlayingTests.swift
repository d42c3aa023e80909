import Audio
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Tasks

@Suite("Targets of what is played")
struct PlayingTests {
  private typealias Row = PlayingRow

  /// The values and weights of a window of 8 frames from a sample on.
  private static func label(
    _ playing: Playing,
    start: Int = 0,
    stretch: Double = 1,
    shift: Int = 0
  ) -> (value: (Int, Int) -> Float, weight: (Int, Int) -> Float) {
    var values = [Float](repeating: 0, count: 8 * Row.count)
    var weights = values
    values.withUnsafeMutableBufferPointer { values in
      weights.withUnsafeMutableBufferPointer { weights in
        playing.label(
          FrameTimes(start: start, frames: 8, stretch: stretch),
          shift: shift,
          values,
          weights
        )
      }
    }
    return (
      { [values] in values[$0 * Row.count + $1] }, { [weights] in weights[$0 * Row.count + $1] }
    )
  }

  /// Seconds of a sample.
  private static func at(_ sample: Double) -> Double { sample / 11_000 }

  @Test("frame i is about sample 128 (i + 1); onsets rise and fall over three frames")
  func onset() {
    // Its onset lies between the frames 2 and 3, a quarter of the way.
    let note = NoteEvent(
      onset: Self.at(128 * 3.25),
      offset: Self.at(128 * 6),
      pitch: 60,
      velocity: 127
    )
    let (value, weight) = Self.label(Playing([note], isPerformed: true))
    let key = 60 - 21
    let expected: [Float] = [0.25, 0.58333, 0.91667, 0.75, 0.41667, 0.08333, 0, 0]
    for frame in 0..<8 {
      #expect(abs(value(frame, Row.index(key, .onset)) - expected[frame]) < 1e-4, "frame \(frame)")
      #expect(weight(frame, Row.index(key, .onset)) == 1)
      let sounds: Float = (3...4).contains(frame) ? 1 : 0
      #expect(value(frame, Row.index(key, .sounding)) == sounds, "frame \(frame)")
      let hasVelocity: Float = (1...3).contains(frame) ? 1 : 0
      #expect(value(frame, Row.index(key, .velocity)) == hasVelocity)
      #expect(weight(frame, Row.index(key, .velocity)) == hasVelocity)
      #expect(value(frame, Row.index(key - 1, .onset)) == 0)
    }
    #expect(abs(value(5, Row.index(key, .end)) - 1) < 1e-4)
    #expect(abs(value(7, Row.index(key, .end)) - 1 / 3.0) < 1e-4)
  }

  @Test("a pedal holds notes, and is told itself; what a score says of ends counts less")
  func pedal() {
    let note = NoteEvent(onset: Self.at(128), offset: Self.at(256), pitch: 21)
    let pedal = PedalSpan(start: Self.at(200), end: Self.at(128 * 6))
    let (value, weight) = Self.label(Playing([note], pedals: [pedal], isPerformed: true))
    #expect((0..<8).map { value($0, Row.index(0, .sounding)) } == [1, 1, 1, 1, 1, 0, 0, 0])
    #expect((0..<8).map { value($0, Row.index(.pressed)) } == [0, 1, 1, 1, 1, 0, 0, 0])
    #expect(value(5, Row.index(.release)) == 1 && weight(5, Row.index(.release)) == 1)
    let scored = Self.label(Playing([note], isPerformed: false))
    #expect(scored.weight(0, Row.index(.pressed)) == 0)
    #expect(scored.weight(0, Row.index(0, .velocity)) == 0)
    #expect(scored.weight(0, Row.index(0, .sounding)) == 0.3)
    #expect((0..<8).map { scored.value($0, Row.index(0, .sounding)) } == [1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("a stretched window has its notes nearer to or farther from its middle")
  func stretch() {
    // The middle of 8 frames from sample 1000 on is sample 1512; 256 samples behind it lies frame 5.
    let note = NoteEvent(onset: Self.at(1512 + 256 * 1.01), offset: Self.at(9000), pitch: 70)
    let (value, _) = Self.label(Playing([note], isPerformed: true), start: 1000, stretch: 1.01)
    #expect(abs(value(5, Row.index(49, .onset)) - 1) < 1e-3)
  }

  @Test("notes move with the music, and leave the keyboard at its ends")
  func shift() {
    let notes = [21, 108].map { NoteEvent(onset: Self.at(128), offset: Self.at(900), pitch: $0) }
    let (value, _) = Self.label(Playing(notes, isPerformed: true), shift: 2)
    #expect(value(0, Row.index(2, .onset)) == 1)
    let others = (0..<88).filter { $0 != 2 }
    #expect(others.allSatisfy { value(0, Row.index($0, .onset)) == 0 })
  }

  @Test("long notes that began before the window sound in it")
  func long() {
    let long = NoteEvent(onset: 0, offset: 10, pitch: 50)
    let short = (1...9).map { NoteEvent(onset: Double($0), offset: Double($0) + 0.1, pitch: 80) }
    let (value, _) = Self.label(Playing([long] + short, isPerformed: true), start: 60_000)
    #expect((0..<8).allSatisfy { value($0, Row.index(29, .sounding)) == 1 })
  }
}
