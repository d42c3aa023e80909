/// The size of the blocks in which files are read.
package enum ReadBlock {
  /// The largest block in bytes; larger ones are not faster.
  private static let largest = 1 << 20
  private static let smallest = 1 << 12

  /// Returns the block size for a file of `size` bytes: one read takes in a small file and detects its end.
  package static func bytes(forFileOf size: Int) -> Int {
    max(smallest, min(size, largest - 1) + 1)
  }
}
