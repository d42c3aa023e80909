import Foundation
import Machine
import Synchronization

/// A pool of threads that run the parts of one job together; the caller takes part and returns when all are done.
///
/// Free threads claim the parts of a job in turn. A part's result must depend on its index alone, and parts must write
/// disjoint memory: then results do not depend on the number of threads.
package final class WorkerPool: @unchecked Sendable {
  /// The pool that kernels use.
  package static let shared = WorkerPool(threads: defaultThreads)

  /// One thread per processor that this process may use, or `RSE_THREADS`.
  private static var defaultThreads: Int {
    if let text = ProcessInfo.processInfo.environment["RSE_THREADS"], let wish = Int(text) {
      return min(max(wish, 1), maximumThreads)
    }
    return min(ProcessInfo.processInfo.activeProcessorCount, maximumThreads)
  }

  package static let maximumThreads = 64

  /// True to make cancellable jobs skip their remaining parts; whoever sets it ends the computation.
  package static let cancellation = Atomic<Bool>(false)

  /// The number of spins before a waiting thread goes to sleep (some tens of microseconds).
  private static let spins = 100_000

  private let generation = Atomic<Int>(0)
  private let nextPart = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let condition = NSCondition()
  private var job: ((Int) -> Void)?
  private var parts = 0
  private var isCancellable = false
  /// True while a job runs on the helpers, or while their number changes.
  private let isTaken = Atomic<Bool>(false)
  /// The number of threads that wait for jobs.
  private var helpers = 0
  private var retired = 0

  /// The number of threads that work on a job, including the caller; fewer than requested if the machine gives no more.
  package private(set) var threads: Int

  package init(threads: Int) {
    self.threads = max(1, threads)
    startHelpers()
  }

  deinit {
    retireHelpers()
  }

  /// Changes the number of threads after any running job has ended; must not be called from inside a part.
  package func resize(threads wish: Int) {
    while !take() { _ = sched_yield() }
    defer { release() }
    let wish = min(max(wish, 1), Self.maximumThreads)
    guard wish != threads else { return }
    threads = wish
    startHelpers()
  }

  /// Runs `body(0)` … `body(parts - 1)`, some of them concurrently, and returns when all are done.
  ///
  /// Called from inside a part, or while another thread's job has the helpers, it runs the parts one after
  /// another.
  ///
  /// - Parameters:
  ///   - parts: The number of parts.
  ///   - isCancellable: True if parts are skipped once `cancellation` is set; the caller must then discard the result.
  ///   - body: Computes one part.
  package func run(parts: Int, isCancellable: Bool = false, _ body: (Int) -> Void) {
    guard parts > 1, take() else {
      for part in 0..<max(parts, 0) {
        if isCancellable, Self.cancellation.load(ordering: .relaxed) { return }
        body(part)
      }
      return
    }
    defer { release() }
    self.isCancellable = isCancellable
    // The closure does escape to the helpers, but not past the wait below.
    withoutActuallyEscaping(body) { body in
      job = body
      self.parts = parts
      nextPart.store(0, ordering: .relaxed)
      busy.store(helpers, ordering: .relaxed)
      generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        condition.lock()
        condition.broadcast()
        condition.unlock()
      }
      work(body)
      waitForHelpers()
      job = nil
    }
  }

  private func waitForHelpers() {
    for _ in 0..<Self.spins where busy.load(ordering: .acquiring) == 0 { return }
    while busy.load(ordering: .acquiring) > 0 { _ = sched_yield() }
  }

  private func take() -> Bool {
    isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  private func release() {
    isTaken.store(false, ordering: .releasing)
  }

  private func work(_ body: (Int) -> Void) {
    while true {
      let part = nextPart.wrappingAdd(1, ordering: .relaxed).oldValue
      guard part < parts else { return }
      if isCancellable, Self.cancellation.load(ordering: .relaxed) { continue }
      body(part)
    }
  }

  private func startHelpers() {
    // The old helpers leave; new ones of the next epoch start.
    retireHelpers()
    let (current, epoch) = (generation.load(ordering: .relaxed), retired)
    while helpers < threads - 1 {
      let isStarted = MachineThread.start("rse-worker") { [unowned self] in
        serve(from: current, epoch: epoch)
      }
      guard isStarted else { break }
      helpers += 1
    }
    threads = helpers + 1
  }

  private func retireHelpers() {
    guard helpers > 0 else { return }
    condition.lock()
    retired += 1
    condition.unlock()
    job = nil
    parts = 0
    busy.store(helpers, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    condition.lock()
    condition.broadcast()
    condition.unlock()
    waitForHelpers()
    helpers = 0
  }

  private func serve(from start: Int, epoch: Int) {
    var seen = start
    while true {
      seen = waitForJob(after: seen)
      if epoch != retired {
        busy.wrappingSubtract(1, ordering: .releasing)
        return
      }
      if let job { work(job) }
      busy.wrappingSubtract(1, ordering: .releasing)
    }
  }

  private func waitForJob(after seen: Int) -> Int {
    for _ in 0..<Self.spins {
      let current = generation.load(ordering: .acquiring)
      if current != seen { return current }
    }
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    condition.lock()
    while generation.load(ordering: .sequentiallyConsistent) == seen { condition.wait() }
    condition.unlock()
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    return generation.load(ordering: .acquiring)
  }
}
