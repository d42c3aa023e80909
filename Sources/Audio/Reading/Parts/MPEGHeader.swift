/// The header of a frame of MPEG audio (ISO/IEC 11172-3 and 13818-3, section 2.4.1.3).
struct MPEGHeader: Equatable {
  /// The version: 1, 2, or 3 for the extension to low rates called 2.5.
  let version: Int
  let layer: Int
  /// Samples per second.
  let rate: Int
  let isMono: Bool
  /// The length of this frame in bytes, and the mean length of frames at its bit rate.
  let length: Int
  let meanLength: Double
  /// The number of samples in a frame.
  let samples: Int
  /// The length of the header and the side information, which describes the frame's coding.
  let sideEnd: Int

  /// The header's bytes as a number.
  private let word: Int

  /// The bit rates of the layers in kilobits per second, by their codes from 1.
  private static let rates: [[Int]] = [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ]
  /// The same for low sampling rates, of the first layer and of the others.
  private static let lowRates: [[Int]] = [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ]

  /// Reads four bytes; nil if they are not a header, or one that leaves the length open.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 4 else { return nil }
    word = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let (versionCode, layerCode) = (word >> 19 & 3, word >> 17 & 3)
    let (bitRateCode, rateCode) = (word >> 12 & 15, word >> 10 & 3)
    guard word >> 21 == 0x7FF, versionCode != 1, layerCode != 0, (1...14).contains(bitRateCode),
      rateCode != 3
    else { return nil }
    version = [3: 1, 2: 2, 0: 3][versionCode] ?? 1
    layer = 4 - layerCode
    rate = [44_100, 48_000, 32_000][rateCode] >> (version - 1)
    isMono = word >> 6 & 3 == 3
    let isLow = version > 1
    let table = isLow ? Self.lowRates[min(layer, 2) - 1] : Self.rates[layer - 1]
    let (bitRate, padding) = (1000 * table[bitRateCode - 1], word >> 9 & 1)
    samples =
      switch layer {
      case 1: 384
      case 3 where isLow: 576
      default: 1152
      }
    // Frames are divided into slots, of four bytes in the first layer and of one in the others.
    let slot = layer == 1 ? 4 : 1
    length = (samples / 8 / slot * bitRate / rate + padding) * slot
    meanLength = Double(samples / 8 * bitRate) / Double(rate)
    let side = isLow ? (isMono ? 9 : 17) : (isMono ? 17 : 32)
    sideEnd = 4 + side
  }

  /// Returns true if the frame may follow one with another header in the same stream.
  func continues(_ other: MPEGHeader) -> Bool {
    version == other.version && layer == other.layer && rate == other.rate
  }
}
