/// The streams of an MP3 file, found by going from frame to frame: those that were joined, and what a stream that is
/// cut off lacks.
///
/// The first frame of a stream may say how long it is (the header of Xing, which LAME calls Info). libmpg123, by which
/// libsndfile decodes, ends where that says and complains on standard error about a stream that is cut off; it guesses
/// the length of one without such a frame from the bit rate of the first one, and reads no further. Where it guesses
/// too short a short silent frame is put before it.
struct MPEGParts {
  private let end: Int
  private var parts: [SoundPart] = []

  /// A stream that is gone through.
  private struct Stream {
    /// Where it begins, with its tags, and where its first frame does.
    let start: Int
    let firstFrame: Int
    let header: MPEGHeader
    /// What its first frame says of frames of sound, and of bytes from there on.
    var frames: Int?
    var bytes: Int?
    /// Where it says the bytes.
    var bytesPlace = 0
    /// The frames of sound so far, and where the last one ends.
    var count = 0
    var end: Int
    /// Whether it goes on with one behind something that is no sound.
    var isContinuation = false
    /// Where the frames end that it says it has.
    var promisedEnd: Int?

    init(start: Int, firstFrame: Int, _ header: MPEGHeader) {
      self.start = start
      self.firstFrame = firstFrame
      self.header = header
      end = firstFrame
    }

    /// Whether libmpg123 takes it for shorter than it is, from the bit rate of its first frame.
    var isGuessedTooShort: Bool {
      frames == nil && header.layer == 3
        && header.meanLength * Double(count - 1) > Double(end - firstFrame)
    }

    /// What its first frame must say of bytes for it to end at a place.
    func replacement(_ end: Int) -> SoundPart.Replacement {
      let number = UInt32(truncatingIfNeeded: end - firstFrame).bigEndian
      return SoundPart.Replacement(
        place: bytesPlace,
        bytes: withUnsafeBytes(of: number) { Array($0) }
      )
    }
  }

  /// Frames that may follow those which are promised: programs count differently.
  private static let spare = 16
  /// The bytes of an ID3v1 tag, which ends a file.
  private static let lastTagSize = 128
  /// Bytes between frames that are passed over.
  private static let mostJunk = 1 << 16

  /// The parts of a file; nil if it is none of MPEG audio.
  static func parts(_ bytes: inout FileBytes) -> [SoundPart]? {
    let start = tagEnd(&bytes, at: 0)
    guard let first = streamBegins(&bytes, at: start) else { return nil }
    var finder = MPEGParts(end: bytes.count)
    finder.find(&bytes, from: start, like: first)
    return finder.parts
  }

  private init(end: Int) { self.end = end }

  private mutating func find(_ bytes: inout FileBytes, from start: Int, like first: MPEGHeader) {
    var place = start
    var stream = Self.stream(&bytes, from: 0, at: place, first)
    var isCut = false
    while place < end {
      guard let header = MPEGHeader(bytes.bytes(at: place, count: 4)), header.continues(first)
      else {
        guard let next = Self.nextFrame(&bytes, after: place, like: first) else { break }
        place = next
        continue
      }
      if place > stream.firstFrame {
        var other = Self.stream(&bytes, from: place, at: place, header)
        if other.frames != nil || place > stream.end {
          add(stream, through: stream.end)
          other.isContinuation = other.frames == nil
          stream = other
        }
      }
      isCut = place + header.length > end
      if isCut { break }
      if stream.frames == nil || place > stream.firstFrame { stream.count += 1 }
      place += header.length
      stream.end = place
      if stream.count == stream.frames { stream.promisedEnd = place }
    }
    let hasTag = end == stream.end + Self.lastTagSize && bytes.holds("TAG", at: stream.end)
    add(stream, through: hasTag ? end : stream.end)
    let behind = Self.tagEnd(&bytes, at: stream.end)
    if !isCut, Self.streamBegins(&bytes, at: behind) != nil {
      // One of another rate or layer.
      parts.append(SoundPart(bytes: behind..<end))
    }
  }

  /// Adds a stream that ends at a place, unless there is no whole frame of it.
  private mutating func add(_ stream: Stream, through place: Int) {
    guard stream.end > stream.firstFrame else { return }
    guard let promised = stream.promisedEnd, let frames = stream.frames,
      stream.count > frames + Self.spare
    else {
      parts.append(part(stream, through: place))
      return
    }
    // Another stream, whose first frame does not say how long it is, was joined to this one.
    parts.append(part(stream, through: promised))
    var other = Stream(start: promised, firstFrame: promised, stream.header)
    (other.count, other.end) = (stream.count - frames, stream.end)
    parts.append(part(other, through: place))
  }

  /// A stream that ends at a place.
  private func part(_ stream: Stream, through place: Int) -> SoundPart {
    let told = stream.bytes.map { stream.firstFrame + $0 } ?? place
    // What libmpg123 complains about.
    let differs = abs(told - place) * 100 > told - stream.start
    let needsPrefix = stream.isGuessedTooShort
    return SoundPart(
      bytes: (needsPrefix ? stream.firstFrame : stream.start)..<place,
      prefix: needsPrefix ? stream.header.silentFrame : [],
      prefixFrames: needsPrefix ? stream.header.samples : 0,
      replacement: differs ? stream.replacement(place) : nil,
      isWhole: stream.start == 0 && place == end && !differs && !needsPrefix,
      isContinuation: stream.isContinuation,
      hasNoLength: stream.frames == nil
    )
  }

  /// A stream whose first frame is at a place, with what that says of its length.
  private static func stream(
    _ bytes: inout FileBytes,
    from start: Int,
    at place: Int,
    _ header: MPEGHeader
  ) -> Stream {
    var stream = Stream(start: start, firstFrame: place, header)
    let tag = place + header.sideEnd
    guard bytes.holds("Xing", at: tag) || bytes.holds("Info", at: tag),
      let flags = bytes.bigEndian(at: tag + 4), flags & 1 != 0,
      let frames = bytes.bigEndian(at: tag + 8)
    else { return stream }
    stream.frames = frames
    if flags & 2 != 0 {
      stream.bytesPlace = tag + 12
      stream.bytes = bytes.bigEndian(at: tag + 12)
    }
    return stream
  }

  /// Where a frame of the same kind goes on behind something else; nil if there is none near.
  private static func nextFrame(
    _ bytes: inout FileBytes,
    after place: Int,
    like first: MPEGHeader
  ) -> Int? {
    let tag = tagEnd(&bytes, at: place)
    for candidate in max(tag, place + 1)..<max(tag, place + 1) + mostJunk {
      guard candidate + 4 <= bytes.count else { return nil }
      if streamBegins(&bytes, at: candidate)?.continues(first) == true { return candidate }
    }
    return nil
  }

  /// The header of a frame that another one follows; nil for anything else.
  private static func streamBegins(_ bytes: inout FileBytes, at place: Int) -> MPEGHeader? {
    guard let first = MPEGHeader(bytes.bytes(at: place, count: 4)),
      let second = MPEGHeader(bytes.bytes(at: place + first.length, count: 4)),
      second.continues(first)
    else { return nil }
    return first
  }

  /// The end of the ID3v2 tags at a place, or the place.
  private static func tagEnd(_ bytes: inout FileBytes, at place: Int) -> Int {
    var place = place
    while bytes.holds("ID3", at: place) {
      let header = Array(bytes.bytes(at: place, count: 10))
      guard header.count == 10, header[6...].allSatisfy({ $0 < 0x80 }) else { break }
      let hasFooter = header[5] & 0x10 != 0
      place += header[6...].reduce(0) { $0 << 7 | Int($1) } + (hasFooter ? 20 : 10)
    }
    return place
  }
}
