/// FLAC streams (RFC 9639): each begins with a mark and a block of 34 bytes that describes it. Its frames say which samples
/// they hold, so that those after damage can be located.
enum FLACParts {
  private static let mark = Array("fLaC".utf8)
  /// The headers of the first block: its length, and that it is not, or is, the last before the sound.
  private static let blocks: [[UInt8]] = [[0, 0, 0, 34], [0x80, 0, 0, 34]]
  private static let startSize = 8
  private static let descriptionSize = 34
  /// The largest size of a frame in bytes.
  private static let mostFrame = 1 << 21
  private static let mostFalseHeaders = 8
  /// The largest number of samples in a frame.
  private static let mostSamples = 1 << 16

  /// Returns the stream that begins at a place, up to the next sound; nil for anything else.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard begins(&bytes, at: place) else { return nil }
    let end = SoundStart.next(&bytes, from: place + 1) ?? bytes.count
    return FoundSound(parts: [SoundPart(bytes: place..<end, form: .flac)], end: end)
  }

  /// Returns true if a stream begins at a place.
  static func begins(_ bytes: inout FileBytes, at place: Int) -> Bool {
    let start = bytes.bytes(at: place, count: startSize)
    return start.starts(with: mark)
      && blocks.contains { start.dropFirst(mark.count).elementsEqual($0) }
  }

  /// Returns what can be decoded of a stream after damage: the part from the next intact frame on.
  ///
  /// - Parameters:
  ///   - part: the part in which decoding ended.
  ///   - frame: the stream's frame at which decoding ended.
  static func rest(_ descriptor: Int32, of part: SoundPart, behind frame: Int) -> SoundPart? {
    var bytes = FileBytes(descriptor, count: part.bytes.upperBound)
    let header =
      part.prefix.isEmpty
      ? Array(
        bytes.bytes(at: part.bytes.lowerBound, count: startSize + descriptionSize)
      ) : part.prefix
    guard let stream = FLACStream(header) else { return nil }
    var place = part.bytes.lowerBound
    while let found = next(&bytes, from: place, stream) {
      place = found.place + 1
      guard found.frame.sample >= frame, stream.holds(found.frame) else { continue }
      guard isWhole(&bytes, at: found.place, found.frame, stream) else { continue }
      return SoundPart(
        bytes: found.place..<part.bytes.upperBound,
        form: .flac,
        prefix: stream.header,
        gap: .frames(found.frame.sample - frame)
      )
    }
    return nil
  }

  /// Returns true if a frame is intact: its checksum is right where the next one begins.
  private static func isWhole(
    _ bytes: inout FileBytes,
    at place: Int,
    _ frame: FLACFrame,
    _ stream: FLACStream
  ) -> Bool {
    var sum = FLACSum()
    var done = place
    var from = place + 1
    // Few bytes within a frame look like a header.
    for _ in 0..<mostFalseHeaders {
      let next = next(&bytes, from: from, stream)
      let end = next?.place ?? bytes.count
      guard end - place < mostFrame else { return false }
      while done < end {
        let block = bytes.bytes(at: done, count: min(FileBytes.mostBytes, end - done))
        if block.isEmpty { return false }
        sum.add(block)
        done += block.count
      }
      if sum.isRight { return true }
      guard let next, !(1...mostSamples).contains(next.frame.sample - frame.sample) else {
        return false
      }
      from = next.place + 1
    }
    return false
  }

  /// Returns the next frame header.
  private static func next(
    _ bytes: inout FileBytes,
    from start: Int,
    _ stream: FLACStream
  ) -> (place: Int, frame: FLACFrame)? {
    var place = start
    while true {
      let block = bytes.bytes(at: place, count: FileBytes.mostBytes)
      guard block.count > FLACFrame.mostBytes else { return nil }
      let last = block.endIndex - FLACFrame.mostBytes
      var index = block.startIndex
      while index < last {
        guard let sync = block[index..<last].firstIndex(of: 0xFF) else { break }
        if let frame = FLACFrame(block[sync..<sync + FLACFrame.mostBytes], stream) {
          return (place + sync - block.startIndex, frame)
        }
        index = sync + 1
      }
      place += last - block.startIndex
    }
  }
}

/// The description of a FLAC stream.
struct FLACStream {
  /// The number of samples per frame; nil if it varies.
  let blockSize: Int?
  /// The number of samples in the stream; 0 if unknown.
  let samples: Int
  /// The mark and the description as last block before the sound, without the number of samples and their checksum.
  let header: [UInt8]

  /// Reads the first 42 bytes of a stream; nil for fewer.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 42 else { return nil }
    let (least, most) = (Int(bytes[8]) << 8 | Int(bytes[9]), Int(bytes[10]) << 8 | Int(bytes[11]))
    blockSize = least == most ? most : nil
    samples = bytes[22..<26].reduce(Int(bytes[21] & 0x0F)) { $0 << 8 | Int($1) }
    var header = Array(bytes[..<42])
    header[4] = 0x80
    header[21] &= 0xF0
    for place in 22..<42 { header[place] = 0 }
    self.header = header
  }

  /// Returns true if a frame may belong to the stream.
  func holds(_ frame: FLACFrame) -> Bool { samples == 0 || frame.sample < samples }
}

/// The header of a frame (RFC 9639, section 9.1).
struct FLACFrame {
  /// The largest size of a header in bytes.
  static let mostBytes = 16

  /// The index in the stream of the frame's first sample.
  let sample: Int

  /// Reads bytes; nil if they are not a header or its checksum is wrong.
  init?(_ bytes: ArraySlice<UInt8>, _ stream: FLACStream) {
    let bytes = Array(bytes)
    guard bytes.count >= Self.mostBytes, bytes[0] == 0xFF, bytes[1] & 0xFE == 0xF8 else {
      return nil
    }
    let (sizeCode, rateCode) = (bytes[2] >> 4, bytes[2] & 0x0F)
    guard sizeCode > 0, rateCode < 15, bytes[3] >> 4 < 11, bytes[3] & 1 == 0 else { return nil }
    // A number coded as in UTF-8, of up to 36 bits.
    let extra = (~bytes[4]).leadingZeroBitCount
    guard extra != 1, extra < 8 else { return nil }
    let count = max(1, extra)
    var number = extra == 0 ? Int(bytes[4]) : Int(bytes[4]) & (0x7F >> extra)
    for byte in bytes[5..<4 + count] {
      guard byte & 0xC0 == 0x80 else { return nil }
      number = number << 6 | Int(byte & 0x3F)
    }
    var end = 4 + count
    if sizeCode == 6 { end += 1 } else if sizeCode == 7 { end += 2 }
    if rateCode == 12 { end += 1 } else if rateCode > 12 { end += 2 }
    guard end < bytes.count, Self.sum(bytes[..<end]) == bytes[end] else { return nil }
    let isVariable = bytes[1] & 1 == 1
    guard isVariable || stream.blockSize != nil else { return nil }
    sample = isVariable ? number : number * (stream.blockSize ?? 1)
  }

  /// Returns the checksum of a header, CRC-8 with x⁸ + x² + x + 1.
  private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ byte) { sum, _ in sum & 0x80 != 0 ? sum << 1 ^ 0x07 : sum << 1 }
    }
  }
}

/// The checksum of a frame, CRC-16 with x¹⁶ + x¹⁵ + x² + 1; zero over a whole frame with its own checksum.
private struct FLACSum {
  private var sum: UInt16 = 0

  private static let table: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte) << 8) { sum, _ in sum & 0x8000 != 0 ? sum << 1 ^ 0x8005 : sum << 1 }
  }

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes { sum = sum << 8 ^ Self.table[Int(sum >> 8) ^ Int(byte)] }
  }

  var isRight: Bool { sum == 0 }
}
