import Foundation
import Machine
import Synchronization

/// Threads that read files while the caller waits, reports progress and may cancel.
package final class ReadingThreads: Sendable {
  /// Thrown by `check` in cancelled jobs.
  package struct Interrupted: Error {}

  private let threads: Int
  private let interrupted = Atomic<Bool>(false)
  private let running = Mutex(0)
  private let changed = DispatchSemaphore(value: 0)

  private init(threads: Int) { self.threads = threads }

  /// Runs `body`, which submits jobs, and waits for all of them.
  ///
  /// If `body` or `poll` throws, the jobs are cancelled, and the error is rethrown once they have ended.
  ///
  /// - Parameters:
  ///   - threads: The maximum number of jobs that run at the same time.
  ///   - poll: Called on the caller's thread about ten times a second while it waits.
  package static func run(
    threads: Int,
    poll: () throws -> Void,
    _ body: (ReadingThreads) throws -> Void
  ) throws {
    let crew = ReadingThreads(threads: max(1, threads))
    do {
      try body(crew)
      try crew.wait(whileMoreThan: 0, poll)
    } catch {
      crew.interrupted.store(true, ordering: .relaxed)
      crew.wait(whileMoreThan: 0) {}
      throw error
    }
  }

  /// Starts a job once a thread is free; runs it on the caller's thread if none can be started.
  package func submit(
    poll: () throws -> Void,
    _ job: @escaping @Sendable () -> Void
  ) throws {
    try wait(whileMoreThan: threads - 1, poll)
    try poll()
    running.withLock { $0 += 1 }
    let isStarted = MachineThread.start("rse-reading") {
      job()
      self.end()
    }
    guard !isStarted else { return }
    job()
    end()
  }

  private func end() {
    running.withLock { $0 -= 1 }
    changed.signal()
  }

  /// Throws if the calling job is cancelled.
  package func check() throws {
    if interrupted.load(ordering: .relaxed) { throw Interrupted() }
  }

  private func wait(whileMoreThan count: Int, _ poll: () throws -> Void) rethrows {
    while running.withLock({ $0 }) > count {
      _ = changed.wait(timeout: .now() + .milliseconds(100))
      try poll()
    }
  }
}
