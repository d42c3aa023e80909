import Foundation
import Synchronization

/// A 64-byte aligned block of floats with one owner at a time.
///
/// Freed blocks are kept in a pool by size, since a training step asks for the same sizes again and fresh
/// pages from the system cost more than the arithmetic on them.
///
/// Sharing across threads is safe because a block is written only while its tensor is uniquely referenced,
/// or by the disjoint parts of a `WorkerPool` run that its owner waits for.
final class TensorStorage: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Float>
  let capacity: Int

  init(count: Int) {
    capacity = Self.roundedCapacity(count)
    pointer = StoragePool.shared.take(capacity)
    StorageStatistics.hold(capacity)
  }

  deinit {
    StorageStatistics.release(capacity)
    StoragePool.shared.give(pointer, capacity: capacity)
  }

  /// Sizes are rounded up so that nearly equal requests share blocks: to 16 floats, or 1/8 of the size.
  private static func roundedCapacity(_ count: Int) -> Int {
    let granule = max(16, (count / 8).leadingPowerOfTwo)
    return (count + granule - 1) / granule * granule
  }
}

extension Int {
  /// The largest power of two that is not above the number; 0 for 0.
  fileprivate var leadingPowerOfTwo: Int {
    self == 0 ? 0 : 1 << (Int.bitWidth - 1 - leadingZeroBitCount)
  }
}

/// What the pool of blocks has done so far.
package enum StorageStatistics {
  /// Blocks that came from the system because no free one had the size.
  package static var allocations: Int { counter.load(ordering: .relaxed) }

  /// Bytes of the blocks that are in use now.
  package static var heldBytes: Int { held.load(ordering: .relaxed) * floatBytes }

  /// The most bytes that were in use at a time since `beginPeak`.
  package static var peakBytes: Int { peak.load(ordering: .relaxed) * floatBytes }

  /// Starts a new measurement of the peak from what is in use now.
  package static func beginPeak() {
    peak.store(held.load(ordering: .relaxed), ordering: .relaxed)
  }

  private static let floatBytes = MemoryLayout<Float>.stride
  fileprivate static let counter = Atomic<Int>(0)
  private static let held = Atomic<Int>(0)
  private static let peak = Atomic<Int>(0)

  fileprivate static func hold(_ floats: Int) {
    let now = held.wrappingAdd(floats, ordering: .relaxed).newValue
    peak.max(now, ordering: .relaxed)
  }

  fileprivate static func release(_ floats: Int) {
    held.wrappingSubtract(floats, ordering: .relaxed)
  }
}

/// Free blocks by capacity.
private final class StoragePool: Sendable {
  static let shared = StoragePool()

  /// Free floats that are kept at most; what comes back beyond that goes to the system.
  private static let limit = 1 << 29

  private struct Shelf {
    var blocks: [Int: [UInt]] = [:]
    var kept = 0
  }

  private let shelf = Mutex(Shelf())

  func take(_ capacity: Int) -> UnsafeMutablePointer<Float> {
    let kept = shelf.withLock { shelf -> UInt? in
      guard let address = shelf.blocks[capacity]?.popLast() else { return nil }
      shelf.kept -= capacity
      return address
    }
    if let kept, let pointer = UnsafeMutablePointer<Float>(bitPattern: kept) { return pointer }
    StorageStatistics.counter.wrappingAdd(1, ordering: .relaxed)
    let count = max(capacity, 16)
    let raw = Self.allocate(count) ?? retry(count)
    return raw.bindMemory(to: Float.self, capacity: count)
  }

  private static func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    aligned_alloc(64, (count * MemoryLayout<Float>.stride + 63) / 64 * 64)
  }

  /// Gives all free blocks back to the system and tries again; ends the program if that does not help.
  private func retry(_ count: Int) -> UnsafeMutableRawPointer {
    let free = shelf.withLock { shelf in
      let blocks = shelf.blocks.values.flatMap(\.self)
      shelf = Shelf()
      return blocks
    }
    for block in free { Foundation.free(UnsafeMutableRawPointer(bitPattern: block)) }
    if let raw = Self.allocate(count) { return raw }
    let megabytes = [count * MemoryLayout<Float>.stride, StorageStatistics.heldBytes].map {
      String(format: "%.1f MB", Double($0) / 1e6)
    }
    let message = """
      rse: out of memory: \(megabytes[0]) more were wanted beside \(megabytes[1]) of tensors that are in use.
      Allow the program more memory, or use a smaller batch=, shorter lengths=, fewer maps= or memory=low.

      """
    FileHandle.standardError.write(Data(message.utf8))
    exit(Self.outOfMemory)
  }

  /// The exit status for want of memory: EX_OSERR of sysexits.h.
  private static let outOfMemory: CInt = 71

  func give(_ pointer: UnsafeMutablePointer<Float>, capacity: Int) {
    let keeps = shelf.withLock { shelf in
      guard shelf.kept + capacity <= Self.limit else { return false }
      shelf.kept += capacity
      shelf.blocks[capacity, default: []].append(UInt(bitPattern: pointer))
      return true
    }
    if !keeps { Foundation.free(pointer) }
  }
}
