import Foundation
import Tensors

/// An index of a TensorFlow checkpoint with true checksums around blocks of any content, so that the content is
/// reached.
struct TableFile {
  private(set) var bytes: [UInt8] = []

  private static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
  private static let footerSize = 48

  /// - Parameter blocks: two bytes tell how many of those behind them are the first block; the others are the index
  ///   of the blocks.
  init(blocks: [UInt8]) {
    let content = blocks.dropFirst(2)
    let wish = blocks.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    let count = min(wish, content.count)
    add(content.prefix(count))
    let start = bytes.count
    add(content.dropFirst(count))
    var footer = Self.varint(0) + Self.varint(0)
    footer += Self.varint(start) + Self.varint(content.count - count)
    footer += [UInt8](repeating: 0, count: Self.footerSize - Self.magic.count - footer.count)
    bytes += footer + Self.magic
  }

  /// Adds a block with its kind and its checksum.
  private mutating func add(_ block: ArraySlice<UInt8>) {
    let content = Array(block) + [0]
    let checksum = Checksum.masked(Data(content))
    bytes += content + withUnsafeBytes(of: checksum.littleEndian) { Array($0) }
  }

  private static func varint(_ number: Int) -> [UInt8] {
    number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80)] + varint(number >> 7)
  }
}
