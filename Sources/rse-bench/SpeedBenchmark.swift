import ArgumentParser
import Foundation
import Tensors

/// What one configuration took.
struct SpeedResult: Codable {
  let name: String
  /// Seconds of a step, best and median.
  let best: Double
  let median: Double
  /// Billions of floating-point operations of the matrix products a second, by the median.
  let gigaflops: Double
  /// Peak resident memory of the process, in mebibytes.
  let peakMebibytes: Double
}

/// A whole run, as it is kept in a file.
struct SpeedReport: Codable {
  let environment: String
  let threads: Int
  /// Billions of operations a second of a large matrix product on all threads, measured in this run.
  let productPeak: Double
  let results: [SpeedResult]
}

/// Times training steps and forward passes over a table of configurations.
struct SpeedBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Time steps and forward passes; GFLOP/s, share of the product peak, peak memory."
  )

  @Option(help: "Timed steps of each configuration.") var rounds = 7
  @Option(help: "Only configurations whose name contains this.") var only: String?
  @Option(help: "Write the results into this JSON file.") var json: String?
  @Option(help: "Compare with an earlier JSON file.") var against: String?

  func run() throws {
    try BLAS.selfCheck()
    let configurations = SpeedConfiguration.all.filter { only.map($0.name.contains) ?? true }
    let peak = Self.productPeak()
    let earlier = try against.map { path in
      try JSONDecoder().decode(
        SpeedReport.self,
        from: Data(contentsOf: URL(fileURLWithPath: path))
      )
    }
    report(
      String(
        format: "kernels %@, %@, %d threads, product peak %.0f GFLOP/s",
        kernelName,
        BLAS.name,
        WorkerPool.shared.threads,
        peak
      )
    )
    report("configuration                          best s  median s  GFLOP/s  of peak      MiB")
    let results = try configurations.map { configuration in
      let result = try Self.measureInChild(configuration, rounds: rounds)
      let ratio = earlier?.results.first { $0.name == result.name }.map {
        String(format: "  %.2f× the earlier speed", $0.median / result.median)
      }
      report(
        String(
          format: "%@  %.4f  %8.4f  %7.1f  %5.0f %%  %7.0f%@",
          result.name.padding(toLength: 36, withPad: " ", startingAt: 0),
          result.best,
          result.median,
          result.gigaflops,
          100 * result.gigaflops / peak,
          result.peakMebibytes,
          ratio ?? ""
        )
      )
      return result
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(
        SpeedReport(
          environment: "kernels \(kernelName), \(BLAS.name)",
          threads: WorkerPool.shared.threads,
          productPeak: peak,
          results: results
        )
      ).write(to: URL(fileURLWithPath: json))
    }
  }

  /// A product of the size of a switch layer's, in parallel on all threads: best of several.
  private static func productPeak() -> Double {
    let (rows, inner, columns, parts) = (512, 384, 768, 2 * WorkerPool.shared.threads)
    let a = Tensor(repeating: 0.5, [rows, inner])
    let b = Tensor(repeating: 0.25, [inner, columns])
    var best = Double.infinity
    for _ in 0..<20 {
      let start = ContinuousClock.now
      a.withPointer { a in
        b.withPointer { b in
          WorkerPool.shared.run(parts: parts) { _ in
            withScratch(rows * columns) { c in
              for _ in 0..<4 {
                BLAS.multiply(
                  MatrixOperand(a, rowStride: inner),
                  MatrixOperand(b, rowStride: columns),
                  into: c,
                  rows: rows,
                  columns: columns,
                  inner: inner,
                  rowStride: columns
                )
              }
            }
          }
        }
      }
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
    }
    return 8 * Double(rows * inner * columns * parts) / best / 1e9
  }

  /// In a process of its own, whose peak memory is that of the configuration.
  private static func measureInChild(
    _ configuration: SpeedConfiguration,
    rounds: Int
  ) throws -> SpeedResult {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe")
      .resolvingSymlinksInPath()
    child.arguments = ["speed-one", "--rounds", String(rounds), configuration.name]
    let pipe = Pipe()
    child.standardOutput = pipe
    try child.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    child.waitUntilExit()
    return try JSONDecoder().decode(SpeedResult.self, from: data)
  }
}

/// Times one configuration and prints its result as JSON; run by `speed`.
struct SpeedMeasurement: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed-one",
    abstract: "Time one configuration.",
    shouldDisplay: false
  )

  @Option(help: "Timed steps.") var rounds = 7
  @Argument(help: "The name of the configuration.") var name: String

  func run() throws {
    guard let configuration = SpeedConfiguration.all.first(where: { $0.name == name }) else {
      throw ValidationError("there is no configuration `\(name)`")
    }
    let seconds = try configuration.measure(rounds: rounds).sorted()
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let median = seconds[seconds.count / 2]
    let result = SpeedResult(
      name: name,
      best: seconds[0],
      median: median,
      gigaflops: configuration.operations / median / 1e9,
      peakMebibytes: Double(usage.ru_maxrss) / 1024
    )
    FileHandle.standardOutput.write(try JSONEncoder().encode(result))
  }
}
