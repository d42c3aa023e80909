/// The streams of MPEG audio, found by walking from frame to frame: concatenated streams, and the stretches of each between
/// damage.
///
/// The first frame of a stream may declare its length (the Xing header, which LAME calls Info).
struct MPEGParts {
  private let end: Int
  private var parts: [SoundPart] = []
  /// The totals of the present stream, across damage: its promised frames, those that were found, and those presumed lost.
  private var whole = (promised: Int?.none, found: 0, lost: 0)

  /// A stream being walked.
  private struct Stream {
    /// The byte offset of the first frame.
    let firstFrame: Int
    let header: MPEGHeader
    /// The number of sound frames that the first frame declares.
    var frames: Int?
    /// The number of sound frames so far, and the byte offset of the last one's end.
    var count = 0
    var end: Int
    /// The loss before the stream if it continues another after damage.
    var gap: SoundPart.Gap?
    /// The byte offset at which the declared frames end.
    var promisedEnd: Int?

    init(firstFrame: Int, _ header: MPEGHeader) {
      self.firstFrame = firstFrame
      self.header = header
      end = firstFrame
    }

    /// Returns the number of samples in the frames that fit in `bytes` bytes.
    func samples(in bytes: Int) -> Int {
      let length = count > 0 ? Double(end - firstFrame) / Double(count) : header.meanLength
      return Int((Double(bytes) / max(1, length)).rounded()) * header.samples
    }
  }

  /// The number of frames that may follow the promised ones, because programs count differently.
  private static let spare = 16

  /// Returns the streams of one rate and layer that begin at a place; nil for anything else.
  ///
  /// - Parameter chain: the number of frames that must follow each other there.
  static func found(_ bytes: inout FileBytes, at place: Int, chain: Int) -> FoundSound? {
    guard let first = begins(&bytes, at: place, chain: chain) else { return nil }
    var finder = MPEGParts(end: bytes.count)
    let end = finder.find(&bytes, from: place, like: first)
    return finder.parts.isEmpty ? nil : FoundSound(parts: finder.parts, end: end)
  }

  /// Returns true if a file begins like MPEG audio, with a tag or eleven set bits.
  static func isMarked(_ descriptor: Int32) -> Bool {
    var bytes = FileBytes(descriptor, count: FileBytes.size(of: descriptor))
    let start = Array(bytes.bytes(at: 0, count: 2))
    return bytes.holds("ID3", at: 0) || start.count == 2 && start[0] == 0xFF && start[1] >= 0xE0
  }

  private init(end: Int) { self.end = end }

  /// Finds the parts from a place on, and returns the byte offset of their end.
  private mutating func find(
    _ bytes: inout FileBytes,
    from start: Int,
    like first: MPEGHeader
  ) -> Int {
    var place = start
    var stream = Self.stream(&bytes, at: place, first)
    while place < end {
      guard let header = MPEGHeader(bytes.bytes(at: place, count: 4)), header.continues(first)
      else {
        guard let next = Self.nextFrame(&bytes, after: place, like: first) else { break }
        place = next
        continue
      }
      if place > stream.firstFrame {
        var other = Self.stream(&bytes, at: place, header)
        if other.frames != nil || place > stream.end {
          add(stream)
          // The bytes between may be tags, as those of a file that was joined.
          if other.frames == nil, SoundStart.tagEnd(&bytes, at: stream.end) != place {
            other.gap = .frames(stream.samples(in: place - stream.end))
          } else {
            endWhole(header.samples)
          }
          stream = other
        }
      }
      if place + header.length > end {
        // The last frame is incomplete.
        add(stream)
        return end
      }
      if stream.frames == nil || place > stream.firstFrame { stream.count += 1 }
      place += header.length
      stream.end = place
      if stream.count == stream.frames { stream.promisedEnd = place }
    }
    add(stream)
    endWhole(first.samples)
    return stream.end
  }

  /// Ends a stream that is not truncated; if it has a single gap, the missing part of its declared frames was lost there.
  private mutating func endWhole(_ samples: Int) {
    defer { whole = (nil, 0, 0) }
    guard let promised = whole.promised, let last = parts.indices.last,
      case .frames(let lost) = parts[last].gap, lost == whole.lost * samples
    else { return }
    parts[last].gap = .frames(max(lost, (promised - whole.found) * samples))
  }

  /// Adds a stream if it has a whole frame.
  private mutating func add(_ stream: Stream) {
    guard stream.end > stream.firstFrame else { return }
    if stream.gap == nil { whole.promised = stream.frames }
    if case .frames(let lost) = stream.gap { whole.lost += lost / stream.header.samples }
    whole.found += stream.count
    guard let promised = stream.promisedEnd, let frames = stream.frames,
      stream.count > frames + Self.spare
    else {
      parts.append(part(stream))
      return
    }
    // Another stream, whose first frame does not declare its length, was joined to this one.
    var own = stream
    own.end = promised
    parts.append(part(own))
    var other = Stream(firstFrame: promised, stream.header)
    (other.count, other.end) = (stream.count - frames, stream.end)
    parts.append(part(other))
  }

  private func part(_ stream: Stream) -> SoundPart {
    SoundPart(
      bytes: stream.firstFrame..<stream.end,
      form: .mpeg,
      gap: stream.gap,
      hasNoLength: stream.frames == nil
    )
  }

  /// Returns a stream whose first frame is at a place, with its declared length.
  private static func stream(
    _ bytes: inout FileBytes,
    at place: Int,
    _ header: MPEGHeader
  ) -> Stream {
    var stream = Stream(firstFrame: place, header)
    let tag = place + header.sideEnd
    guard bytes.holds("Xing", at: tag) || bytes.holds("Info", at: tag),
      let flags = bytes.bigEndian(at: tag + 4), flags & 1 != 0
    else { return stream }
    stream.frames = bytes.bigEndian(at: tag + 8)
    return stream
  }

  /// Returns the byte offset of the next frame of the same kind after other bytes; nil if none is near.
  private static func nextFrame(
    _ bytes: inout FileBytes,
    after place: Int,
    like first: MPEGHeader
  ) -> Int? {
    let start = max(SoundStart.tagEnd(&bytes, at: place), place + 1)
    for candidate in start..<start + SoundStart.mostJunk {
      guard candidate + 4 <= bytes.count else { return nil }
      if begins(&bytes, at: candidate, chain: 2)?.continues(first) == true { return candidate }
    }
    return nil
  }

  /// Returns the header of the first of `chain` consecutive frames; nil for anything else.
  private static func begins(
    _ bytes: inout FileBytes,
    at place: Int,
    chain: Int
  ) -> MPEGHeader? {
    guard let first = MPEGHeader(bytes.bytes(at: place, count: 4)) else { return nil }
    var next = place + first.length
    for _ in 1..<chain where next != bytes.count {
      guard let header = MPEGHeader(bytes.bytes(at: next, count: 4)), header.continues(first) else {
        return nil
      }
      next += header.length
    }
    return first
  }
}
