/// Compresses the pixels of a GIF file.
///
/// T. A. Welch, "A Technique for High-Performance Data Compression", Computer 17 (1984); codes of 3 to 12 bits, least
/// significant bit first, according to "Graphics Interchange Format, Version 89a", appendix F.
enum LZWEncoder {
  private static let mostCodes = 4096

  /// Compresses indices less than 2 to the power of `bits`, which is 2 to 8.
  static func encode(_ indices: [UInt8], bits: Int) -> [UInt8] {
    let clear = 1 << bits
    var output = BitWriter()
    var width = bits + 1
    var next = clear + 2
    // The code of each extended string, by the code of its prefix and the index added.
    var codes: [Int: Int] = [:]
    output.write(clear, width)
    var prefix: Int?
    for index in indices {
      guard let known = prefix else {
        prefix = Int(index)
        continue
      }
      let key = known << 8 | Int(index)
      if let code = codes[key] {
        prefix = code
        continue
      }
      output.write(known, width)
      prefix = Int(index)
      if next == mostCodes {
        output.write(clear, width)
        codes.removeAll(keepingCapacity: true)
        (next, width) = (clear + 2, bits + 1)
      } else {
        codes[key] = next
        // The decoder learns a code one step later than the encoder.
        if next == 1 << width { width += 1 }
        next += 1
      }
    }
    if let prefix { output.write(prefix, width) }
    // After the last code the decoder has learned one more.
    if prefix != nil, next == 1 << width, width < 12 { width += 1 }
    output.write(clear + 1, width)
    return output.finish()
  }

  private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending = 0
    private var count = 0

    mutating func write(_ code: Int, _ width: Int) {
      pending |= code << count
      count += width
      while count >= 8 {
        bytes.append(UInt8(pending & 255))
        pending >>= 8
        count -= 8
      }
    }

    mutating func finish() -> [UInt8] {
      if count > 0 { bytes.append(UInt8(pending & 255)) }
      return bytes
    }
  }
}
