import ArgumentParser
import Foundation

/// The option for the program under test.
struct ProgramOption: ParsableArguments {
  @Option(
    name: .customLong("program"),
    help: "The program; without it the one beside this.",
    completion: .file()
  )
  var path: String?
}

/// The program under test, in a folder of its own.
struct CheckedProgram {
  let folder: String
  private let path: String

  /// - Throws: `ValidationError` if there is no such program.
  init(_ option: ProgramOption, check: String) throws {
    let own = Self.own.deletingLastPathComponent()
    let path = URL(fileURLWithPath: option.path ?? own.appendingPathComponent("rse").path).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw ValidationError("there is no program \(path): build it, or name it with --program")
    }
    self.path = path
    folder = NSTemporaryDirectory() + "/rse-\(check)-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The path of the checking program itself.
  static var own: URL {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: link ?? CommandLine.arguments[0])
  }

  func removeFolder() { try? FileManager.default.removeItem(atPath: folder) }

  /// Removes all files from the folder.
  func empty() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  func contents(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// Starts it in its folder.
  ///
  /// - Parameters:
  ///   - terminal: its standard input and output; nil for none.
  ///   - output: receives its output if there is no terminal; nil if nobody reads it.
  ///   - errors: receives its messages; nil if nobody reads them.
  ///   - environment: variables to add to the environment of this program.
  ///   - addressLimit: the limit on its address space, in kilobytes; nil for none.
  func launch(
    _ arguments: [String],
    terminal: FileHandle? = nil,
    output: Pipe? = nil,
    errors: Pipe? = nil,
    environment: [String: String] = [:],
    addressLimit: Int? = nil
  ) throws -> Process {
    let process = Process()
    if let addressLimit {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -v \(addressLimit) && exec \"$0\" \"$@\"", path] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
    }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = terminal ?? FileHandle.nullDevice
    process.standardOutput = terminal ?? output ?? FileHandle.nullDevice
    process.standardError = errors ?? FileHandle.nullDevice
    let own = ["TERM": "dumb", "RSE_HISTORY": "\(folder)/history"]
    process.environment = ProcessInfo.processInfo.environment
      .merging(own) { _, new in new }
      .merging(environment) { _, new in new }
    try process.run()
    return process
  }
}

/// The error of a broken guarantee.
struct BrokenPromise: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
