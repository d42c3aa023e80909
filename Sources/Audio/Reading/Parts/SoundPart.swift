/// A stretch of a file that is a sound by itself; most files have one, concatenated files have several.
struct SoundPart: Equatable {
  /// The format of the bytes, as far as it decides who decodes them.
  enum Form {
    case any
    case flac
    case ogg
    case mpeg
    /// Marked as MPEG audio but not walkable as such; left to an external decoder, since libsndfile would have libmpg123
    /// complain about it on standard error.
    case doubtful
  }

  /// The loss between two stretches of a stream.
  enum Gap: Equatable {
    /// A number of frames.
    case frames(Int)
    /// The positions, as Ogg counts them, at which the stretch before and this one end.
    case positions(Int, Int)
  }

  /// The promise of a header.
  struct Promise: Equatable {
    let bytes: Int
    let held: Int

    /// Returns the number of promised frames if there are `frames`.
    func frames(of frames: Int) -> Int {
      let product = frames.multipliedFullWidth(by: max(bytes, held))
      // The quotient must fit.
      guard product.high < held / 2 || held > 0 && product.high == 0 && product.low >> 63 == 0
      else { return frames }
      return held.dividingFullWidth(product).quotient
    }
  }

  /// The byte range in the file.
  var bytes: Range<Int>
  var form = Form.any
  /// The bytes that are read first: a repaired header, or that of the stream that the part continues.
  var prefix: [UInt8] = []
  /// The loss before the part in the stream that it continues; nil at the beginning of a stream.
  var gap: Gap?
  /// The bytes of sound that the header promises and those that are there; nil if only the decoder knows.
  var promise: Promise?
  /// True if the part ends in the middle of something.
  var isCut = false
  /// True if nothing in the file declares the length.
  var hasNoLength = false
  /// The frames after which there is damage that is left to the decoder.
  var damage: [Int] = []
  /// True if the part is the whole file, to be read as a file.
  var isWhole = false

  /// Returns a file as a single part.
  static func whole(_ size: Int) -> SoundPart { SoundPart(bytes: 0..<size, isWhole: true) }

  /// Returns the parts of a file in order; none if it begins with nothing known.
  ///
  /// It divides concatenated files: Ogg, FLAC, WAV, AIFF, AU, CAF, MPEG audio and MP4, in any order. Up to
  /// ``SoundStart/mostJunk`` bytes between them are skipped.
  ///
  /// - Parameter isSearching: true if the first part may begin after other bytes.
  static func parts(of descriptor: Int32, isSearching: Bool) -> [SoundPart] {
    var bytes = FileBytes(descriptor, count: FileBytes.size(of: descriptor))
    var parts: [SoundPart] = []
    var place = 0
    while place < bytes.count,
      let found = SoundStart.found(&bytes, from: place, isSearching: place > 0 || isSearching)
    {
      parts += found.parts
      place = max(place + 1, found.end)
    }
    if parts.count == 1, parts[0].bytes == 0..<bytes.count, parts[0].prefix.isEmpty {
      parts[0].isWhole = true
    }
    return parts
  }
}

/// The parts of a file or a chain that was found in a file.
struct FoundSound {
  var parts: [SoundPart]
  /// The byte offset of its end.
  var end: Int
}
