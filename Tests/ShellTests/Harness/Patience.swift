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
  private var lastLook = ContinuousClock.now

  /// How often a wait looks at the program.
  private static let turn = Duration.seconds(1)
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
    guard now - lastLook > Self.turn else { return false }
    lastLook = now
    let use = Self.processorSeconds(of: process)
    if use != lastUse { (lastUse, lastChange) = (use, now) }
    return now - lastChange > Self.idle || use - firstUse > Self.busy
  }

  /// Seconds of processors that a program, and the programs of its session that run, have had; 0 once all have ended.
  private static func processorSeconds(of process: ChildProcess) -> Double {
    let own = Int(process.identifier)
    let programs = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return programs.reduce(0) { sum, name in
      // Behind the name in parentheses come the state, the parent, the group and the session; the 12th and 13th field
      // are ticks in the program and in the system.
      guard let number = Int(name),
        let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        let end = text.lastIndex(of: ")")
      else { return sum }
      let fields = text[end...].split(separator: " ")
      guard fields.count > 13, number == own || Int(fields[4]) == own,
        let ticks = Double(fields[12]), let systemTicks = Double(fields[13])
      else { return sum }
      return sum + (ticks + systemTicks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  }
}
