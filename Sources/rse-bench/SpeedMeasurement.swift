import ArgumentParser
import Foundation

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
    guard let configuration = SpeedConfiguration.named(name) else {
      throw ValidationError("there is no configuration `\(name)`")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let result = try encoder.encode(configuration.measure(rounds: rounds))
    FileHandle.standardOutput.write(result + Data("\n".utf8))
  }
}

extension SpeedConfiguration {
  /// Measures in a separate process, whose peak memory is then the configuration's.
  func measureInChild(rounds: Int, threads: Int? = nil) throws -> SpeedResult {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["speed-one", "--rounds", String(rounds), name]
    if let threads {
      child.environment = ProcessInfo.processInfo.environment
        .merging(["RSE_THREADS": String(threads)]) { $1 }
    }
    let pipe = Pipe()
    child.standardOutput = pipe
    try child.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else {
      throw ValidationError("`\(name)` ended with status \(child.terminationStatus)")
    }
    return try JSONDecoder().decode(SpeedResult.self, from: data)
  }
}
