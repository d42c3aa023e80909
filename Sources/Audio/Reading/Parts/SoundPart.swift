/// A stretch of a file that is a sound by itself: most files are one, those that were joined are several.
struct SoundPart: Equatable {
  /// What its bytes are, where that decides who decodes them.
  enum Form {
    case any
    case flac
    case ogg
    case mpeg
    /// Marked as MPEG audio without being any that can be followed: left to an outside decoder, since libsndfile would
    /// have libmpg123 complain about it on standard error.
    case doubtful
  }

  /// What is lost between two stretches of a stream.
  enum Gap: Equatable {
    /// So many frames.
    case frames(Int)
    /// The position at which the stretch before it ends, and the one at which it does itself, as Ogg counts them.
    case positions(Int, Int)
  }

  /// What a header promises.
  struct Promise: Equatable {
    let bytes: Int
    let held: Int

    /// The frames that are promised when there are so many.
    func frames(of frames: Int) -> Int {
      let product = frames.multipliedFullWidth(by: max(bytes, held))
      // Whether the quotient has room.
      guard product.high < held / 2 || held > 0 && product.high == 0 && product.low >> 63 == 0
      else { return frames }
      return held.dividingFullWidth(product).quotient
    }
  }

  /// Where its bytes are in the file.
  var bytes: Range<Int>
  var form = Form.any
  /// Bytes that are read before them: a header without faults, or that of the stream it goes on with.
  var prefix: [UInt8] = []
  /// What is lost before it of the stream that it goes on with; nil where a stream begins.
  var gap: Gap?
  /// The bytes of sound that its header promises and those that are there; nil where only the decoder knows.
  var promise: Promise?
  /// Whether it ends in the middle of something.
  var isCut = false
  /// Whether nothing in the file says how long it is.
  var hasNoLength = false
  /// The frames behind which something is damaged that is left to the decoder.
  var damage: [Int] = []
  /// Whether it is all that the file holds, to be read as a file.
  var isWhole = false

  /// A file that is not divided.
  static func whole(_ size: Int) -> SoundPart { SoundPart(bytes: 0..<size, isWhole: true) }

  /// The parts of a file, in their order; none where it begins with nothing that is known here.
  ///
  /// Divided are files that were joined: Ogg, FLAC, WAV, AIFF, AU, CAF, MPEG audio and MP4, in any order. What lies between
  /// them is passed over, up to ``SoundStart/mostJunk`` bytes.
  ///
  /// - Parameter isSearching: whether the first may begin behind other bytes.
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
  /// Where it ends.
  var end: Int
}
