import Files
import Foundation
import Tensors

/// Reads a sound file from beginning to end in blocks, its channels mixed to one.
///
/// Opens what libsndfile and libmpg123 open: WAV, FLAC, OGG, MP3, AIFF and more, told apart by their content;
/// everything else is decoded by an `ExternalDecoder`, where there is one. Of a file that others were joined to, all
/// parts are heard, at the rate of the first. Where something is damaged it is silent for as long as what is lost, and
/// the rest is heard.
/// Nothing is allocated by what a header says: memory does not depend on the file.
package final class AudioReader {
  /// The sampling rates that are accepted, in Hz.
  package static let rates = 1_000...1_000_000
  /// The largest number of channels.
  package static let mostChannels = 1024
  /// Seconds of silence that stand for what one place has lost.
  private static let mostSilence = 600
  /// Frames that headers can promise: more than any file holds.
  private static let mostFrames = 1 << 60
  /// Values that are decoded at a time, all channels together.
  private static let blockValues = 1 << 16

  /// The file, as errors name it.
  package let name: String
  /// Frames per second.
  package let rate: Int
  /// The channels of the first part.
  package let channels: Int
  /// How the channels become one.
  package let mix: ChannelMix
  /// The frames that the file promises to hold, as far as it says; 0 where it does not.
  package let promisedFrames: Int
  /// The frames that were read so far.
  package private(set) var framesRead = 0
  /// The frames that are missing, at least one where the file ended too early.
  package private(set) var missingFrames = 0
  /// Where something is damaged.
  package private(set) var damage = SoundPlaces()
  /// Where parts begin that were not read, since nothing here decodes them.
  package private(set) var unreadParts = SoundPlaces()
  /// What an outside decoder said while it decoded; nil for nothing.
  package private(set) var remark: String?

  private let allowsTruncation: Bool
  private let file: OpenFile
  private let decoder: ExternalDecoder?
  private var source: any SoundSource
  private var part: SoundPart
  private var partsAhead: ArraySlice<SoundPart>
  /// What makes the present source's rate that of the first; nil where it is.
  private var resampler: Resampler?
  /// What the present stream promises, what was read of it, and the silence that comes next, in frames of its rate.
  private var promise: Int
  private var streamFrames = 0
  private var silence = 0
  /// Whether anything was decoded of the present part.
  private var hasDecoded = false
  private var power: ChannelPower
  private var interleaved = [Float](repeating: 0, count: AudioReader.blockValues)

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - name: What errors call it; nil for the path.
  ///   - allowsTruncation: Whether a file that is cut off is read as far as it goes.
  ///   - mix: How the channels become one.
  ///   - decoder: What decodes files that libsndfile does not open; nil for nothing.
  ///   - wait: Called about ten times a second while such a decoder begins; what it throws ends it.
  /// - Throws: `AudioError`; what `wait` throws.
  package convenience init(
    path: String,
    name: String? = nil,
    allowsTruncation: Bool = false,
    mix: ChannelMix = .mean,
    decoder: ExternalDecoder? = .installed,
    wait: () throws -> Void = {}
  ) throws {
    let file = try AudioError.translating { try OpenFile(path: path, name: name ?? path) }
    try self.init(
      file,
      allowsTruncation: allowsTruncation,
      mix: mix,
      decoder: decoder,
      wait: wait
    )
  }

  /// Reads a second descriptor of an open file from its beginning, as far as it goes.
  ///
  /// - Throws: `AudioError`; what `wait` throws.
  package convenience init(
    duplicating file: borrowing OpenFile,
    mix: ChannelMix = .mean,
    decoder: ExternalDecoder? = .installed,
    wait: () throws -> Void = {}
  ) throws {
    let (descriptor, name) = (file.descriptor, file.name)
    let copy = try AudioError.translating { try OpenFile(duplicating: descriptor, name: name) }
    try self.init(copy, allowsTruncation: true, mix: mix, decoder: decoder, wait: wait)
  }

  private init(
    _ file: consuming OpenFile,
    allowsTruncation: Bool,
    mix: ChannelMix,
    decoder: ExternalDecoder?,
    wait: () throws -> Void
  ) throws {
    let opening = SoundOpening(file.descriptor, name: file.name, decoder: decoder)
    let opened = try opening.first(wait)
    (source, part, partsAhead) = (opened.source, opened.part, opened.ahead)
    unreadParts = opened.unread
    name = file.name
    rate = source.rate
    channels = source.channels
    promisedFrames = source.promisedFrames
    promise = source.promisedFrames
    self.mix = mix
    self.allowsTruncation = allowsTruncation
    self.decoder = decoder
    power = ChannelPower(channels: source.channels)
    self.file = file
    noteDamage()
  }

  /// The length that the file promises, in seconds; 0 where it says none.
  package var promisedSeconds: Double { Double(promisedFrames) / Double(rate) }
  /// Whether the file ended before it held what it promises.
  package var isTruncated: Bool { missingFrames > 0 }
  /// How the channels that were read should become one: not by their mean where they cancel each other.
  package var bestMix: ChannelMix { mix == .mean ? power.mix : mix }

  /// Hands the next samples to `body`, with the channels mixed, in a block or more; false at the end.
  ///
  /// `body` is not called while an outside decoder makes the next block.
  ///
  /// - Throws: `AudioError` for files that are cut off; what `body` throws.
  package func read(_ body: (UnsafeBufferPointer<Float>) throws -> Void) throws -> Bool {
    let limit = Self.blockValues / source.channels
    if silence > 0 {
      let count = min(silence, limit)
      silence -= count
      let zeros = [Float](repeating: 0, count: count)
      try zeros.withUnsafeBufferPointer { try hand($0, body) }
      return true
    }
    // What goes on behind damage ends where the stream does.
    let rest = part.gap == nil || promise == 0 ? limit : min(limit, promise - streamFrames)
    guard rest > 0 else { return try endPart(body) }
    // The buffer holds blockValues ≥ limit · channels values.
    let decoded = try interleaved.withUnsafeMutableBufferPointer {
      try source.read(rest, into: $0)
    }
    guard let frames = decoded else { return try endPart(body) }
    guard frames > 0 else { return true }
    hasDecoded = true
    try withScratch(frames) { mixed in
      mixChannels(frames, mixed)
      silenceUnbounded(frames, mixed)
      try hand(UnsafeBufferPointer(start: mixed, count: frames), body)
    }
    return true
  }

  /// Hands on samples of the present stream, at the rate of the first.
  private func hand(
    _ block: UnsafeBufferPointer<Float>,
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    streamFrames += block.count
    func take(_ block: UnsafeBufferPointer<Float>) throws {
      framesRead += block.count
      try body(block)
    }
    if let resampler { try resampler.process(block, take) } else { try take(block) }
  }

  private func mixChannels(_ frames: Int, _ mixed: UnsafeMutablePointer<Float>) {
    let channels = source.channels
    switch mix {
    case .channel(let channel) where channel < channels:
      for frame in 0..<frames { mixed[frame] = interleaved[frame * channels + channel] }
    default:
      kernels.mix_channels(frames, channels, interleaved, mixed)
      guard channels > 1, mix == .mean else { return }
      interleaved.withUnsafeBufferPointer {
        power.add($0, means: UnsafeBufferPointer(start: mixed, count: frames), of: channels)
      }
    }
  }

  /// Samples that are infinite or no numbers are damage.
  private func silenceUnbounded(_ frames: Int, _ samples: UnsafeMutablePointer<Float>) {
    var place = kernels.first_unbounded(frames, samples)
    var last = -2
    while place < frames {
      if place > last + 1 { damage.note(framesRead + place * rate / source.rate) }
      samples[place] = 0
      last = place
      place += 1
      place += kernels.first_unbounded(frames - place, samples + place)
    }
  }

  /// Goes on with the next part; false where there is none.
  private func endPart(
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws -> Bool {
    // Of damage that is known the decoder need not speak.
    remark = remark ?? (part.damage.isEmpty ? source.remark : nil)
    // Nothing is found twice where a frame that seems whole is not decoded.
    let frame = streamFrames + (hasDecoded ? 0 : 1)
    if part.form == .flac, source.isCut || streamFrames < promise,
      let rest = FLACParts.rest(file.descriptor, of: part, behind: frame)
    {
      partsAhead.insert(rest, at: partsAhead.startIndex)
    }
    if partsAhead.first?.gap == nil { try endStream(body) }
    while let next = partsAhead.popFirst() {
      if try open(next) { return true }
      if next.gap == nil {
        unreadParts.note(framesRead)
        // With all that goes on with it.
        partsAhead = partsAhead.drop { $0.gap != nil }
      } else if partsAhead.first?.gap == nil {
        try endStream(body)
      } else if case .positions(let start, _) = next.gap,
        case .positions(_, let end) = partsAhead.first?.gap
      {
        partsAhead[partsAhead.startIndex].gap = .positions(start, end)
      }
    }
    if framesRead == 0 { throw AudioError(file: name, .empty) }
    return false
  }

  /// Ends the present stream, and sees whether it held what it promises.
  private func endStream(_ body: (UnsafeBufferPointer<Float>) throws -> Void) throws {
    try resampler?.finish {
      framesRead += $0.count
      try body($0)
    }
    resampler = nil
    if streamFrames < promise || source.isCut || part.isCut {
      let missing = Double(promise - streamFrames) * Double(rate) / Double(source.rate)
      missingFrames = min(Self.mostFrames, missingFrames + max(1, Int(min(missing, 1e17))))
      if !allowsTruncation {
        throw AudioError(
          file: name,
          .truncated(frames: framesRead, promised: framesRead + missingFrames, rate: rate)
        )
      }
    }
    (streamFrames, promise) = (0, 0)
  }

  /// Opens the next part; false where nothing decodes it.
  private func open(_ next: SoundPart) throws -> Bool {
    let opening = SoundOpening(file.descriptor, name: name, decoder: decoder)
    guard let sound = try? opening.open(next, {}) else { return false }
    if let gap = next.gap {
      guard sound.rate == source.rate else { return false }
      damage.note(framesRead)
      silence = silence(of: gap, sound)
      // Each stretch of Ogg tells for itself how long it is.
      if case .positions = gap {
        promise = streamFrames + silence + min(sound.promisedFrames, Self.mostFrames)
      }
    } else {
      guard let resampler = Resampler(joining: sound.rate, to: rate) else { return false }
      self.resampler = sound.rate == rate ? nil : resampler
      promise = sound.promisedFrames
    }
    (source, part, hasDecoded) = (sound, next, false)
    noteDamage()
    return true
  }

  /// The frames that stand for what a gap has lost.
  private func silence(of gap: SoundPart.Gap, _ sound: any SoundSource) -> Int {
    let most = Self.mostSilence * sound.rate
    switch gap {
    case .frames(let count):
      return max(0, min(count, most, promise > 0 ? promise - streamFrames : most))
    case .positions(let start, let end):
      // What is decoded of a stretch ends at its position.
      let (all, overflows) = end.subtractingReportingOverflow(start)
      let lost = all / sound.positionsPerFrame - sound.promisedFrames
      return overflows ? 0 : max(0, min(lost, most))
    }
  }

  /// Notes what is damaged in the present part.
  private func noteDamage() {
    for frame in part.damage { damage.note(framesRead + frame) }
  }
}
