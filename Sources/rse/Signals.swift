import Foundation
import Synchronization

/// Ctrl-C as a request that running commands look at; a second one within a second leaves the program.
enum Signals {
  /// Set by the handler, taken by whoever acts on it.
  private static let requested = Atomic<Bool>(false)
  /// When the last Ctrl-C came, in milliseconds of the monotonic clock.
  private static let lastPress = Atomic<Int>(0)
  /// Whether a command is running, which a second Ctrl-C may cut off.
  private static let commandRuns = Atomic<Bool>(false)

  /// Exit status of a program that Ctrl-C ended.
  static let interruptedStatus: Int32 = 130

  static func install() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Signals.handle() }
    // Without SA_RESTART, so that waiting for a key returns.
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
    // A closed pipe and a full disk come back as errors of the write.
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Only what is allowed inside a signal handler: atomics, the clock, `_exit`.
  private static func handle() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let milliseconds = now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    let last = lastPress.exchange(milliseconds, ordering: .relaxed)
    if commandRuns.load(ordering: .relaxed), requested.load(ordering: .relaxed),
      milliseconds - last < 1000
    {
      _exit(interruptedStatus)
    }
    requested.store(true, ordering: .relaxed)
  }

  /// Whether Ctrl-C was pressed since the last `clear`.
  static var isInterrupted: Bool { requested.load(ordering: .relaxed) }

  /// Forgets a Ctrl-C; tells whether there was one.
  @discardableResult
  static func clear() -> Bool { requested.exchange(false, ordering: .relaxed) }

  /// Runs a command during which a second Ctrl-C within a second leaves the program.
  static func whileCommandRuns<R>(_ body: () throws -> R) rethrows -> R {
    commandRuns.store(true, ordering: .relaxed)
    defer { commandRuns.store(false, ordering: .relaxed) }
    return try body()
  }
}
