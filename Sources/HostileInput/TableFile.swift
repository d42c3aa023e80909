import Foundation
import Tensors

/// An index of a TensorFlow checkpoint with valid checksums around blocks of arbitrary content, so that readers reach
/// the content.
struct TableFile {
  private(set) var bytes: [UInt8] = []

  private static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
  private static let footerSize = 48

  /// - Parameter blocks: two bytes that give the length of the first block after them; the rest is the index
  ///   of the blocks.
  init(blocks: [UInt8]) {
    let content = blocks.dropFirst(2)
    let wish = blocks.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    let count = min(wish, content.count)
    self.init(block: content.prefix(count), index: content.dropFirst(count))
  }

  /// - Parameters:
  ///   - block: entries and the restart points of their keys.
  ///   - index: the same for the index of the blocks.
  init(block: ArraySlice<UInt8>, index: ArraySlice<UInt8>) {
    add(block)
    let start = bytes.count
    add(index)
    var footer = Self.varint(0) + Self.varint(0)
    footer += Self.varint(start) + Self.varint(index.count)
    footer += [UInt8](repeating: 0, count: Self.footerSize - Self.magic.count - footer.count)
    bytes += footer + Self.magic
  }

  /// The bytes after the entries of a block without restart points.
  static let restarts: [UInt8] = [0, 0, 0, 0]

  /// The unnamed entry that begins the index of a checkpoint with one shard.
  static let header = entry(0, "", [8, 1])

  /// The index value of a variable without elements.
  static let emptyVariable: [UInt8] =
    [8, 1, 18, 4, 18, 2, 8, 0, 6 << 3 | 5]
    + withUnsafeBytes(of: Checksum.masked(Data()).littleEndian) { Array($0) }

  /// Returns an entry of a block.
  ///
  /// - Parameters:
  ///   - shared: the number of bytes that the key shares with the previous key.
  ///   - key: the rest of the key.
  static func entry(_ shared: Int, _ key: String, _ value: [UInt8]) -> [UInt8] {
    varint(shared) + varint(key.utf8.count) + varint(value.count) + Array(key.utf8) + value
  }

  /// Adds a block with its kind and checksum.
  private mutating func add(_ block: ArraySlice<UInt8>) {
    let content = Array(block) + [0]
    let checksum = Checksum.masked(Data(content))
    bytes += content + withUnsafeBytes(of: checksum.littleEndian) { Array($0) }
  }

  static func varint(_ number: Int) -> [UInt8] {
    number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80)] + varint(number >> 7)
  }
}
