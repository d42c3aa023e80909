import ArgumentParser
import CFuzzer
import Foundation
import HostileInput

/// Searches for inputs that crash or hang file readers, or make them use far more memory than the files' size.
@main
struct RSEFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rse-fuzz",
    abstract: "Look for files that crash their readers.",
    discussion: """
      Build it with libFuzzer and the address sanitizer:

      swift build -c release --product rse-fuzz --scratch-path .build-fuzz --sanitize=address \\
        -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld -Xlinker -z -Xlinker muldefs
      """
  )

  @Argument(
    help:
      "The kinds of input, all without one: \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var kinds: [String] = []

  @Option(help: "How many inputs of each kind are tried; a tenth of those that libraries decode.")
  var inputs = 1_000_000

  @Option(help: "A folder with a folder of first inputs for each kind.", completion: .directory)
  var corpus = "Tests/HostileInputTests/Corpus"

  @Option(
    help: "A folder that takes inputs that reach new code, and reports.",
    completion: .directory
  )
  var found = ".build-fuzz/found"

  func validate() throws {
    guard rse_fuzzer_is_there() != 0, rse_allocations_watch() != 0 else {
      throw ValidationError(
        "this program was built without libFuzzer or address sanitizer: see --help"
      )
    }
    guard FileManager.default.fileExists(atPath: corpus) else {
      throw ValidationError("there is no folder \(corpus): name it with --corpus")
    }
    for kind in kinds where FileKind(rawValue: kind) == nil {
      throw ValidationError("there is no kind of input `\(kind)`")
    }
  }

  func run() throws {
    let chosen = kinds.isEmpty ? FileKind.allCases : kinds.compactMap(FileKind.init)
    try FileManager.default.createDirectory(atPath: found, withIntermediateDirectories: true)
    if chosen.count == 1 {
      throw ExitCode(try Trial.run(chosen[0], driverArguments(for: chosen[0])))
    }
    var failures: [String] = []
    for kind in chosen {
      let start = ContinuousClock.now
      let hasPassed = try runAlone(kind)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let ending = hasPassed ? "nothing found" : "FAILED, see \(log(of: kind))"
      let line = String(
        format: "%@: %d inputs in %.0f s, ",
        kind.rawValue,
        count(of: kind),
        seconds
      )
      FileHandle.standardOutput.write(Data((line + ending + "\n").utf8))
      if !hasPassed { failures.append(kind.rawValue) }
    }
    guard failures.isEmpty else { throw ExitCode.failure }
  }

  private func count(of kind: FileKind) -> Int {
    kind.isDecodedByLibrary ? max(1, inputs / 10) : inputs
  }

  private func log(of kind: FileKind) -> String { "\(found)/\(kind.rawValue).log" }

  /// Runs each kind in a separate process, since libFuzzer ends its process.
  private func runAlone(_ kind: FileKind) throws -> Bool {
    try Data().write(to: URL(fileURLWithPath: log(of: kind)))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = [
      kind.rawValue, "--inputs", "\(inputs)", "--corpus", corpus, "--found", found,
    ]
    process.standardError = FileHandle(forWritingAtPath: log(of: kind))
    try process.run()
    process.waitUntilExit()
    return process.terminationReason == .exit && process.terminationStatus == 0
  }

  private func driverArguments(for kind: FileKind) throws -> [String] {
    let own = "\(found)/\(kind.rawValue)"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    return [
      "rse-fuzz", "-runs=\(count(of: kind))", "-max_len=\(kind.longest)", "-timeout=120",
      "-rss_limit_mb=2048", "-artifact_prefix=\(found)/\(kind.rawValue)-", own,
      "\(corpus)/\(kind.rawValue)",
    ]
  }
}
