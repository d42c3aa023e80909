import Glibc
import Synchronization

/// Bounds the memory that mapped files take: pages that were read count as the process's own until they are
/// given back.
///
/// All mapped files together stay below `limit`, however large they are and in whatever order they are
/// read. The system keeps what is given back as long as it has room, so reading it again is quick.
enum ResidentPages {
  /// Bytes that may be resident before all are given back.
  static let limit = 256 << 20
  /// The system maps what it has around a page that is asked for, up to blocks of this size.
  private static let block = 1 << 18

  private static let mappings = Mutex<[UInt: Int]>([:])
  private static let touched = Atomic<Int>(0)

  /// Begins to watch a mapping.
  static func add(_ mapping: UnsafeRawBufferPointer) {
    mappings.withLock { $0[UInt(bitPattern: mapping.baseAddress)] = mapping.count }
  }

  /// Ends a mapping.
  static func unmap(_ mapping: UnsafeRawBufferPointer) {
    // Under the lock, so that nobody gives back pages of what takes the same place afterwards.
    mappings.withLock {
      $0[UInt(bitPattern: mapping.baseAddress)] = nil
      munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
    }
  }

  /// Counts bytes of a mapping that are about to be read.
  static func touch(_ bytes: Range<Int>) {
    let blocks = bytes.upperBound / block - bytes.lowerBound / block + 1
    let total = touched.wrappingAdd(blocks * block, ordering: .relaxed).newValue
    if total > limit { giveBack() }
  }

  private static func giveBack() {
    mappings.withLock { mappings in
      touched.store(0, ordering: .relaxed)
      for (address, count) in mappings {
        madvise(UnsafeMutableRawPointer(bitPattern: address), count, MADV_DONTNEED)
      }
    }
  }
}
