import Glibc

/// The bytes of an open file at any place, read in blocks.
struct FileBytes {
  private static let blockSize = 1 << 16
  /// The bytes that may be asked for at once.
  static let mostBytes = blockSize / 2

  /// The length of the file.
  let count: Int
  private let descriptor: Int32
  private var block: [UInt8] = []
  private var blockStart = 0

  /// The length of an open file; 0 where the system does not tell.
  static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? max(0, status.st_size) : 0
  }

  init(_ descriptor: Int32, count: Int) {
    self.descriptor = descriptor
    self.count = count
  }

  /// The same as if the file ended at a place.
  func limited(to end: Int) -> FileBytes { FileBytes(descriptor, count: min(end, count)) }

  /// So many bytes from a place on; fewer where the file ends or cannot be read.
  mutating func bytes(at place: Int, count wanted: Int) -> ArraySlice<UInt8> {
    precondition(wanted <= Self.mostBytes, "a part of a block")
    guard place >= 0, place < count else { return [] }
    let end = min(count, place + wanted)
    if place < blockStart || end > blockStart + block.count { load(place) }
    let (first, last) = (place - blockStart, min(end - blockStart, block.count))
    return first < last ? block[first..<last] : []
  }

  /// Whether a text stands at a place.
  mutating func holds(_ text: String, at place: Int) -> Bool {
    bytes(at: place, count: text.utf8.count).elementsEqual(text.utf8)
  }

  /// A number of 32 bits, the lowest first; nil beyond the end.
  mutating func littleEndian(at place: Int) -> Int? {
    let bytes = bytes(at: place, count: 4)
    return bytes.count < 4 ? nil : bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number of 32 bits, the highest first; nil beyond the end.
  mutating func bigEndian(at place: Int) -> Int? {
    let bytes = bytes(at: place, count: 4)
    return bytes.count < 4 ? nil : bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func load(_ place: Int) {
    // Somewhat earlier, since readers go back a little as well.
    blockStart = max(0, place - Self.blockSize / 4)
    block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, filled in
      while true {
        filled = max(0, pread(descriptor, buffer.baseAddress, Self.blockSize, blockStart))
        if filled > 0 || errno != EINTR { return }
      }
    }
  }
}
