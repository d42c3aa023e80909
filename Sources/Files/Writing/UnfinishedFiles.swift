import Glibc
import Machine
import Synchronization

/// The temporary files being written, so that a program that is terminated midway can remove them.
package enum UnfinishedFiles {
  private static let places = 8
  private static let longestPath = 4096
  /// The zero-terminated paths of the files, in slots of a fixed size.
  nonisolated(unsafe) private static let paths = UnsafeMutablePointer<CChar>.allocate(
    capacity: places * longestPath
  )
  /// A bit for each slot that is taken, and for each whose path is readable.
  private static let taken = Atomic<UInt64>(0)
  private static let readable = Atomic<UInt64>(0)

  /// Makes `removeAll` safe to call from a signal handler, and registers it for the end of the program when memory
  /// runs out.
  package static func prepare() {
    MachineMemory.beforeExhaustedEnd { UnfinishedFiles.removeAll() }
    _ = paths
    _ = taken.load(ordering: .relaxed)
    _ = readable.load(ordering: .relaxed)
  }

  /// Removes all unfinished files; allowed in a signal handler after `prepare`, and the last operation on them.
  package static func removeAll() {
    let mask = readable.load(ordering: .acquiring)
    for place in 0..<places where mask & (1 << UInt64(place)) != 0 {
      unlink(paths + place * longestPath)
    }
  }

  /// Adds a path before its file is created; returns its slot, or nil if none is free or the path is too long.
  static func add(_ path: String) -> Int? {
    let bytes = path.utf8CString
    guard bytes.count <= longestPath else { return nil }
    for place in 0..<places {
      let bit = UInt64(1) << UInt64(place)
      guard taken.bitwiseOr(bit, ordering: .acquiring).oldValue & bit == 0 else { continue }
      bytes.withUnsafeBufferPointer { source in
        // A slot holds `longestPath` bytes, and the path with its zero byte is not longer.
        if let start = source.baseAddress {
          (paths + place * longestPath).update(from: start, count: source.count)
        }
      }
      readable.bitwiseOr(bit, ordering: .releasing)
      return place
    }
    return nil
  }

  /// Removes a path whose file is in place or deleted.
  static func forget(_ place: Int) {
    let bit = UInt64(1) << UInt64(place)
    readable.bitwiseAnd(~bit, ordering: .releasing)
    taken.bitwiseAnd(~bit, ordering: .releasing)
  }
}
