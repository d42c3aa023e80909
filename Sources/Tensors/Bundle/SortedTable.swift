import CKernels
import Foundation

/// A reader of LevelDB table files, the format of a TensorFlow checkpoint's index.
///
/// A file has blocks of entries with prefix-compressed keys, an index of the blocks, and a footer with a magic number;
/// each block has a checksum. LevelDB's `table_format.md` describes the format.
enum SortedTable {
  private static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
  private static let footerSize = 48
  private static let trailerSize = 5
  /// The maximum ratio of the total length of the keys, which share prefixes, to the file's size.
  private static let mostSharing = 8

  /// A defect in a table.
  struct Fault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Reads a table's entries in key order.
  ///
  /// - Parameter body: receives each key and its value.
  /// - Throws: `Fault`, or any error of `body`.
  static func read(_ file: Data, _ body: (_ key: Data, _ value: Data) throws -> Void) throws {
    guard file.count >= Self.footerSize, file.suffix(8).elementsEqual(Self.magic) else {
      throw Fault("it is no index of a TensorFlow checkpoint, or was cut off")
    }
    guard var footer = ByteScanner(file, file.count - Self.footerSize..<file.count - 8),
      footer.length() != nil, footer.length() != nil,
      let offset = footer.length(), let size = footer.length()
    else { throw Fault("its footer is damaged") }
    var blocks: [(offset: Int, size: Int)] = []
    var places = KeyOrder(file)
    try block(file, offset, size, &places) { _, handle in
      var scanner = ByteScanner(handle)
      guard let offset = scanner.length(), let size = scanner.length() else {
        throw Fault("the place of a block is damaged")
      }
      blocks.append((offset, size))
    }
    var room = file.count
    for (_, size) in blocks {
      guard size <= room - trailerSize else { throw Fault("its blocks overlap") }
      room -= size + trailerSize
    }
    var keys = KeyOrder(file)
    for (offset, size) in blocks { try block(file, offset, size, &keys, body) }
  }

  /// A check of the order and the total length of consecutive keys.
  private struct KeyOrder {
    private var last: Data?
    /// The number of key bytes that may still follow.
    private var room: Int

    init(_ file: Data) { room = file.count * mostSharing }

    /// Decodes the next key; returns nil if the previous one is shorter than the shared prefix.
    mutating func next(sharing shared: Int, _ rest: Data) throws(Fault) -> Data? {
      guard shared <= last?.count ?? 0 else { return nil }
      let key = (last ?? Data()).prefix(shared) + rest
      room -= key.count
      guard room >= 0 else { throw Fault("its keys are much longer than the file") }
      guard last?.lexicographicallyPrecedes(key) ?? true else {
        throw Fault("its keys are not in order")
      }
      last = key
      return key
    }
  }

  /// Reads the entries of a block.
  private static func block(
    _ file: Data,
    _ offset: Int,
    _ size: Int,
    _ keys: inout KeyOrder,
    _ body: (_ key: Data, _ value: Data) throws -> Void
  ) throws {
    let (end, overflows) = offset.addingReportingOverflow(size)
    guard !overflows, end <= file.count - trailerSize - footerSize,
      var trailer = ByteScanner(file, end..<end + trailerSize),
      let kind = trailer.take(1)?.first, let checksum = trailer.fixed32()
    else { throw Fault("a block goes beyond its end") }
    let content = file[file.startIndex + offset..<file.startIndex + end + 1]
    guard Checksum.masked(content) == checksum else { throw Fault("a block is damaged") }
    guard kind == 0 else { throw Fault("its blocks are compressed, which is not read") }
    guard size >= 4, var tail = ByteScanner(file, end - 4..<end), let restarts = tail.fixed32(),
      Int(restarts) <= (size - 4) / 4,
      var scanner = ByteScanner(file, offset..<end - 4 - 4 * Int(restarts))
    else { throw Fault("a block is damaged") }
    while !scanner.isAtEnd {
      guard let shared = scanner.length(), let more = scanner.length(),
        let length = scanner.length(), let rest = scanner.take(more),
        let value = scanner.take(length), let key = try keys.next(sharing: shared, rest)
      else { throw Fault("an entry is damaged") }
      try body(key, value)
    }
  }
}

/// The checksums of TensorFlow's files.
package enum Checksum {
  /// Returns the CRC-32C of bytes, masked so that checksums of data that contain checksums are no weaker.
  package static func masked(_ bytes: Data) -> UInt32 {
    let crc = bytes.withUnsafeBytes { bytes in
      rse_crc32c(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }
}
