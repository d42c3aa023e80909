import Tensors

/// What a synthesiser draws random numbers for, as the first counter of the stream; a piece has 0.
enum SoundStream: UInt64 {
  /// What differs from note to note, by the note's index.
  case note = 1
  /// The room.
  case room = 2
  /// What is always the same with an instrument, by its program.
  case instrument = 3
  /// What is always the same with a string of an instrument, by program and pitch.
  case string = 4
}

extension RandomSource {
  /// The stream of numbers for a part of a sound.
  func stream(_ part: SoundStream, _ index: UInt32 = 0) -> RandomStream {
    stream(.music, part.rawValue, index)
  }
}
