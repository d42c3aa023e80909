import ArgumentParser
import Foundation
import Plotting
import Tensors

/// Times training steps and forward passes over a table of configurations.
struct SpeedBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Time steps and forward passes: seconds, GFLOP/s, memory, growth with n, threads."
  )

  @Option(help: "Timed steps of each configuration.") var rounds = 7
  @Option(help: "Only configurations whose name contains this; no growth, no threads.")
  var only: String?
  @Option(help: "Time forward passes up to length 2^THIS, at most 21.") var largest = 16
  @Option(help: "Write the results into this JSON file.") var json: String?
  @Option(help: "Draw the results into this PNG file.") var png: String?
  @Option(help: "Compare with an earlier JSON file.") var against: String?

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds must be at least 1") }
    guard (9...21).contains(largest) else { throw ValidationError("--largest is 9 to 21") }
  }

  func run() throws {
    let earlier = try against.map { path in
      try JSONDecoder().decode(
        SpeedReport.self,
        from: Data(contentsOf: URL(fileURLWithPath: path))
      )
    }
    var run = try table(earlier)
    if only == nil {
      try measureDrawing(&run)
      try measureScaling(&run)
      try measureThreads(&run)
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(run).write(to: URL(fileURLWithPath: json))
    }
    if let png {
      let data = try PNGRenderer().render(SpeedFigure(run: run).figure.drawList())
      try Data(data).write(to: URL(fileURLWithPath: png))
    }
  }

  private func table(_ earlier: SpeedReport?) throws -> SpeedReport {
    let (sgemm, packed) = (ProductPeak.sgemm(), ProductPeak.panels())
    let environment = "kernels \(kernelName), \(OpenBLAS.installed?.name ?? "no OpenBLAS")"
    let threads = WorkerPool.shared.threads
    report(
      String(
        format: "%@, %d threads; matrix products at best: packed %.0f, sgemm %.0f GFLOP/s",
        environment,
        threads,
        packed,
        sgemm ?? 0
      )
    )
    report(
      "configuration                  best s  median s  GFLOP/s  of peak   blocks/step    MiB  estimate"
    )
    let configurations = SpeedConfiguration.all.filter { only.map($0.name.contains) ?? true }
    let results = try configurations.map { configuration in
      let result = try configuration.measureInChild(rounds: rounds)
      let ratio = earlier?.results.first { $0.name == result.name }.map {
        String(format: "  %.2f× the earlier speed", $0.median / result.median)
      }
      report(
        String(
          format: "%@  %.4f  %8.4f  %7.1f  %6.0f %%  %11.1f  %5.0f  %8.0f%@",
          result.name.padding(toLength: 29, withPad: " ", startingAt: 0),
          result.best,
          result.median,
          result.gigaflops,
          100 * result.gigaflops / packed,
          result.allocations,
          result.peakMebibytes,
          result.estimatedMebibytes,
          ratio ?? ""
        )
      )
      return result
    }
    return SpeedReport(
      environment: environment,
      threads: threads,
      sgemmPeak: sgemm,
      packedPeak: packed,
      results: results
    )
  }

  private func measureDrawing(_ run: inout SpeedReport) throws {
    let seconds = try SpeedConfiguration.all[0].drawingSeconds()
    run.drawing = seconds
    report(
      String(
        format:
          "\ndrawing the examples of a step of badd, bins 8-64 × 32: %.2f ms, %.1f %% of the step",
        seconds * 1e3,
        100 * seconds / run.results[0].median
      )
    )
  }

  private func measureScaling(_ run: inout SpeedReport) throws {
    report("\nforward m=96       s  ns per position and level")
    for configuration in SpeedConfiguration.scaling(largest: largest) {
      let size = configuration.sizes[0]
      // Long passes average over their many parts on their own.
      let rounds = size.length > 1 << 17 ? 1 : min(rounds, 5)
      let result = try configuration.measureInChild(rounds: rounds)
      let scaling = ScalingResult(length: size.length, batch: size.batch, best: result.best)
      run.scaling.append(scaling)
      report(
        String(
          format: "n=%d×%d  %9.3f  %.0f  (%.0f MiB)",
          size.length,
          size.batch,
          scaling.best,
          scaling.nanoseconds,
          result.peakMebibytes
        )
      )
    }
    let long = run.scaling.filter { $0.length >= 1 << 12 }
    guard let first = long.first, let last = long.last, long.count > 1 else { return }
    run.exponent = Self.exponent(long)
    report(
      String(
        format:
          "from 2^%d on: cost as (n log n)^%.3f; n log n from the first to the last: %+.0f %%",
        first.length.trailingZeroBitCount,
        run.exponent ?? .nan,
        100 * (last.nanoseconds / first.nanoseconds - 1)
      )
    )
  }

  /// Returns the slope of log(cost) over log(n log n) by least squares.
  private static func exponent(_ results: [ScalingResult]) -> Double {
    let points = results.map {
      (log(Double($0.length * $0.batch * $0.length.trailingZeroBitCount)), log($0.best))
    }
    let count = Double(points.count)
    let x = points.reduce(0) { $0 + $1.0 } / count
    let y = points.reduce(0) { $0 + $1.1 } / count
    return points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
      / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
  }

  private func measureThreads(_ run: inout SpeedReport) throws {
    let configuration = SpeedConfiguration.all[1]
    report("\n\(configuration.name): threads, best s")
    for threads in 1...max(1, run.threads) {
      let best = try configuration.measureInChild(rounds: rounds, threads: threads).best
      run.threading.append(ThreadResult(threads: threads, best: best))
      report(
        String(format: "%d  %.4f  %.2f×", threads, best, (run.threading.first?.best ?? best) / best)
      )
    }
  }
}
