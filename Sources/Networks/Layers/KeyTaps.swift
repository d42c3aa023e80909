import Autograd
import Tensors

/// The values that each key of a piano reads from a spectrogram of `PitchScale.ofNotes`: the harmonics of its string,
/// with neighbours in pitch and time.
struct KeyTaps: Sendable {
  /// The number of values that a key reads.
  static let count = offsets.count
  /// The number of values in a row of the spectrogram.
  static let columns = PitchScale.ofNotes.reduce(0) { $0 + $1.count }

  /// A value's distance from the key: the scale, semitones, and frames.
  private struct Offset {
    let scale: Int
    let semitones: Double
    let frames: Int
  }

  /// The distances of the harmonics from the first one, in semitones.
  private static let harmonics = (1...8).map { 12 * Real.log2(Double($0)) }

  private static let offsets: [Offset] = {
    var offsets: [Offset] = []
    // Pitch: the harmonics, the first one's neighbours, and the pitches whose second or third harmonic it would be.
    offsets += harmonics.map { Offset(scale: 0, semitones: $0, frames: 0) }
    for beside in [-1, -1.0 / 3, 1.0 / 3, 1] + [-harmonics[1], -harmonics[2]] {
      offsets.append(Offset(scale: 0, semitones: beside, frames: 0))
    }
    offsets += [-8, 8].map { Offset(scale: 0, semitones: 0, frames: $0) }
    // Time: three harmonics in seven frames, three more in one.
    for harmonic in harmonics[0..<3] {
      offsets += (-3...3).map { Offset(scale: 1, semitones: harmonic, frames: $0) }
    }
    offsets += harmonics[3..<6].map { Offset(scale: 1, semitones: $0, frames: 0) }
    for harmonic in harmonics[0..<4] {
      offsets += (-2...2).map { Offset(scale: 2, semitones: harmonic, frames: $0) }
    }
    return offsets
  }()

  /// The taps of each key, one for each of its values.
  private static let taps: [rse_tap] = {
    let firsts = PitchScale.ofNotes.indices.map { scale in
      PitchScale.ofNotes[..<scale].reduce(0) { $0 + $1.count }
    }
    return PianoKeys.pitches.flatMap { pitch in
      offsets.map { offset in
        let place = PitchScale.ofNotes[offset.scale].index(of: Double(pitch) + offset.semitones)
        let column = place.map { firsts[offset.scale] + $0 } ?? -1
        return rse_tap(shift: Int32(offset.frames), column: Int32(column))
      }
    }
  }()

  /// Returns the values that the keys read at each place of a layout's examples, [T · 88, `count`].
  ///
  /// - Parameter x: [T, `columns`].
  static func read(_ x: Tensor, layout: SequenceLayout) -> Tensor {
    let width = taps.count
    return Tensor([layout.rows * PianoKeys.count, count], reading: x) { out, x in
      taps.withUnsafeBufferPointer { taps in
        nonisolated(unsafe) let (taps, x, out) = (taps.baseAddress, x, out)
        for segment in layout.segments {
          WorkerPool.shared.run(parts: segment.batch) { example in
            let row = segment.firstRow + example * segment.length
            kernels.read_taps(
              .init(
                rows: segment.length,
                columns: columns,
                first: 0,
                count: segment.length,
                taps: width,
                tap: taps,
                x: x + row * columns,
                out: out + row * width
              )
            )
          }
        }
      }
    }
  }
}
