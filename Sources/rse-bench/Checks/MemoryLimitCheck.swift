import ArgumentParser
import Foundation

/// Runs commands with less and less memory, and proves that each ends properly: with its result, or with a message
/// that states amounts.
struct MemoryLimitCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory-limits",
    abstract: "Run commands with little memory: they work, or say how much they need."
  )

  @Flag(help: "Four limits instead of twenty-one.")
  var quick = false

  @OptionGroup var program: ProgramOption

  /// The limits on address space in kilobytes, as for `ulimit -v`; libraries alone take about 150,000.
  private var limits: [Int] {
    quick
      ? [200_000, 400_000, 800_000, 2_000_000]
      : [180_000, 220_000, 260_000] + stride(from: 300_000, through: 2_000_000, by: 100_000)
  }

  private static let work: [(name: String, script: String)] = [
    ("train", "data sort lengths=256 batch=64; model rse maps=96; train 1"),
    ("train a long one", "data badd lengths=8192 batch=2; model rse maps=96; train 1 memory=low"),
    ("test", "load badd; test lengths=64,1024 count=64"),
    ("ask", "load badd; try 1111111111 + 1"),
    ("load", "load lambada; load music; save copy.safetensors"),
    ("transcribe", "load music; transcribe minuet to=heard"),
    ("plot", "load badd; plot network; plot loss; plot unit"),
    ("trace", "load badd; trace 1111 + 1"),
    ("route", "route random n=131072 quiet=on"),
  ]

  func run() throws {
    let program = try CheckedProgram(program, check: "memory-limits")
    defer { program.removeFolder() }
    var faults = 0
    for work in Self.work {
      let free = try LimitedRun(program, work.script, limit: nil, longest: nil)
      guard free.isDone else { throw BrokenPromise("\(work.name): \(free.description)") }
      var least: Int?
      for limit in limits {
        let run = try LimitedRun(
          program,
          work.script,
          limit: limit,
          longest: 60 + 50 * free.seconds
        )
        if run.isDone, least == nil { least = limit }
        if !run.isDone, !run.isTold {
          report("\(work.name) with \(limit) kB: \(run.description)")
          faults += 1
        }
      }
      let text = least.map { "works from \($0) kB on" } ?? "works with none of these limits"
      report("\(work.name): \(text)")
      if least == nil { faults += 1 }
    }
    guard faults == 0 else {
      throw BrokenPromise("\(faults) runs did not end as they should")
    }
    report(
      "each of \(limits.count * Self.work.count) runs worked, or told how much memory it needs"
    )
  }
}

/// A run of the program with a memory limit.
private struct LimitedRun {
  private let status: Int32
  private let isSignal: Bool
  private let messages: String
  let seconds: Double

  /// - Parameters:
  ///   - limit: the limit on address space in kilobytes; nil for none.
  ///   - longest: the seconds after which the run is ended; nil to wait.
  init(_ program: CheckedProgram, _ script: String, limit: Int?, longest: Double?) throws {
    try program.empty()
    let errors = Pipe()
    let start = ContinuousClock.now
    let process = try program.launch(
      ["--progress", "none", "-c", script],
      errors: errors,
      addressLimit: limit
    )
    let number = process.processIdentifier
    let end = DispatchWorkItem { kill(number, SIGKILL) }
    if let longest { DispatchQueue.global().asyncAfter(deadline: .now() + longest, execute: end) }
    messages = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    process.waitUntilExit()
    end.cancel()
    seconds = start.secondsAgo
    status = process.terminationStatus
    isSignal = process.terminationReason == .uncaughtSignal
  }

  var isDone: Bool { !isSignal && status == 0 }

  /// True if it ended with a message that states how much memory is needed and available.
  var isTold: Bool {
    guard !isSignal, [1, 71].contains(status) else { return false }
    return messages.matches(of: /[0-9]+(\.[0-9])? [MG]B/).count >= 2
  }

  var description: String {
    (isSignal ? "signal \(status)" : "status \(status)") + ": " + messages
  }
}
