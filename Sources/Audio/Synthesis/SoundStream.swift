import Tensors

/// The purposes of a synthesiser's random numbers, as first counter of the stream; a piece has 0.
enum SoundStream: UInt64 {
  /// The differences between notes, by the note's index.
  case note = 1
  /// The shape of the room.
  case room = 2
  /// The constants of an instrument, by its program.
  case instrument = 3
  /// The constants of an instrument's string, by program and pitch.
  case string = 4
}

extension RandomSource {
  /// Returns the random stream for a part of a sound.
  func stream(_ part: SoundStream, _ index: UInt32 = 0) -> RandomStream {
    stream(.music, part.rawValue, index)
  }
}
