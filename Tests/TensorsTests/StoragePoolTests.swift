import Foundation
import Testing

@testable import Tensors

/// The pool is that of the process, so each test has one of its own.
@Suite("Pool of blocks") struct StoragePoolTests {
  @Test("takes no more than was ever in use at a time, where that is much")
  func largeBlocks() async {
    await #expect(processExitsWith: .success) {
      let sizes = [300_000_000, 320_000_000, 400_000_000]
      for size in sizes {
        let tensor = Tensor(unwritten: [size])
        #expect(tensor.shape.count == size)
      }
      // Each was there alone. Sizes are rounded up by an eighth at most.
      #expect(StorageStatistics.heldBytes == 0)
      #expect(StorageStatistics.keptBytes <= 4 * 450_000_000)
    }
  }

  @Test("keeps blocks of all sizes where they are small")
  func smallBlocks() async {
    await #expect(processExitsWith: .success) {
      let sizes = [10_000_000, 20_000_000, 40_000_000]
      for _ in 0..<3 {
        for size in sizes { _ = Tensor(unwritten: [size]) }
      }
      #expect(StorageStatistics.keptBytes >= 4 * 70_000_000)
      #expect(StorageStatistics.allocations == 3)
    }
  }
}
