import Files
import Foundation
import Tensors

/// A reader of a sound file from beginning to end in blocks, with its channels mixed to one.
///
/// It opens the formats of libsndfile and libmpg123: WAV, FLAC, OGG, MP3, AIFF and more, identified by their content. An
/// `ExternalDecoder`, if installed, decodes everything else. If files were concatenated, all parts are read, at the rate of the
/// first. Damage becomes silence of the length that was lost, and reading continues after it. Nothing is allocated by what a
/// header says: memory does not depend on the file.
package final class AudioReader {
  /// The accepted sampling rates, in Hz.
  package static let rates = 1_000...1_000_000
  /// The largest number of channels.
  package static let mostChannels = 1024
  /// The longest silence in place of a single loss, in seconds.
  private static let mostSilence = 600
  /// The cap on the frames that headers promise, more than any file holds.
  private static let mostFrames = 1 << 60
  /// The number of values that are decoded at a time, over all channels.
  private static let blockValues = 1 << 16

  /// The file's name in errors.
  package let name: String
  /// Frames per second.
  package let rate: Int
  /// The number of channels of the first part.
  package let channels: Int
  /// The mix of the channels to one.
  package let mix: ChannelMix
  /// The number of frames that the file promises; 0 if it does not say.
  package let promisedFrames: Int
  /// The number of frames read so far.
  package private(set) var framesRead = 0
  /// The number of missing frames, at least one if the file ended too early.
  package private(set) var missingFrames = 0
  /// The places of damage.
  package private(set) var damage = SoundPlaces()
  /// The beginnings of parts that were not read because nothing here decodes them.
  package private(set) var unreadParts = SoundPlaces()
  /// The message of an external decoder while it decoded; nil if there is none.
  package private(set) var remark: String?

  private let allowsTruncation: Bool
  private let file: OpenFile
  private let decoder: ExternalDecoder?
  private var source: any SoundSource
  private var part: SoundPart
  private var partsAhead: ArraySlice<SoundPart>
  /// The conversion of the present source's rate to that of the first; nil if they are equal.
  private var resampler: Resampler?
  /// The promised frames of the present stream, those that were read of it, and the silence that comes next, at its rate.
  private var promise: Int
  private var streamFrames = 0
  private var silence = 0
  /// True if anything of the present part was decoded.
  private var hasDecoded = false
  private var power: ChannelPower
  private var interleaved = [Float](repeating: 0, count: AudioReader.blockValues)

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - name: The file's name in errors; nil for the path.
  ///   - allowsTruncation: True to read a truncated file as far as it goes.
  ///   - mix: The mix of the channels to one.
  ///   - decoder: The decoder of files that libsndfile does not open; nil for none.
  ///   - wait: Called about ten times per second while such a decoder starts; an error ends it.
  /// - Throws: `AudioError`; the errors of `wait`.
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
  /// - Throws: `AudioError`; the errors of `wait`.
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

  /// The length that the file promises, in seconds; 0 if it does not say.
  package var promisedSeconds: Double { Double(promisedFrames) / Double(rate) }
  /// True if the file ended before it held what it promises.
  package var isTruncated: Bool { missingFrames > 0 }
  /// The best mix of the channels that were read: not their mean if they cancel each other.
  package var bestMix: ChannelMix { mix == .mean ? power.mix : mix }

  /// Passes the next samples, with the channels mixed, to `body` in one or more blocks; returns false at the end.
  ///
  /// `body` is not called while an external decoder makes the next block.
  ///
  /// - Throws: `AudioError` for truncated files; the errors of `body`.
  package func read(_ body: (UnsafeBufferPointer<Float>) throws -> Void) throws -> Bool {
    let limit = Self.blockValues / source.channels
    if silence > 0 {
      let count = min(silence, limit)
      silence -= count
      let zeros = [Float](repeating: 0, count: count)
      try zeros.withUnsafeBufferPointer { try hand($0, body) }
      return true
    }
    // A part that continues after damage ends where the stream does.
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

  /// Passes on samples of the present stream, at the rate of the first.
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

  /// Silences samples that are infinite or not numbers, and notes them as damage.
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

  /// Continues with the next part; returns false if there is none.
  private func endPart(
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws -> Bool {
    // The decoder's remark on damage that is known already is not needed.
    remark = remark ?? (part.damage.isEmpty ? source.remark : nil)
    // Otherwise a frame that seems whole but is not decoded would be found again.
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
        // With all the parts that continue it.
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

  /// Ends the present stream, and checks that it held what it promises.
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

  /// Opens the next part; returns false if nothing decodes it.
  private func open(_ next: SoundPart) throws -> Bool {
    let opening = SoundOpening(file.descriptor, name: name, decoder: decoder)
    guard let sound = try? opening.open(next, {}) else { return false }
    if let gap = next.gap {
      guard sound.rate == source.rate else { return false }
      damage.note(framesRead)
      silence = silence(of: gap, sound)
      // Each stretch of Ogg states its own length.
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

  /// Returns the number of silent frames in place of a gap.
  private func silence(of gap: SoundPart.Gap, _ sound: any SoundSource) -> Int {
    let most = Self.mostSilence * sound.rate
    switch gap {
    case .frames(let count):
      return max(0, min(count, most, promise > 0 ? promise - streamFrames : most))
    case .positions(let start, let end):
      // The decoded part of a stretch ends at its position.
      let (all, overflows) = end.subtractingReportingOverflow(start)
      let lost = all / sound.positionsPerFrame - sound.promisedFrames
      return overflows ? 0 : max(0, min(lost, most))
    }
  }

  /// Notes the damage in the present part.
  private func noteDamage() {
    for frame in part.damage { damage.note(framesRead + frame) }
  }
}
