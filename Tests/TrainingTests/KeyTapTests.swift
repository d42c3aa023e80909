import Autograd
import Tensors
import Testing

@testable import Networks

@Suite("What the keys of a piano read of a spectrogram")
struct KeyTapTests {
  /// What the keys read of rows of zeros but for one value: [row][key][tap].
  private static func read(rows: Int, row: Int, column: Int) -> (Int, Int, Int) -> Float {
    var values = [Float](repeating: 0, count: rows * KeyTaps.columns)
    values[row * KeyTaps.columns + column] = 1
    let read = KeyTaps.read(
      Tensor(values, [rows, KeyTaps.columns]),
      layout: SequenceLayout(length: rows, batch: 1)
    ).elements
    return { read[($0 * PianoKeys.count + $1) * KeyTaps.count + $2] }
  }

  // 440 Hz is pitch 69, key 48; thirds of semitones begin at pitch 20 2/3: it is the 145th.
  @Test("a tone is the first harmonic of its key, and the second and third of those below")
  func harmonics() {
    let read = Self.read(rows: 4, row: 2, column: 145)
    #expect(read(2, 48, 0) == 1)
    #expect(read(2, 48 - 12, 1) == 1)
    #expect(read(2, 48 - 19, 2) == 1)
    #expect(read(2, 48 - 24, 3) == 1)
    #expect(read(2, 48 - 36, 7) == 1)
    #expect(read(2, 48, 1) == 0 && read(2, 47, 0) == 0 && read(1, 48, 0) == 0)
    // What lies a semitone above is the neighbour of the key below.
    #expect((0..<KeyTaps.count).contains { $0 >= 8 && read(2, 47, $0) == 1 })
    #expect((0..<KeyTaps.count).contains { $0 >= 8 && read(2, 48 + 12, $0) == 1 })
  }

  // The second scale begins at pitch 21 behind 276 thirds: pitch 69 is the 48th semitone.
  @Test(
    "shorter transforms are read in the frames about one, the first and the last again at the ends"
  )
  func times() {
    let read = Self.read(rows: 16, row: 0, column: 276 + 48)
    let sums = (0..<16).map { row in (0..<KeyTaps.count).reduce(0) { $0 + read(row, 48, $1) } }
    // Of the seven frames about it, those before the first one are the first.
    #expect(sums == [4, 3, 2, 1] + [Float](repeating: 0, count: 12))
  }

  @Test("what lies beyond the highest pitch reads nothing")
  func highest() {
    let ones = Tensor([Float](repeating: 1, count: 2 * KeyTaps.columns), [2, KeyTaps.columns])
    let read = KeyTaps.read(ones, layout: SequenceLayout(length: 2, batch: 1)).elements
    let top = read.suffix(KeyTaps.count)
    // C8 is pitch 108: its second harmonic lies beyond the spectrogram, whose last third is 112 1/3.
    #expect(top.first == 1 && top.dropFirst().first == 0)
    #expect(read.allSatisfy { $0 == 0 || $0 == 1 })
  }
}
