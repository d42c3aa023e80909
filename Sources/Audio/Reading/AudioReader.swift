import Files
import Foundation
import Tensors

/// Reads a sound file from beginning to end in blocks, its channels mixed to one.
///
/// Opens what libsndfile opens: WAV, FLAC, OGG, MP3, AIFF and more, told apart by their content; everything else
/// is decoded by an `ExternalDecoder`, where there is one. Of a file that others were joined to, all parts are read
/// that have the rate and the channels of the first. Nothing is allocated by what a header says: memory does not
/// depend on the file.
package final class AudioReader {
  /// The sampling rates that are accepted, in Hz.
  package static let rates = 1_000...1_000_000
  /// The largest number of channels.
  package static let mostChannels = 1024
  /// Frames behind a hole in a file that cannot be decoded without those that are gone.
  private static let framesLostAtHoles = 4 * 1152
  /// Values that are decoded at a time, all channels together.
  private static let blockValues = 1 << 16

  /// The file, as errors name it.
  package let name: String
  /// Frames per second.
  package let rate: Int
  package let channels: Int
  /// How the channels become one.
  package let mix: ChannelMix
  /// The frames that the file promises to hold, as far as it says; 0 where it does not.
  package let promisedFrames: Int
  /// The frames that were read so far.
  package private(set) var framesRead = 0
  /// The frames that are missing, at least one where the file ended too early.
  package private(set) var missingFrames = 0
  /// Parts of the file that were not read, since they differ from the first or are no sound.
  package private(set) var unreadParts = 0
  /// What an outside decoder said while it decoded; nil for nothing.
  package private(set) var remark: String?

  private let allowsTruncation: Bool
  private let file: OpenFile
  private var source: any SoundSource
  private var partsAhead: ArraySlice<SoundPart>
  /// What the present part promises with those that go on with it, and the frames that were read before.
  private var promise: Int
  private var framesBefore = 0
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
    let parts = SoundPart.parts(of: file.descriptor)
    source = try Self.open(file, parts[0], decoder, wait)
    partsAhead = parts.dropFirst()
    name = file.name
    rate = source.rate
    channels = source.channels
    promisedFrames = source.promisedFrames
    promise = source.promisedFrames
    self.mix = mix
    self.allowsTruncation = allowsTruncation
    power = ChannelPower(channels: source.channels)
    self.file = file
  }

  /// The length that the file promises, in seconds; 0 where it says none.
  package var promisedSeconds: Double { Double(promisedFrames) / Double(rate) }
  /// Whether the file ended before it held what it promises.
  package var isTruncated: Bool { missingFrames > 0 }
  /// How the channels that were read should become one: not by their mean where they cancel each other.
  package var bestMix: ChannelMix { mix == .mean ? power.mix : mix }
  /// The number of frames that one call of `read` gives, except the last.
  package var blockFrames: Int { Self.blockValues / channels }

  /// Hands the next block of samples to `body`, with the channels mixed; false at the end.
  ///
  /// `body` is not called while an outside decoder makes the next block.
  ///
  /// - Throws: `AudioError` for samples that are not finite and for files that are cut off; what `body`
  ///   throws.
  package func read(_ body: (UnsafeBufferPointer<Float>) throws -> Void) throws -> Bool {
    let limit = blockFrames
    // The buffer holds blockValues ≥ blockFrames · channels values.
    let decoded = try interleaved.withUnsafeMutableBufferPointer {
      try source.read(limit, into: $0)
    }
    guard let frames = decoded else { return try endPart() }
    guard frames > 0 else { return true }
    try withScratch(frames) { mixed in
      mixChannels(frames, mixed)
      let place = kernels.first_unbounded(frames, mixed)
      guard place == frames else {
        throw AudioError(file: name, .unboundedSample(frame: framesRead + place, rate: rate))
      }
      framesRead += frames
      try body(UnsafeBufferPointer(start: mixed, count: frames))
    }
    return true
  }

  private func mixChannels(_ frames: Int, _ mixed: UnsafeMutablePointer<Float>) {
    switch mix {
    case .mean:
      kernels.mix_channels(frames, channels, interleaved, mixed)
      guard channels > 1 else { return }
      interleaved.withUnsafeBufferPointer {
        power.add($0, means: UnsafeBufferPointer(start: mixed, count: frames))
      }
    case .channel(let channel):
      precondition(channel < channels, "the sound has the channel")
      for frame in 0..<frames { mixed[frame] = interleaved[frame * channels + channel] }
    }
  }

  /// Goes on with the next part; false where there is none.
  private func endPart() throws(AudioError) -> Bool {
    remark = remark ?? source.remark
    let next = partsAhead.popFirst()
    if next?.isContinuation == true {
      promise = max(0, promise - Self.framesLostAtHoles)
    } else {
      let frames = framesRead - framesBefore
      if frames < promise || source.isCut {
        missingFrames += max(promise - frames, 1)
        if !allowsTruncation {
          throw AudioError(
            file: name,
            .truncated(frames: framesRead, promised: framesRead + missingFrames, rate: rate)
          )
        }
      }
      (framesBefore, promise) = (framesRead, 0)
    }
    if let next {
      if let sound = try? LibrarySound(file.descriptor, part: next, name: name),
        sound.rate == rate, sound.channels == channels
      {
        source = sound
        if !next.isContinuation { promise = sound.promisedFrames }
        return true
      }
      unreadParts = 1 + partsAhead.count
      partsAhead = []
    }
    if framesRead == 0 { throw AudioError(file: name, .empty) }
    return false
  }

  /// Opens the first part by libsndfile, or the whole file by the decoder.
  private static func open(
    _ file: borrowing OpenFile,
    _ part: SoundPart,
    _ decoder: ExternalDecoder?,
    _ wait: () throws -> Void
  ) throws -> any SoundSource {
    let name = file.name
    do {
      return try LibrarySound(file.descriptor, part: part, name: name)
    } catch {
      guard case .noSound(let reason) = error.fault else { throw error }
      let format = ForeignFormat(of: file.descriptor)
      guard let decoder else {
        throw AudioError(file: name, format.map { .needsDecoder($0) } ?? error.fault)
      }
      do {
        return try DecodedSound(file.descriptor, decoder: decoder, name: name, wait: wait)
      } catch let error as DecoderError {
        let words = "\(decoder.name): \(error.reason)"
        throw AudioError(
          file: name,
          .noSound(reason: format == nil ? "\(reason); \(words)" : words)
        )
      }
    }
  }
}
