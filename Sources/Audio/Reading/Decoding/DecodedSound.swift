import Glibc

/// A file that an external program decodes into a WAV stream, which is read while it is written.
final class DecodedSound: SoundSource {
  let rate: Int
  let channels: Int
  let promisedFrames = 0
  private(set) var remark: String?

  private let process: DecoderProcess
  private let decoder: ExternalDecoder
  private let name: String
  private let coding: WaveStream.Coding
  /// The bytes that were read but not yet decoded.
  private var bytes: [UInt8]
  /// True if the program has written everything.
  private var isAtEnd = false
  /// True if the program succeeded; nil while it runs.
  private var success: Bool?

  /// The number of bytes that are read at a time.
  private static let portion = 1 << 18

  /// Starts the program and reads the header of its output.
  ///
  /// - Parameters:
  ///   - descriptor: the file's descriptor.
  ///   - part: a part of the file; what precedes its bytes is not read.
  ///   - wait: called about ten times per second; an error ends the program.
  /// - Throws: `DecoderError`, `AudioError`; the errors of `wait`.
  init(
    _ descriptor: Int32,
    part: SoundPart,
    decoder: ExternalDecoder,
    name: String,
    wait: () throws -> Void
  ) throws {
    // For programs that read the descriptor from its position, which the library has moved.
    lseek(descriptor, 0, SEEK_SET)
    let process = try DecoderProcess(
      decoder.path,
      ExternalDecoder.arguments(for: part),
      input: descriptor
    )
    var bytes: [UInt8] = []
    var stream: WaveStream?
    while stream == nil {
      try wait()
      let isEnd = Self.read(process, into: &bytes) == .end
      stream = try WaveStream(bytes)
      guard isEnd, stream == nil else { continue }
      while process.finish() == nil { try wait() }
      let line = ExternalDecoder.lastLine(process.errorText)
      throw DecoderError(reason: line ?? "it writes no sound")
    }
    guard let stream else { preconditionFailure("the header was read") }
    guard AudioReader.rates.contains(stream.rate) else {
      throw AudioError(file: name, .rate(stream.rate))
    }
    guard (1...AudioReader.mostChannels).contains(stream.channels) else {
      throw AudioError(file: name, .channels(stream.channels))
    }
    (rate, channels, coding) = (stream.rate, stream.channels, stream.coding)
    self.bytes = Array(bytes[stream.start...])
    (self.process, self.decoder, self.name) = (process, decoder, name)
  }

  /// Decodes whole blocks except for the last, whatever portions the program writes.
  func read(
    _ frames: Int,
    into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(AudioError) -> Int? {
    let size = channels * coding.size
    if bytes.count < frames * size && success == nil {
      if isAtEnd { finish() } else { isAtEnd = Self.read(process, into: &bytes) == .end }
      return 0
    }
    let count = min(frames, bytes.count / size)
    guard count > 0 else { return nil }
    coding.decode(bytes[..<(count * size)], into: buffer)
    bytes.removeFirst(count * size)
    return count
  }

  var isCut: Bool { success == false }

  private func finish() {
    success = process.finish()
    guard success != nil else { return }
    remark = ExternalDecoder.lastLine(process.errorText).map { "\(decoder.name): \($0)" }
  }

  /// Appends what the program has written.
  private static func read(
    _ process: DecoderProcess,
    into bytes: inout [UInt8]
  ) -> DecoderProcess.Reading {
    var block = [UInt8](repeating: 0, count: portion)
    let reading = block.withUnsafeMutableBytes { process.read(into: $0) }
    if case .bytes(let count) = reading { bytes += block[..<count] }
    return reading
  }
}
