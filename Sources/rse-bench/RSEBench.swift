import ArgumentParser

/// Benchmarks, and checks of the runtime that take too long for the tests.
@main
struct RSEBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rse-bench",
    abstract: "Benchmarks and long checks of the RSE runtime.",
    subcommands: [
      SpeedBenchmark.self, SpeedMeasurement.self, KernelBenchmark.self, ScaleBenchmark.self,
      LearningCurveCheck.self,
      KillCheck.self, WriteFaultCheck.self, MemoryLimitCheck.self, LongRunCheck.self,
      LargeFileCheck.self, FileReading.self, AllChecks.self,
    ]
  )
}
