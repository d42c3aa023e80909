/// The streams of MPEG audio, found by going from frame to frame: those that were joined, and the stretches of each
/// between which something is damaged.
///
/// The first frame of a stream may say how long it is (the header of Xing, which LAME calls Info).
struct MPEGParts {
  private let end: Int
  private var parts: [SoundPart] = []
  /// Of the stream that is gone through, behind damage or not: the frames that it says it has, those that were found,
  /// and those that are taken for lost.
  private var whole = (promised: Int?.none, found: 0, lost: 0)

  /// A stream that is gone through.
  private struct Stream {
    /// Where its first frame begins.
    let firstFrame: Int
    let header: MPEGHeader
    /// What its first frame says of frames of sound.
    var frames: Int?
    /// The frames of sound so far, and where the last one ends.
    var count = 0
    var end: Int
    /// What is lost before it, where it goes on with one behind damage.
    var gap: SoundPart.Gap?
    /// Where the frames end that it says it has.
    var promisedEnd: Int?

    init(firstFrame: Int, _ header: MPEGHeader) {
      self.firstFrame = firstFrame
      self.header = header
      end = firstFrame
    }

    /// The samples of the frames that had room in so many bytes.
    func samples(in bytes: Int) -> Int {
      let length = count > 0 ? Double(end - firstFrame) / Double(count) : header.meanLength
      return Int((Double(bytes) / max(1, length)).rounded()) * header.samples
    }
  }

  /// Frames that may follow those which are promised: programs count differently.
  private static let spare = 16

  /// The streams of one rate and layer that begin at a place; nil for anything else.
  ///
  /// - Parameter chain: the frames that must follow each other there.
  static func found(_ bytes: inout FileBytes, at place: Int, chain: Int) -> FoundSound? {
    guard let first = begins(&bytes, at: place, chain: chain) else { return nil }
    var finder = MPEGParts(end: bytes.count)
    let end = finder.find(&bytes, from: place, like: first)
    return finder.parts.isEmpty ? nil : FoundSound(parts: finder.parts, end: end)
  }

  /// Whether a file begins as MPEG audio does, with a tag or eleven bits.
  static func isMarked(_ descriptor: Int32) -> Bool {
    var bytes = FileBytes(descriptor, count: FileBytes.size(of: descriptor))
    let start = Array(bytes.bytes(at: 0, count: 2))
    return bytes.holds("ID3", at: 0) || start.count == 2 && start[0] == 0xFF && start[1] >= 0xE0
  }

  private init(end: Int) { self.end = end }

  /// Finds the parts from a place on; gives where they end.
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
          // What lies between may be tags, as those of a file that was joined.
          if other.frames == nil, SoundStart.tagEnd(&bytes, at: stream.end) != place {
            other.gap = .frames(stream.samples(in: place - stream.end))
          } else {
            endWhole(header.samples)
          }
          stream = other
        }
      }
      if place + header.length > end {
        // The last frame is not whole.
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

  /// Ends a stream that is not cut off: of what it says it has, the rest is lost in its one gap.
  private mutating func endWhole(_ samples: Int) {
    defer { whole = (nil, 0, 0) }
    guard let promised = whole.promised, let last = parts.indices.last,
      case .frames(let lost) = parts[last].gap, lost == whole.lost * samples
    else { return }
    parts[last].gap = .frames(max(lost, (promised - whole.found) * samples))
  }

  /// Adds a stream, unless there is no whole frame of it.
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
    // Another stream, whose first frame does not say how long it is, was joined to this one.
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

  /// A stream whose first frame is at a place, with what that says of its length.
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

  /// Where a frame of the same kind goes on behind something else; nil if there is none near.
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

  /// The header of the first of some frames that follow each other; nil for anything else.
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
