import Files
import Foundation
import Synchronization
import Testing

@Suite("Threads that read files")
struct ReadingThreadsTests {
  private struct Stop: Error {}

  @Test("no more jobs run at the same time than there are threads, and all of them end")
  func bounds() throws {
    let counts = Mutex((running: 0, most: 0, ended: 0))
    try ReadingThreads.run(threads: 3, poll: {}) { threads in
      for _ in 0..<20 {
        try threads.submit(poll: {}) {
          counts.withLock {
            $0.running += 1
            $0.most = max($0.most, $0.running)
          }
          usleep(1000)
          counts.withLock {
            $0.running -= 1
            $0.ended += 1
          }
        }
      }
    }
    #expect(counts.withLock { $0.ended == 20 && $0.running == 0 && (1...3).contains($0.most) })
  }

  @Test("an error of the caller ends the jobs before it goes on")
  func interruption() {
    let ends = Mutex(0)
    #expect(throws: Stop.self) {
      try ReadingThreads.run(threads: 2, poll: { throw Stop() }) { threads in
        try threads.submit(poll: {}) {
          while (try? threads.check()) != nil { usleep(1000) }
          ends.withLock { $0 += 1 }
        }
      }
    }
    #expect(ends.withLock { $0 } == 1)
  }
}
