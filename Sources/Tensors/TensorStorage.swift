import Foundation
import Machine
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

  /// Bytes of free blocks that are kept.
  package static var keptBytes: Int { StoragePool.shared.kept * floatBytes }

  /// The most bytes that were in use at a time since `beginPeak`.
  package static var peakBytes: Int { peak.load(ordering: .relaxed) * floatBytes }

  /// Starts a new measurement of the peak from what is in use now.
  package static func beginPeak() {
    peak.store(held.load(ordering: .relaxed), ordering: .relaxed)
  }

  fileprivate static let floatBytes = MemoryLayout<Float>.stride
  fileprivate static let counter = Atomic<Int>(0)
  private static let held = Atomic<Int>(0)
  private static let peak = Atomic<Int>(0)

  /// The most floats that were ever in use at a time.
  private static let most = Atomic<Int>(0)

  /// The floats in use once that many more are.
  fileprivate static func held(with floats: Int) -> Int { held.load(ordering: .relaxed) + floats }

  /// The most floats that were ever in use at a time, that many more than now included.
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

  /// Bytes of a cache line, where each block begins.
  private static let alignment = 64
  /// The share of what was in use that free blocks may take more, 1 / `slack`.
  private static let slack = 32
  /// Floats in use and free ones that are not worth looking at.
  private static let small = 1 << 28
  /// Free floats that are kept at most; what comes back beyond that goes to the system.
  private static let limit = 1 << 29

  private struct Block {
    let address: UInt
    /// When it came, counted in blocks.
    let time: Int
  }

  private struct Shelf {
    /// By capacity, the oldest first.
    var blocks: [Int: [Block]] = [:]
    var kept = 0
    var time = 0

    /// The capacity of the block that has been here longest.
    var oldestSize: Int? {
      blocks.min { ($0.value.first?.time ?? .max) < ($1.value.first?.time ?? .max) }
        .flatMap { $0.value.isEmpty ? nil : $0.key }
    }
  }

  private let shelf = Mutex(Shelf())

  private init() {
    MachineMemory.onExhaustion { StoragePool.shared.giveBack() }
  }

  /// Floats of free blocks.
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
    // Without memory `giveBack` is called, and then the program ends with amounts. Only a sanitizer, which has an
    // allocator of its own, comes back empty-handed.
    guard let raw = aligned_alloc(Self.alignment, bytes) else { fatalError("no memory") }
    return raw.bindMemory(to: Float.self, capacity: floats)
  }

  /// Gives free blocks back, those first that lay there longest, as far as the pool would take more than was ever in use
  /// at a time and is not small: blocks of sizes that are not asked for again would take the memory of others.
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

  /// Gives all free blocks back to the system; where the shelf is in use by whoever needs memory, none.
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
