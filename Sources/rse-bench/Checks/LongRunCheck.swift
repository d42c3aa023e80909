import ArgumentParser
import Foundation

/// Has one process train, test, draw, load and transcribe for a long time, and proves that its memory and its
/// number of open files do not grow.
struct LongRunCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "long-run",
    abstract: "Train, test and draw for an hour in one process, whose memory must not grow."
  )

  @Option(help: "How long it runs, in minutes; longer where a round of all it does takes long.")
  var minutes = 60.0

  @OptionGroup var program: ProgramOption

  func validate() throws {
    guard (0.1...10_000).contains(minutes) else {
      throw ValidationError("--minutes is from 0.1 to 10000")
    }
  }

  func run() throws {
    let program = try CheckedProgram(program, check: "long-run")
    defer { program.removeFolder() }
    try program.write(Self.script, to: "cycle.rse")
    let (output, errors) = (Pipe(), Pipe())
    let process = try program.launch(["run", "cycle.rse"], output: output, errors: errors)
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    // Messages are read continuously, so that the program never waits for that; the last ones say why it ended.
    let (cycles, messages) = (LastLines(), LastLines())
    output.fileHandleForReading.readabilityHandler = { cycles.add($0.availableData) }
    errors.fileHandleForReading.readabilityHandler = { messages.add($0.availableData) }
    try watch(process, cycles, messages)
  }

  /// The length of an interval in seconds; short runs have shorter ones, so that there are enough.
  private var interval: Double { min(60, minutes * 60 / 6) }
  private var intervals: Int { Int((minutes * 60 / interval).rounded()) }
  /// The intervals after which memory and files must not grow any more: ten minutes of an hour. Everything
  /// has been done by then, since each interval begins a cycle.
  private var settling: Int { max(1, min(10, intervals / 2)) }
  /// The share by which memory may differ from then on, since allocators vary; larger if everything has been done only
  /// a few times.
  private var tolerance: Double { minutes < 10 ? 0.25 : 0.05 }

  /// The number of intervals from which a fitted line shows whether the memory grows slowly.
  private static let enoughForTrend = 20
  /// The share by which the fitted line may rise from its beginning to its end.
  private static let largestTrend = 0.02
  /// The seconds without a new cycle after which the program is considered idle on any machine.
  private static let longestCycle = 3600.0

  private func watch(_ process: Process, _ cycles: LastLines, _ messages: LastLines) throws {
    report("minute  resident, open files, threads, cycles")
    var usages: [ProcessUsage] = []
    var done = 0
    for number in 1...intervals {
      var seen: ProcessUsage?
      let start = ContinuousClock.now
      // On a slow machine an interval lasts until a new cycle has begun.
      while ContinuousClock.now < start + .seconds(interval) || cycles.count(of: "cycle") == done {
        usleep(200_000)
        guard process.isRunning, let usage = ProcessUsage(of: process.processIdentifier) else {
          throw BrokenPromise("the program ended in minute \(minute(number)): \(messages.text)")
        }
        guard ContinuousClock.now < start + .seconds(max(interval, Self.longestCycle)) else {
          throw BrokenPromise("nothing was done in minute \(minute(number))")
        }
        seen = seen?.lasting(with: usage) ?? usage
      }
      let usage = seen ?? ProcessUsage()
      usages.append(usage)
      done = cycles.count(of: "cycle")
      report("\(minute(number))  \(usage), \(done) cycles")
    }
    let settled = usages[..<settling].reduce(ProcessUsage()) { $0.joined(with: $1) }
    let later = usages[settling...].reduce(ProcessUsage()) { $0.joined(with: $1) }
    report("until minute \(minute(settling)): \(settled); from then on: \(later)")
    guard later.isFlat(against: settled, tolerance: tolerance) else {
      throw BrokenPromise("memory, handles or threads grew after minute \(minute(settling))")
    }
    if usages.count - settling >= Self.enoughForTrend {
      let growth = ProcessUsage.trend(of: Array(usages[settling...]))
      report(String(format: "trend of the memory from then on: %+.2f %%", 100 * growth))
      guard growth < Self.largestTrend else {
        throw BrokenPromise("the memory grows slowly after minute \(minute(settling))")
      }
    }
    report("nothing grew")
  }

  private func minute(_ interval: Int) -> String {
    String(format: minutes >= 6 ? "%.0f" : "%.1f", Double(interval) * self.interval / 60)
  }

  /// A user's typical work, repeated with different numbers each time.
  private static let script = """
    for cycle in 1..1000000 {
      "cycle $cycle"
      seed $cycle
      data badd lengths=8,16 batch=8
      model rse as=first maps=24 blocks=1
      train 40 checkpoint=every 20 keep=2 validate=every 20 count=16 to=points
      let r = test lengths=8,64 count=32
      plot loss loss.png
      plot generalisation generalisation.png
      try 10 + 11
      trace 10 + 11
      plot trace trace.png
      plot activations activations.png
      save model.safetensors
      load model.safetensors
      train 5
      model lstm as=other maps=16
      compare first,other steps=5 lengths=8
      plot cost cost.png longest=64
      route random n=1024 seed=$cycle quiet=true
      plot route route.png permutation="random n=16 seed=$cycle"
      load sort
      test lengths=64 count=16
      load lambada
      try "the wolf saw the boy on the hill . the boy saw the ___"
      plot scores scores.png passage="the wolf saw the boy on the hill . the boy saw the ___"
      data notes window=256 batch=2
      model rse as=listener maps=8 blocks=1
      train 3
      test
      plot roll roll.png seconds=2
      transcribe minuet to=heard
    }
    """
}

/// A program's output, received by another thread: its last lines, and the counts of lines that begin with a word.
private final class LastLines: @unchecked Sendable {
  private let lock = NSLock()
  private var bytes = Data()
  private var counts: [String: Int] = [:]
  private var unfinished = ""

  func add(_ new: Data) {
    lock.withLock {
      bytes = (bytes + new).suffix(2000)
      let lines = (unfinished + String(decoding: new, as: UTF8.self))
        .split(separator: "\n", omittingEmptySubsequences: false)
      unfinished = lines.last.map(String.init) ?? ""
      for line in lines.dropLast() {
        if let word = line.split(separator: " ").first { counts[String(word), default: 0] += 1 }
      }
    }
  }

  func count(of word: String) -> Int { lock.withLock { counts[word] ?? 0 } }

  var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
}
