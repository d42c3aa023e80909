import Files
import Glibc

/// A file of samples: little-endian 32-bit floats from the first byte, then a trailer that describes them.
///
/// Floats take twice the disk space of 16-bit integers, but resampling that overshoots is not clipped, no rounding is
/// heard at −98 dB, and stored sound is bit-identical to newly read sound.
struct SampleFile {
  /// The content of the trailer.
  struct Trailer: Equatable {
    var count: UInt64
    var source: Digest
    var samples: Digest
    /// The source's frames per second, the frames that it held, and those that it promised.
    var rate: UInt64
    var frames: UInt64
    var promisedFrames: UInt64
    /// The mix of the channels: 0 for the mean, otherwise the number of the one used, from 1.
    var channel: UInt64
    /// The number of damaged places in the source and the frame of the first; the same for parts that were not read.
    var damage: UInt64
    var firstDamage: UInt64
    var unreadParts: UInt64
    var firstUnreadPart: UInt64
  }

  /// Thrown if the mean of the channels loses what they hold; the samples so far are useless.
  struct ChannelsCancel: Error {
    /// The mix to use instead.
    let mix: ChannelMix
  }

  /// The kind of file, made up of layout and resampler; files of another kind are made again.
  private static let kind = "rse samples 3.\(Resampler.version)"
  private static let words = 15
  /// The length of a trailer in bytes.
  static let trailerSize = words * 8

  let trailer: Trailer
  let samples: MappedBytes

  /// Opens the file at `path`; nil if there is none, or its length and trailer do not match or do not belong to `source`.
  init?(path: String, source: Digest) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    self.init(descriptor: descriptor)
    guard trailer.source == source else { return nil }
  }

  /// Opens a file of samples; the descriptor may be closed afterwards.
  init?(descriptor: Int32) {
    guard let file = MappedBytes(mapping: descriptor), file.count > Self.trailerSize else {
      return nil
    }
    let end = file.count - Self.trailerSize
    let bytes = file.withBytes(end..<file.count) { Array($0) }
    guard let trailer = Trailer(bytes, kind: Self.kind),
      trailer.count.multipliedReportingOverflow(by: 4) == (UInt64(end), false)
    else { return nil }
    self.trailer = trailer
    samples = file
  }

  /// Reads all samples, and returns true if they are those that were written.
  func isIntact(_ progress: () throws -> Void) rethrows -> Bool {
    var stream = DigestStream()
    let (block, end) = (1 << 20, samples.count - Self.trailerSize)
    for start in stride(from: 0, to: end, by: block) {
      try progress()
      samples.withBytes(start..<min(start + block, end)) { stream.update($0) }
    }
    return stream.digest == trailer.samples
  }

  /// Returns the trailer's code of a mix.
  private static func code(_ mix: ChannelMix) -> UInt64 {
    switch mix {
    case .mean: 0
    case .channel(let channel): UInt64(channel + 1)
    }
  }

  /// Decodes and resamples a whole file, and passes the bytes of a file of samples to `write`.
  ///
  /// - Throws: `AudioError`; `ChannelsCancel` if the reader should use another mix; the errors of `write` and `progress`.
  static func convert(
    _ reader: AudioReader,
    source: Digest,
    progress: (DecodingProgress) throws -> Void,
    write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let resampler = Resampler(from: reader.rate, to: Recording.rate)
    var stream = DigestStream()
    var count = 0
    func take(_ block: UnsafeBufferPointer<Float>) throws {
      stream.update(block)
      count += block.count
      try write(UnsafeRawBufferPointer(block))
    }
    while try reader.read({ try resampler.process($0, take) }) {
      try progress(
        DecodingProgress(
          seconds: Double(reader.framesRead) / Double(reader.rate),
          promised: reader.promisedSeconds
        )
      )
    }
    guard reader.bestMix == reader.mix else { throw ChannelsCancel(mix: reader.bestMix) }
    try resampler.finish(take)
    let trailer = Trailer(
      count: UInt64(count),
      source: source,
      samples: stream.digest,
      rate: UInt64(reader.rate),
      frames: UInt64(reader.framesRead),
      promisedFrames: UInt64(reader.framesRead + reader.missingFrames),
      channel: Self.code(reader.mix),
      damage: UInt64(reader.damage.count),
      firstDamage: UInt64(reader.damage.first),
      unreadParts: UInt64(reader.unreadParts.count),
      firstUnreadPart: UInt64(reader.unreadParts.first)
    )
    try trailer.bytes(kind: kind).withUnsafeBytes(write)
  }
}

extension SampleFile.Trailer {
  /// The mix of the channels to one.
  var mix: ChannelMix { channel == 0 ? .mean : .channel(Int(channel) - 1) }

  /// Reads a trailer of a kind of file; nil for any other.
  fileprivate init?(_ bytes: [UInt8], kind: String) {
    let words = bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    let digest = Digest(of: kind)
    guard words[13] == digest.high, words[14] == Digest(of: Array(bytes.prefix(112))).low else {
      return nil
    }
    count = words[0]
    source = Digest(high: words[1], low: words[2])
    samples = Digest(high: words[3], low: words[4])
    rate = words[5]
    frames = words[6]
    promisedFrames = words[7]
    channel = words[8]
    (damage, firstDamage) = (words[9], words[10])
    (unreadParts, firstUnreadPart) = (words[11], words[12])
    guard rate > 0, frames <= promisedFrames, promisedFrames < 1 << 62, rate < 1 << 31,
      channel <= UInt64(AudioReader.mostChannels), words[9...12].allSatisfy({ $0 < 1 << 62 })
    else { return nil }
  }

  /// Returns the bytes of the trailer: its thirteen numbers, the kind of file that it ends, and a checksum of these.
  fileprivate func bytes(kind: String) -> [UInt8] {
    let words = [
      count, source.high, source.low, samples.high, samples.low, rate, frames, promisedFrames,
      channel, damage, firstDamage, unreadParts, firstUnreadPart, Digest(of: kind).high,
    ]
    var bytes: [UInt8] = []
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
    withUnsafeBytes(of: Digest(of: bytes).low.littleEndian) { bytes += $0 }
    return bytes
  }
}
