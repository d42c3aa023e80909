/// The header of a WAV stream that is read while it is written; its sizes may be missing.
struct WaveStream {
  /// The coding of samples.
  enum Coding {
    case integers
    case floats

    /// The number of bytes in a sample.
    var size: Int { self == .integers ? 2 : 4 }

    /// Decodes whole samples; full scale is −1 … 1.
    func decode(_ bytes: ArraySlice<UInt8>, into samples: UnsafeMutableBufferPointer<Float>) {
      precondition(bytes.count / size <= samples.count, "room for the samples")
      bytes.withUnsafeBytes { bytes in
        for index in 0..<bytes.count / size {
          switch self {
          case .integers:
            let code = bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)
            samples[index] = Float(Int16(littleEndian: code)) / 32_768
          case .floats:
            let code = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            samples[index] = Float(bitPattern: UInt32(littleEndian: code))
          }
        }
      }
    }
  }

  let rate: Int
  let channels: Int
  let coding: Coding
  /// The byte offset of the samples.
  let start: Int

  /// The largest size of a header in bytes.
  private static let mostBytes = 1 << 20
  private static let extensible = 0xFFFE

  /// Reads the beginning of a stream; nil while its header is incomplete.
  ///
  /// - Throws: `DecoderError` for anything but WAV of 16-bit integers or 32-bit floats.
  init?(_ bytes: [UInt8]) throws(DecoderError) {
    func number(_ place: Int, _ size: Int) -> Int {
      bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    guard bytes.count >= 12 else { return nil }
    guard bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8) else {
      throw DecoderError(reason: "it does not write WAV")
    }
    var place = 12
    var format: (tag: Int, channels: Int, rate: Int, bits: Int)?
    while place + 8 <= bytes.count {
      let size = number(place + 4, 4)
      let content = place + 8
      if bytes[place..<place + 4].elementsEqual("data".utf8) {
        guard let format else { throw DecoderError(reason: "it does not write how sound is coded") }
        switch (format.tag, format.bits) {
        case (1, 16): coding = .integers
        case (3, 32): coding = .floats
        default: throw DecoderError(reason: "it does not write 32-bit floats")
        }
        (rate, channels, start) = (format.rate, format.channels, content)
        return
      }
      guard size <= Self.mostBytes else { throw DecoderError(reason: "it does not write sound") }
      if bytes[place..<place + 4].elementsEqual("fmt ".utf8) {
        guard content + size <= bytes.count else { return nil }
        guard size >= 16 else { throw DecoderError(reason: "it does not write WAV") }
        var tag = number(content, 2)
        // The first bytes of the format's identifier are the tag that it stands for.
        if tag == Self.extensible, size >= 26 { tag = number(content + 24, 2) }
        format = (tag, number(content + 2, 2), number(content + 4, 4), number(content + 14, 2))
      }
      place = content + size + size % 2
    }
    guard bytes.count < Self.mostBytes else {
      throw DecoderError(reason: "it does not write sound")
    }
    return nil
  }
}
