import Tensors
import TestSupport
import Testing

@testable import Audio

@Suite("Made-up music")
struct RandomPieceTests {
  static let pieces = (0..<60).map { RandomPiece(source: RandomSource(seed: $0), seconds: 12) }

  @Test("notes are in order, within the piece's instruments, and no key is pressed twice")
  func order() {
    for piece in Self.pieces {
      #expect(zip(piece.notes, piece.notes.dropFirst()).allSatisfy { $0.onset <= $1.onset })
      var ends: [Int: Double] = [:]
      for note in piece.notes {
        let program = note.program ?? -1
        #expect(Timbre.of(program: program).range.contains(note.pitch))
        #expect(note.onset >= 0 && note.offset <= 12)
        #expect(note.offset > note.onset && (1...127).contains(note.velocity))
        #expect(ends[program * 128 + note.pitch, default: -1] <= note.onset)
        ends[program * 128 + note.pitch] = note.offset
      }
    }
  }

  @Test("numbers of voices, durations and pitches are like those of chamber music")
  func statistics() {
    var voices = [Int](repeating: 0, count: 130)
    for piece in Self.pieces {
      for tick in 0..<44 {
        let time = 0.5 + Double(tick) * 0.25
        voices[piece.notes.count { $0.onset <= time && time < $0.offset }] += 1
      }
    }
    let total = Double(voices.reduce(0, +))
    let mean = voices.enumerated().reduce(0.0) { $0 + Double($1.0 * $1.1) } / total
    #expect((2.2...4.2).contains(mean), "\(mean) voices")
    #expect((0.01...0.12).contains(Double(voices[0]) / total), "silence")
    #expect(voices[(RandomPiece.mostVoices + 1)...].allSatisfy { $0 == 0 })
    #expect(voices[1...RandomPiece.mostVoices].allSatisfy { Double($0) > 0.005 * total })
    let notes = Self.pieces.flatMap(\.notes)
    func quantile(_ values: [Double], _ share: Double) -> Double {
      values.sorted()[Int(share * Double(values.count))]
    }
    let lengths = notes.map { $0.offset - $0.onset }
    #expect((0.12...0.4).contains(quantile(lengths, 0.5)), "\(quantile(lengths, 0.5)) s")
    #expect(quantile(lengths, 0.05) < 0.12 && quantile(lengths, 0.95) > 0.8)
    let pitches = notes.map { Double($0.pitch) }
    #expect((58...70).contains(quantile(pitches, 0.5)), "\(quantile(pitches, 0.5))")
    #expect((34...48).contains(quantile(pitches, 0.05)) && quantile(pitches, 0.95) > 78)
    let rate = Double(notes.count) / 12 / Double(Self.pieces.count)
    #expect((5...13).contains(rate), "\(rate) notes per second")
    let pianos = Double(notes.count { $0.program == 0 }) / Double(notes.count)
    #expect((0.5...0.9).contains(pianos), "\(pianos) of the piano")
  }

  @Test("a piece depends on its source alone")
  func determinism() {
    let piece = RandomPiece(source: RandomSource(seed: 7), seconds: 12)
    #expect(piece.notes == Self.pieces[7].notes && piece.pedals == Self.pieces[7].pedals)
    #expect(piece.notes != Self.pieces[8].notes)
  }
}
