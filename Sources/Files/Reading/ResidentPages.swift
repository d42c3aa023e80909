import Glibc
import Synchronization

/// Bounds the memory of mapped files: pages that were read count towards the process until they are released.
///
/// All mapped files together stay below `limit`, whatever their size and the order of reading. The system caches
/// released pages while it has room, so reading them again is quick.
enum ResidentPages {
  /// The number of bytes that may be resident before all are released.
  static let limit = 256 << 20
  /// Around a requested page the system maps cached ones, in blocks of up to this size.
  private static let block = 1 << 18

  private static let mappings = Mutex<[UInt: Int]>([:])
  private static let touched = Atomic<Int>(0)

  /// Starts to track a mapping.
  static func add(_ mapping: UnsafeRawBufferPointer) {
    mappings.withLock { $0[UInt(bitPattern: mapping.baseAddress)] = mapping.count }
  }

  /// Unmaps a mapping.
  static func unmap(_ mapping: UnsafeRawBufferPointer) {
    // Under the lock, so that no thread releases pages of a later mapping at the same address.
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
