import Foundation

/// How long a test waits for a program.
///
/// A wait only ends a hang: the program has had no processor for minutes, as one that waits for something, or it has had
/// so much that it must be going round in circles. How long it takes, beside how much other work, does not count.
struct Patience {
  private let process: ChildProcess
  private let deadline: ContinuousClock.Instant?
  private let firstUse: Double
  private var lastUse: Double
  private var lastChange = ContinuousClock.now

  /// How long a program may have no processor.
  private static let idle = Duration.seconds(300)
  /// Seconds of processors that it may take.
  private static let busy = 1800.0

  /// - Parameter limit: ends the wait whatever the program does; for tests that want to see nothing happen.
  init(for process: ChildProcess, atMost limit: Duration? = nil) {
    self.process = process
    deadline = limit.map { ContinuousClock.now + $0 }
    firstUse = Self.processorSeconds(of: process)
    lastUse = firstUse
  }

  /// Whether to wait no longer.
  mutating func isOver() -> Bool {
    let now = ContinuousClock.now
    if let deadline { return now >= deadline }
    let use = Self.processorSeconds(of: process)
    if use > lastUse { (lastUse, lastChange) = (use, now) }
    return now - lastChange > Self.idle || use - firstUse > Self.busy
  }

  /// Seconds of processors that the threads of a program have had; 0 for one that has ended.
  private static func processorSeconds(of process: ChildProcess) -> Double {
    // Behind the name in parentheses the 12th and 13th fields are ticks in the program and in the system.
    guard
      let text = try? String(contentsOfFile: "/proc/\(process.identifier)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return 0 }
    let fields = text[end...].split(separator: " ")
    let ticks = [12, 13].compactMap { fields.count > $0 ? Double(fields[$0]) : nil }
    return ticks.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
