import ArgumentParser
import Foundation
import Networks
import Processes
import Tasks
import Tensors
import Training

/// Measures the cost of a step and of an exchange of gradients, and predicts the gain from many processes.
struct ScaleBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Time computing and exchanging apart, and predict the speed of many processes.",
    discussion: """
      Run it by mpirun, with two processes on the network that is to be measured:

      mpirun -n 2 rse-bench scale

      Each process trains alone on a batch of its own; both train together on one batch; and both exchange as many \
      numbers as there are in a gradient. The prediction is for P processes with a batch of their own each: a step takes what it \
      takes alone, and an exchange that brings 2 (P - 1) / P gradients through the network in 2 (P - 1) messages.
      """
  )

  @Option(help: "Timed steps and exchanges.") var rounds = 7
  @Option(help: "Examples of a process.") var batch = 32
  @Option(help: "Positions of an example.") var length = 64
  @Option(parsing: .upToNextOption, help: "Values at a position.") var maps = [96, 192, 384]

  @Option(
    help: "Microseconds of a message in the prediction; as measured by default."
  )
  var latency: Double?

  private static let predicted = [8, 64, 512]
  private static let symbols = 16

  func run() throws {
    try ProcessGroup.join(build: "rse-bench")
    let processes = ProcessGroup.current
    guard processes.isShared else {
      throw ValidationError("start it by `mpirun -n 2 rse-bench scale`")
    }
    func tell(_ line: String) { if processes.isFirst { report(line) } }
    let latency = try exchangeSeconds(processes.count * 2) / Double(2 * (processes.count - 1))
    tell(
      "\(processes.count) processes on \(processes.hosts.joined(separator: ", ")), "
        + String(format: "%.0f µs a message", latency * 1e6)
    )
    tell(
      "   m  gradient    alone  together  exchange  share  MB/s in use"
        + Self.predicted.map { String(format: "%8d ×", $0) }.joined()
    )
    let assumed = self.latency.map { $0 * 1e-6 } ?? latency
    for maps in maps {
      let row = try measure(maps, processes)
      // An exchange takes the latency of its messages plus the transfer time of its bytes.
      let parts = Double(processes.count - 1) / Double(processes.count)
      let rate = 2 * parts * row.bytes / max(1e-9, row.exchange - 2 * latency)
      let gains = Self.predicted.map { count in
        let others = Double(count - 1)
        let exchange = 2 * others / Double(count) * row.bytes / rate + 2 * others * assumed
        return String(format: "%10.1f", Double(count) * row.alone / (row.alone + exchange))
      }
      tell(
        String(
          format: "%4d  %5.1f MB  %6.1f ms  %5.1f ms  %5.1f ms  %4.1f %%  %11.0f",
          maps,
          row.bytes / 1e6,
          row.alone * 1e3,
          row.together * 1e3,
          row.exchange * 1e3,
          100 * row.exchange / row.together,
          rate / 1e6
        ) + gains.joined()
      )
    }
    try processes.leave("")
  }

  /// The median seconds of a step alone and together, and of an exchange, whose size is in bytes.
  private struct Row {
    let bytes, alone, together, exchange: Double
  }

  private func measure(_ maps: Int, _ processes: ProcessGroup) throws -> Row {
    let spec = ModelSpec(
      maps: maps,
      blocks: 2,
      inputSymbols: Self.symbols,
      outputSymbols: Self.symbols
    )
    let trainer = Trainer(
      model: spec.makeModel(seed: 1),
      settings: TrainingSettings(seed: 1, schedule: RateSchedule(rate: 1e-3), keep: 0.9)
    )
    let layout = SequenceLayout(length: length, batch: batch)
    var stream = RandomSource(seed: 1).stream(.testData)
    func symbols() -> [Int32] {
      (0..<layout.rows).map { _ in Int32(stream.index(below: Self.symbols)) }
    }
    let batch = Batch(layout: layout, inputs: symbols(), labels: symbols())
    let alone = try ProcessGroup.alone { try median { _ = try trainer.takeStep(batch) } }
    let together = try median { _ = try trainer.takeStep(batch) }
    let count = trainer.model.parameterCount
    return Row(
      bytes: Double(4 * count),
      alone: alone,
      together: together,
      exchange: try exchangeSeconds(count)
    )
  }

  /// Returns the seconds in which all processes obtain the sum of `count` numbers from each.
  private func exchangeSeconds(_ count: Int) throws -> Double {
    let processes = ProcessGroup.current
    let part = count / processes.count
    let counts = [Int](repeating: part, count: processes.count)
    let own = [Float](repeating: 1, count: part * processes.count)
    var received = own
    return try median {
      try own.withUnsafeBufferPointer { own in
        try received.withUnsafeMutableBufferPointer { received in
          try processes.exchange(own, counts, into: received, counts) {}
          let first = UnsafeBufferPointer(rebasing: own[..<part])
          try processes.gather(first, into: received, counts) {}
        }
      }
    }
  }

  /// Returns the median time, after two warm-up rounds.
  private func median(_ body: () throws -> Void) throws -> Double {
    let seconds = try (0..<rounds + 2).map { _ in
      let start = ContinuousClock.now
      try body()
      return start.secondsAgo
    }
    return seconds.dropFirst(2).sorted()[rounds / 2]
  }
}
