/// How much of a file is read at a time.
package enum ReadBlock {
  /// Bytes of a block; more are not read faster.
  private static let largest = 1 << 20
  private static let smallest = 1 << 12

  /// The block for a file of `size` bytes: one reading takes a small file and finds its end.
  package static func bytes(forFileOf size: Int) -> Int {
    max(smallest, min(size, largest - 1) + 1)
  }
}
