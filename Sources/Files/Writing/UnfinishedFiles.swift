import Glibc
import Machine
import Synchronization

/// The temporary files that are being written, so that a program that is ended in the middle can take them
/// away.
package enum UnfinishedFiles {
  private static let places = 8
  private static let longestPath = 4096
  /// Paths of the files, each ended by a zero byte, at places of a fixed size.
  nonisolated(unsafe) private static let paths = UnsafeMutablePointer<CChar>.allocate(
    capacity: places * longestPath
  )
  /// A bit for each place that is taken, and for each whose path can be read.
  private static let taken = Atomic<UInt64>(0)
  private static let readable = Atomic<UInt64>(0)

  /// Makes `removeAll` safe to be called from a signal handler, and has it called where memory ends.
  package static func prepare() {
    MachineMemory.beforeExhaustedEnd { UnfinishedFiles.removeAll() }
    _ = paths
    _ = taken.load(ordering: .relaxed)
    _ = readable.load(ordering: .relaxed)
  }

  /// Removes all unfinished files; allowed inside of a signal handler after `prepare`, and the last thing to
  /// be done with them.
  package static func removeAll() {
    let mask = readable.load(ordering: .acquiring)
    for place in 0..<places where mask & (1 << UInt64(place)) != 0 {
      unlink(paths + place * longestPath)
    }
  }

  /// Adds a path before its file is made; gives its place, nil when there is none left or it is too long.
  static func add(_ path: String) -> Int? {
    let bytes = path.utf8CString
    guard bytes.count <= longestPath else { return nil }
    for place in 0..<places {
      let bit = UInt64(1) << UInt64(place)
      guard taken.bitwiseOr(bit, ordering: .acquiring).oldValue & bit == 0 else { continue }
      bytes.withUnsafeBufferPointer { source in
        // A place holds `longestPath` bytes, and the path with its zero byte is not longer.
        if let start = source.baseAddress {
          (paths + place * longestPath).update(from: start, count: source.count)
        }
      }
      readable.bitwiseOr(bit, ordering: .releasing)
      return place
    }
    return nil
  }

  /// Forgets a path whose file is in place or gone.
  static func forget(_ place: Int) {
    let bit = UInt64(1) << UInt64(place)
    readable.bitwiseAnd(~bit, ordering: .releasing)
    taken.bitwiseAnd(~bit, ordering: .releasing)
  }
}
