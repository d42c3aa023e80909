import Glibc

/// Random access to the bytes of an open file, read in blocks.
struct FileBytes {
  private static let blockSize = 1 << 16
  /// The largest number of bytes per request.
  static let mostBytes = blockSize / 2

  /// The length of the file in bytes.
  let count: Int
  private let descriptor: Int32
  private var block: [UInt8] = []
  private var blockStart = 0

  /// Returns the length of an open file; 0 if the system does not report it.
  static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? max(0, status.st_size) : 0
  }

  init(_ descriptor: Int32, count: Int) {
    self.descriptor = descriptor
    self.count = count
  }

  /// Returns the same bytes as if the file ended at a place.
  func limited(to end: Int) -> FileBytes { FileBytes(descriptor, count: min(end, count)) }

  /// Returns `wanted` bytes from a place on; fewer if the file ends or cannot be read.
  mutating func bytes(at place: Int, count wanted: Int) -> ArraySlice<UInt8> {
    precondition(wanted <= Self.mostBytes, "a part of a block")
    guard place >= 0, place < count else { return [] }
    let end = min(count, place + wanted)
    if place < blockStart || end > blockStart + block.count { load(place) }
    let (first, last) = (place - blockStart, min(end - blockStart, block.count))
    return first < last ? block[first..<last] : []
  }

  /// Returns true if a text is at a place.
  mutating func holds(_ text: String, at place: Int) -> Bool {
    bytes(at: place, count: text.utf8.count).elementsEqual(text.utf8)
  }

  /// Returns a little-endian number of 32 bits; nil beyond the end.
  mutating func littleEndian(at place: Int) -> Int? {
    let bytes = bytes(at: place, count: 4)
    return bytes.count < 4 ? nil : bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Returns a big-endian number of 32 bits; nil beyond the end.
  mutating func bigEndian(at place: Int) -> Int? {
    let bytes = bytes(at: place, count: 4)
    return bytes.count < 4 ? nil : bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func load(_ place: Int) {
    // Starts somewhat earlier because readers also go back a little.
    blockStart = max(0, place - Self.blockSize / 4)
    block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, filled in
      while true {
        filled = max(0, pread(descriptor, buffer.baseAddress, Self.blockSize, blockStart))
        if filled > 0 || errno != EINTR { return }
      }
    }
  }
}
