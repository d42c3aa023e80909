import Foundation
import Machine
import Synchronization

/// A 64-byte aligned block of floats with one owner at a time.
///
/// Freed blocks stay in a pool by size: each training step asks for the same sizes, and fresh pages from the system
/// cost more than the arithmetic on them.
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

  /// Rounds a size up, to multiples of 16 floats or of up to 1/8 of the size, so that nearly equal requests share
  /// blocks.
  private static func roundedCapacity(_ count: Int) -> Int {
    let granule = max(16, (count / 8).leadingPowerOfTwo)
    return (count + granule - 1) / granule * granule
  }
}

extension Int {
  /// The largest power of two not above the number; 0 for 0.
  fileprivate var leadingPowerOfTwo: Int {
    self == 0 ? 0 : 1 << (Int.bitWidth - 1 - leadingZeroBitCount)
  }
}

/// Statistics of the block pool.
package enum StorageStatistics {
  /// The number of blocks that came from the system because no free one had the size.
  package static var allocations: Int { counter.load(ordering: .relaxed) }

  /// The number of bytes in blocks in use.
  package static var heldBytes: Int { held.load(ordering: .relaxed) * floatBytes }

  /// The number of bytes in free blocks of the pool.
  package static var keptBytes: Int { StoragePool.shared.kept * floatBytes }

  /// The peak number of bytes in use since `beginPeak`.
  package static var peakBytes: Int { peak.load(ordering: .relaxed) * floatBytes }

  /// Restarts the measurement of the peak at the present use.
  package static func beginPeak() {
    peak.store(held.load(ordering: .relaxed), ordering: .relaxed)
  }

  fileprivate static let floatBytes = MemoryLayout<Float>.stride
  fileprivate static let counter = Atomic<Int>(0)
  private static let held = Atomic<Int>(0)
  private static let peak = Atomic<Int>(0)

  /// The peak number of floats in use since the program started.
  private static let most = Atomic<Int>(0)

  /// Returns the number of floats in use with `floats` more.
  fileprivate static func held(with floats: Int) -> Int { held.load(ordering: .relaxed) + floats }

  /// Returns the peak number of floats in use since the program started, counting `floats` more than now.
  fileprivate static func mostHeld(with floats: Int) -> Int {
    max(most.load(ordering: .relaxed), held(with: floats))
  }

  fileprivate static func hold(_ floats: Int) {
    let now = held.wrappingAdd(floats, ordering: .relaxed).newValue
    peak.max(now, ordering: .relaxed)
    most.max(now, ordering: .relaxed)
  }

  fileprivate static func release(_ floats: Int) {
    held.wrappingSubtract(floats, ordering: .relaxed)
  }
}

/// Free blocks by capacity.
private final class StoragePool: Sendable {
  static let shared = StoragePool()

  /// The alignment of blocks in bytes: a cache line.
  private static let alignment = 64
  /// The inverse of the fraction of the peak use by which the pool's size may exceed it.
  private static let slack = 32
  /// The number of floats, in use and free, up to which no block is freed.
  private static let small = 1 << 28
  /// The maximum number of free floats in the pool; further blocks go back to the system.
  private static let limit = 1 << 29

  private struct Block {
    let address: UInt
    /// The time of its return, counted in blocks.
    let time: Int
  }

  private struct Shelf {
    /// The free blocks by capacity, oldest first.
    var blocks: [Int: [Block]] = [:]
    var kept = 0
    var time = 0

    /// The capacity of the oldest block.
    var oldestSize: Int? {
      blocks.min { ($0.value.first?.time ?? .max) < ($1.value.first?.time ?? .max) }
        .flatMap { $0.value.isEmpty ? nil : $0.key }
    }
  }

  private let shelf = Mutex(Shelf())

  private init() {
    MachineMemory.onExhaustion { StoragePool.shared.giveBack() }
  }

  /// The number of floats in free blocks.
  var kept: Int { shelf.withLock(\.kept) }

  func take(_ capacity: Int) -> UnsafeMutablePointer<Float> {
    let kept = shelf.withLock { shelf -> UInt? in
      guard let block = shelf.blocks[capacity]?.popLast() else { return nil }
      shelf.kept -= capacity
      return block.address
    }
    if let kept, let pointer = UnsafeMutablePointer<Float>(bitPattern: kept) { return pointer }
    StorageStatistics.counter.wrappingAdd(1, ordering: .relaxed)
    makeRoom(for: capacity)
    let floats = max(capacity, 16)
    let bytes =
      (floats * StorageStatistics.floatBytes + Self.alignment - 1) / Self.alignment * Self.alignment
    // When memory runs out, `giveBack` is called and, if that is not enough, the program ends with amounts. Only a
    // sanitizer, which has its own allocator, returns nil.
    guard let raw = aligned_alloc(Self.alignment, bytes) else { fatalError("no memory") }
    return raw.bindMemory(to: Float.self, capacity: floats)
  }

  /// Frees blocks, oldest first, while the pool would exceed the peak use by more than the slack and is not small:
  /// blocks of sizes that are no longer requested would take the memory of others.
  private func makeRoom(for capacity: Int) {
    let most = StorageStatistics.mostHeld(with: capacity)
    let limit = max(most + most / Self.slack, Self.small)
    var freed: [Block] = []
    shelf.withLock { shelf in
      var excess = StorageStatistics.held(with: capacity) + shelf.kept - limit
      while excess > 0, let size = shelf.oldestSize {
        freed.append(shelf.blocks[size, default: []].removeFirst())
        shelf.kept -= size
        excess -= size
      }
    }
    for block in freed { free(block) }
  }

  /// Returns all free blocks to the system; a no-op if the thread that needs memory is using the shelf.
  private func giveBack() {
    _ = shelf.withLockIfAvailable { shelf in
      for blocks in shelf.blocks.values {
        for block in blocks { free(block) }
      }
      shelf = Shelf()
    }
  }

  private func free(_ block: Block) {
    Foundation.free(UnsafeMutableRawPointer(bitPattern: block.address))
  }

  func give(_ pointer: UnsafeMutablePointer<Float>, capacity: Int) {
    let keeps = shelf.withLock { shelf in
      guard shelf.kept + capacity <= Self.limit else { return false }
      shelf.kept += capacity
      shelf.time += 1
      shelf.blocks[capacity, default: []].append(
        Block(address: UInt(bitPattern: pointer), time: shelf.time)
      )
      return true
    }
    if !keeps { Foundation.free(pointer) }
  }
}
