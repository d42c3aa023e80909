import Glibc

/// A stretch of a file that is a sound by itself: most files are one, those that were joined are several.
struct SoundPart: Equatable {
  /// Where its bytes are in the file.
  var bytes: Range<Int>
  /// Bytes that are read before them, and the frames that are decoded of those.
  var prefix: [UInt8] = []
  var prefixFrames = 0
  /// Bytes that are read in the place of those that are there.
  var replacement: Replacement?
  /// Whether it is all that the file holds, to be read as a file.
  var isWhole = false
  /// Whether it goes on with what the part before it has promised, behind something that is no sound.
  var isContinuation = false
  /// Whether nothing in the file says how long it is.
  var hasNoLength = false

  /// Bytes from a place of the file on.
  struct Replacement: Equatable {
    let place: Int
    let bytes: [UInt8]
  }

  /// A file that is not divided.
  static func whole(_ size: Int) -> SoundPart { SoundPart(bytes: 0..<size, isWhole: true) }

  /// The parts of a file, in their order; at least one.
  ///
  /// Divided are chains of Ogg streams, and FLAC, WAV, AIFF and MP3 files that were joined.
  static func parts(of descriptor: Int32) -> [SoundPart] {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return [whole(0)] }
    var bytes = FileBytes(descriptor, count: status.st_size)
    let parts =
      OggParts.parts(&bytes) ?? FLACParts.parts(&bytes) ?? ChunkParts.parts(&bytes)
      ?? MPEGParts.parts(&bytes) ?? []
    return parts.isEmpty ? [whole(bytes.count)] : parts
  }
}
