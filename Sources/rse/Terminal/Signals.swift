import Files
import Foundation
import Synchronization
import Tensors

/// Ctrl-C as a request that running commands check; a second one within a second ends the program.
enum Signals {
  /// The time of the last Ctrl-C, in milliseconds of the monotonic clock.
  private static let lastPress = Atomic<Int>(0)
  /// True while a command is running, which a second Ctrl-C may cut off.
  private static let commandRuns = Atomic<Bool>(false)
  /// The ends of a pipe into which Ctrl-C writes a byte, so that a wait for keys ends.
  private static let readingEnd = Atomic<Int32>(-1)
  private static let writingEnd = Atomic<Int32>(-1)

  /// True if the time limit of a run has expired.
  private static let timeIsOver = Atomic<Bool>(false)

  /// The exit status of a program that Ctrl-C ended.
  private static let interruptedStatus: Int32 = 130

  /// Signals that end the program.
  private static let endings = [SIGTERM, SIGHUP, SIGQUIT]

  static func install() {
    fillStandardStreams()
    UnfinishedFiles.prepare()
    catchEndings()
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
      readingEnd.store(ends[0], ordering: .relaxed)
      writingEnd.store(ends[1], ordering: .relaxed)
    }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Signals.handle() }
    // Without SA_RESTART, so that a read of a pipe returns.
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
    signal(SIGPIPE, SIG_DFL)
    // A file that is too large shows up as an error of the write.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Opens closed standard streams with a file on which reading or writing fails, so that no other file or pipe
  /// of the program takes their numbers.
  private static func fillStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is assigned, which is this stream's.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Makes signals that end the program first remove incomplete files.
  static func catchEndings() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      UnfinishedFiles.removeAll()
      signal(number, SIG_DFL)
      raise(number)
    }
    for number in endings { sigaction(number, &action, nil) }
  }

  /// Gives the signal by which a launcher ends its processes the effect of Ctrl-C.
  static func endingInterrupts() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Signals.handle() }
    sigaction(SIGTERM, &action, nil)
  }

  /// Runs `body` and interrupts it, as Ctrl-C would, at a time limit; also returns whether the limit was reached.
  ///
  /// - Parameter limit: the time limit in seconds; nil for none.
  static func withTimeLimit<R>(
    _ limit: Double?,
    _ body: () throws -> R
  ) rethrows -> (result: R, isOutOfTime: Bool) {
    guard let limit else { return (try body(), false) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Signals.timeIsOver.store(true, ordering: .relaxed)
      WorkerPool.cancellation.store(true, ordering: .relaxed)
      Signals.wake()
    }
    sigaction(SIGALRM, &action, nil)
    timeIsOver.store(false, ordering: .relaxed)
    setTimer(limit)
    defer { setTimer(0) }
    let result = try body()
    return (result, timeIsOver.load(ordering: .relaxed))
  }

  private static func setTimer(_ seconds: Double) {
    let microseconds = Int(seconds * 1_000_000)
    var value = itimerval()
    value.it_value.tv_sec = microseconds / 1_000_000
    value.it_value.tv_usec = microseconds % 1_000_000
    setitimer(__itimer_which_t(0), &value, nil)
  }

  /// Ends a wait for keys; safe in a signal handler.
  static func wake() {
    var byte: UInt8 = 0
    _ = write(writingEnd.load(ordering: .relaxed), &byte, 1)
  }

  /// Waits for a signal that `wake` announces, up to a time limit.
  static func wait(milliseconds: Int32) {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&input, 1, milliseconds)
  }

  /// Handles Ctrl-C by async-signal-safe means only: atomics, the clock, `write`, `_exit`.
  private static func handle() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let milliseconds = now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    let last = lastPress.exchange(milliseconds, ordering: .relaxed)
    if commandRuns.load(ordering: .relaxed), isInterrupted, milliseconds - last < 1000 {
      UnfinishedFiles.removeAll()
      _exit(interruptedStatus)
    }
    WorkerPool.cancellation.store(true, ordering: .relaxed)
    wake()
  }

  /// A file descriptor that becomes readable after Ctrl-C; -1 if there is none.
  static var descriptor: Int32 { readingEnd.load(ordering: .relaxed) }

  /// True if Ctrl-C was pressed since the last `clear`; computations then skip the rest of their work.
  static var isInterrupted: Bool { WorkerPool.cancellation.load(ordering: .relaxed) }

  /// Clears a Ctrl-C; returns true if there was one.
  @discardableResult
  static func clear() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
    return WorkerPool.cancellation.exchange(false, ordering: .relaxed)
  }

  /// Runs a command that a second Ctrl-C within a second may cut off by ending the program.
  static func whileCommandRuns<R>(_ body: () throws -> R) rethrows -> R {
    commandRuns.store(true, ordering: .relaxed)
    defer { commandRuns.store(false, ordering: .relaxed) }
    return try body()
  }
}
