import CKernels
import Foundation

/// The keys and values of a table file of LevelDB, in which TensorFlow keeps the index of a checkpoint.
///
/// Blocks of entries that share the beginnings of their keys, an index of the blocks, and a footer with a magic number;
/// each block has a checksum. The format is told by `table_format.md` of LevelDB.
struct SortedTable {
  /// Keys and values in the order of the keys.
  private(set) var entries: [(key: Data, value: Data)] = []

  private static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
  private static let footerSize = 48
  private static let trailerSize = 5
  /// How many times longer than their file all keys together may be, as they share their beginnings.
  private static let mostSharing = 16

  /// What is wrong with a table.
  struct Fault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  init(parsing file: Data) throws(Fault) {
    guard file.count >= Self.footerSize, file.suffix(8).elementsEqual(Self.magic) else {
      throw Fault("it is no index of a TensorFlow checkpoint, or was cut off")
    }
    guard var footer = ByteScanner(file, file.count - Self.footerSize..<file.count - 8),
      footer.length() != nil, footer.length() != nil,
      let offset = footer.length(), let size = footer.length()
    else { throw Fault("its footer is damaged") }
    // Blocks do not overlap: together they are not longer than the file.
    var room = (blocks: file.count, keys: file.count * Self.mostSharing)
    for (_, handle) in try Self.block(file, offset, size, &room) {
      var scanner = ByteScanner(handle)
      guard let offset = scanner.length(), let size = scanner.length() else {
        throw Fault("the place of a block is damaged")
      }
      entries += try Self.block(file, offset, size, &room)
    }
  }

  /// The entries of a block.
  ///
  /// - Parameter room: how many bytes of blocks and of keys there may be more.
  private static func block(
    _ file: Data,
    _ offset: Int,
    _ size: Int,
    _ room: inout (blocks: Int, keys: Int)
  ) throws(Fault) -> [(key: Data, value: Data)] {
    let (end, overflows) = offset.addingReportingOverflow(size)
    guard !overflows, end <= file.count - trailerSize - footerSize,
      var trailer = ByteScanner(file, end..<end + trailerSize),
      let kind = trailer.take(1)?.first, let checksum = trailer.fixed32()
    else { throw Fault("a block goes beyond its end") }
    room.blocks -= size + trailerSize
    guard room.blocks >= 0 else { throw Fault("its blocks overlap") }
    let content = file[file.startIndex + offset..<file.startIndex + end + 1]
    guard Checksum.masked(content) == checksum else { throw Fault("a block is damaged") }
    guard kind == 0 else { throw Fault("its blocks are compressed, which is not read") }
    guard size >= 4, var tail = ByteScanner(file, end - 4..<end), let restarts = tail.fixed32(),
      Int(restarts) <= (size - 4) / 4,
      var scanner = ByteScanner(file, offset..<end - 4 - 4 * Int(restarts))
    else { throw Fault("a block is damaged") }
    var entries: [(key: Data, value: Data)] = []
    var key = Data()
    while !scanner.isAtEnd {
      guard let shared = scanner.length(), let more = scanner.length(),
        let length = scanner.length(), shared <= key.count, let rest = scanner.take(more),
        let value = scanner.take(length)
      else { throw Fault("an entry is damaged") }
      key = key.prefix(shared) + rest
      room.keys -= key.count
      guard room.keys >= 0 else { throw Fault("its keys are much longer than the file") }
      entries.append((key, value))
    }
    return entries
  }
}

/// The checksums of TensorFlow's files.
package enum Checksum {
  /// The CRC-32C of bytes, changed so that checksums of what contains checksums are no weaker.
  package static func masked(_ bytes: Data) -> UInt32 {
    let crc = bytes.withUnsafeBytes { bytes in
      rse_crc32c(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }
}
