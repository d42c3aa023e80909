import Tensors
import TestSupport
import Testing

@testable import Audio

@Suite("Windows of made-up music")
struct NoteWindowTests {
  func windows(seed: UInt64 = 5, kept: Int = 64) -> NoteWindows {
    NoteWindows(
      source: RandomSource(seed: seed),
      window: 512,
      pieceSeconds: 2,
      places: 2,
      windowsPerPiece: 4,
      kept: kept
    )
  }

  @Test("a window depends on purpose, step and example alone")
  func access() {
    let forward = windows()
    let backward = windows(kept: 1)
    let places = (0..<6).flatMap { step in (0..<3).map { (step, $0) } }
    let first = places.map { forward.window(.trainingData, step: $0.0, example: $0.1) }
    let second = places.reversed().map {
      backward.window(.trainingData, step: $0.0, example: $0.1)
    }
    #expect(first == second.reversed())
    #expect(Set(first).count == first.count)
    #expect(first[0] != forward.window(.testData, step: 0, example: 0))
    #expect(first[0] != windows(seed: 6).window(.trainingData, step: 0, example: 0))
    #expect(forward.batch(.trainingData, step: 2, examples: 0..<3) == Array(first[6..<9]))
  }

  @Test("the cache keeps no more than its limit")
  func cache() {
    let cache = PieceCache(limit: 3)
    let keys = (0..<5).map {
      PieceCache.Key(source: RandomSource(seed: 0), epoch: UInt64($0), place: 0)
    }
    for (index, key) in keys.enumerated() {
      let made = cache.recording(key) { PieceCache.Recording(notes: [], samples: [Float(index)]) }
      #expect(made.samples == [Float(index)])
    }
    // What is asked for anew tells what was kept; the first miss is last, as it takes a place.
    let again = keys.reversed().map {
      cache.recording($0) { .init(notes: [], samples: []) }.samples
    }
    #expect(again == [[4], [3], [2], [], []])
  }

  @Test("windows are as long as asked for, sound, and have notes")
  func shape() {
    let all = windows().batch(.trainingData, step: 0, examples: 0..<24)
    for window in all {
      #expect(window.samples.count == 512 && window.sounding.count == 3 * 128)
      #expect(window.samples.allSatisfy { abs($0) < 1 } && window.sounding.allSatisfy { $0 < 2 })
    }
    #expect(all.count { $0.sounding.contains(1) } > 16)
    #expect(all.count { $0.samples.contains { abs($0) > 1e-3 } } > 16)
  }

  @Test("frame i tells which notes sound at sample 128 (i + 1) of the window")
  func labels() {
    let rate = 11_000.0
    var random = RandomSource(seed: 2).stream(.testData)
    let notes = (0..<200).map { index in
      // Some begin or end exactly at a frame.
      let onset = index % 4 == 0 ? Double(index * 128) / rate : Double(index) * 0.011
      let length = index % 3 == 0 ? 256 / rate : random.uniform(0.001...0.3)
      return NoteEvent(onset: onset, offset: onset + length, pitch: index % 128)
    }
    .sorted { $0.onset < $1.onset }
    for (start, window) in [(0, 1024), (128, 256), (1000, 2048), (15_001, 512)] {
      let sounding = LabelFrames.sounding(notes, start: start, window: window, rate: rate)
      #expect(sounding.count == LabelFrames.count(window: window) * 128)
      for (place, value) in sounding.enumerated() {
        let sample = Double(start + 128 * (place / 128 + 1))
        let isSounding = notes.contains {
          $0.pitch == place % 128 && $0.onset * rate <= sample && sample < $0.offset * rate
        }
        #expect(value == (isSounding ? 1 : 0), "start \(start), place \(place)")
      }
    }
  }

  @Test("the sound of a window belongs to its notes")
  func agreement() {
    let piece = RandomPiece(source: RandomSource(seed: 21), seconds: 4)
    let samples = piece.samples(rate: 11_000)
    #expect(samples.count == 44_000 && samples == piece.samples(rate: 11_000))
    let level = (samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)).squareRoot()
    #expect(level > 0.01 && level < 0.2)
  }
}
