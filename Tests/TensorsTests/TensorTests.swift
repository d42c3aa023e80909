import Foundation
import Testing
import Wiring

@testable import Tensors

@Suite struct TensorTests {
  @Test("writing a copy leaves the original as it was")
  func valueSemantics() {
    let original = Tensor([1, 2, 3, 4], [2, 2])
    var copy = original
    copy.withMutablePointer { $0[0] = 9 }
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [9, 2, 3, 4])
  }

  @Test("all parts of a job run once, for any number of threads", arguments: [1, 2, 5])
  func pool(threads: Int) {
    let pool = WorkerPool(threads: threads)
    for parts in [0, 1, 2, 3, 100] {
      var counts = [Int](repeating: 0, count: parts)
      counts.withUnsafeMutableBufferPointer { counts in
        let slots = counts
        pool.run(parts: parts) { slots[$0] += 1 }
      }
      #expect(counts.allSatisfy { $0 == 1 })
    }
  }

  @Test("a job started inside a part runs there")
  func nestedJobs() {
    let pool = WorkerPool(threads: 3)
    var sums = [Int](repeating: 0, count: 4)
    sums.withUnsafeMutableBufferPointer { sums in
      let slots = sums
      pool.run(parts: 4) { outer in
        pool.run(parts: 5) { slots[outer] += $0 }
      }
    }
    #expect(sums == [10, 10, 10, 10])
  }

  @Test("a pool whose size changes goes on working")
  func resizing() {
    let pool = WorkerPool(threads: 1)
    for threads in [3, 1, 4, 2] {
      pool.resize(threads: threads)
      var done = [Bool](repeating: false, count: 50)
      done.withUnsafeMutableBufferPointer { done in
        let slots = done
        pool.run(parts: 50) { slots[$0] = true }
      }
      #expect(done.allSatisfy { $0 } && pool.threads == threads)
    }
  }

  @Test("runs of pairs lead to the places of the shuffle", arguments: [2, 4, 8, 64])
  func pairRuns(length: Int) {
    for shuffle in [Shuffle.none, .left, .right] {
      var sources = [Int](repeating: -1, count: length)
      for run in shuffle.runs(length: length) {
        for (count, pair) in run.pairs.enumerated() {
          sources[run.first + count * run.stride] = 2 * pair
          sources[run.second + count * run.stride] = 2 * pair + 1
        }
      }
      #expect(sources == (0..<length).map { shuffle.source(of: $0, length: length) })
    }
  }
}
