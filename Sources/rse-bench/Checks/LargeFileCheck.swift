import ArgumentParser
import Foundation
import HostileInput

/// Reads files of megabytes made to take more than their share, each in a separate process, and proves that memory is
/// proportional to their size and that time grows no faster than their size.
struct LargeFileCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "large-files",
    abstract: "Read large hostile files: memory and time must grow in proportion to their size."
  )

  @Argument(
    help:
      "The kinds of files, all without one: \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var kinds: [FileKind] = []

  @Option(help: "How large the files are, in MiB.")
  var size = 4

  @Option(help: "At how many places of each small file a part is repeated to make a large one.")
  var stutters = 6

  @Option(help: "A folder with a folder of small files for each kind.", completion: .directory)
  var corpus = "Tests/HostileInputTests/Corpus"

  /// The processor time, in seconds, from which smaller sizes are read as well, to measure how time
  /// grows.
  private static let worthALook = 0.25

  func validate() throws {
    guard (1...256).contains(size) else { throw ValidationError("--size is from 1 to 256") }
    guard (0...1000).contains(stutters) else {
      throw ValidationError("--stutters is from 0 to 1000")
    }
    try Self.validate(corpus)
  }

  static func validate(_ corpus: String) throws {
    guard FileManager.default.fileExists(atPath: corpus) else {
      throw ValidationError("there is no folder \(corpus): name it with --corpus")
    }
  }

  func run() throws {
    let folder = NSTemporaryDirectory() + "/rse-large-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var failures = 0
    for kind in kinds.isEmpty ? FileKind.allCases : kinds {
      failures += try check(kind, file: folder + "/file")
    }
    guard failures == 0 else {
      throw BrokenPromise("\(failures) files took more than their share")
    }
    report("none took more than its share")
  }

  private func check(_ kind: FileKind, file: String) throws -> Int {
    let inputs = LargeInput.all(kind, seeds: try seeds(kind), stutters: stutters)
    var most = (memory: 0, name: "none")
    var longest = (seconds: 0.0, name: "none")
    var steepest = (exponent: 0.0, name: "none")
    var failures = 0
    for input in inputs {
      var memory = 0
      let growth: Growth
      do {
        growth = try Growth(largest: size << 20, floor: Self.worthALook) { size in
          let bytes = input.bytes(size)
          let cost = try cost(kind, bytes, file)
          if size == self.size << 20 { memory = cost.memory }
          return Growth.Point(size: bytes.count, cost: cost.seconds)
        }
      } catch is Unread {
        let kept = NSTemporaryDirectory() + "/rse-\(kind.rawValue)-\(failures)"
        try FileManager.default.copyItem(atPath: file, toPath: kept)
        report("\(kind.rawValue), \(input.name): the reader crashed, or did not end; see \(kept)")
        failures += 1
        continue
      }
      let (size, seconds) = (growth.points.last?.size ?? 0, growth.points.last?.cost ?? 0)
      if memory > most.memory { most = (memory, input.name) }
      if seconds > longest.seconds { longest = (seconds, input.name) }
      if let exponent = growth.exponent, exponent > steepest.exponent {
        steepest = (exponent, input.name)
      }
      if memory > kind.memory(for: size) || growth.isTooSteep {
        report("\(kind.rawValue), \(input.name): \(text(memory)); \(text(growth))")
        failures += 1
      }
    }
    report(
      "\(kind.rawValue): \(inputs.count) files; most memory \(text(most.memory)) (\(most.name)), "
        + "longest \(text(longest.seconds)) (\(longest.name)), "
        + String(format: "steepest growth n^%.2f (\(steepest.name))", steepest.exponent)
    )
    return failures
  }

  private func seeds(_ kind: FileKind) throws -> [(name: String, bytes: [UInt8])] {
    let folder = URL(fileURLWithPath: corpus).appendingPathComponent(kind.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, try [UInt8](Data(contentsOf: folder.appendingPathComponent($0))))
    }
  }

  /// Measures the cost of reading.
  ///
  /// - Throws: `Unread` if the process does not end normally.
  private func cost(_ kind: FileKind, _ bytes: [UInt8], _ file: String) throws -> FileReading.Cost {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    let process = Process()
    let output = Pipe()
    process.executableURL = CheckedProgram.own
    process.arguments = [FileReading.configuration.commandName ?? "", kind.rawValue, file]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { throw Unread() }
    return try JSONDecoder().decode(FileReading.Cost.self, from: line)
  }

  private func text(_ bytes: Int) -> String {
    String(format: "%.1f MiB", Double(bytes) / 1_048_576)
  }
  private func text(_ seconds: Double) -> String { String(format: "%.2f s", seconds) }

  private func text(_ growth: Growth) -> String {
    let costs = growth.points.map { "\(text($0.size)) in \(text($0.cost))" }
    return costs.joined(separator: ", ")
  }
}

/// The error that the reader of a file crashed, or did not end.
private struct Unread: Error {}

/// Reads one file and reports the cost.
struct FileReading: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-file",
    abstract: "Read a hostile file.",
    shouldDisplay: false
  )

  /// The cost of reading, beyond the bytes of the file.
  struct Cost: Codable {
    /// The peak memory in bytes.
    var memory = 0
    /// The processor time in seconds.
    var seconds = 0.0
  }

  @Argument var kind: FileKind
  @Argument var file: String

  /// The processor time, in seconds, after which reading is considered endless on any machine.
  private static let longest: rlim_t = 600
  /// The number of bytes of the file that are read before anything is measured.
  private static let first = 64

  func run() throws {
    var limit = rlimit(rlim_cur: Self.longest, rlim_max: Self.longest)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    // A process that waits forever ends as well.
    alarm(UInt32(10 * Self.longest))
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
    let folder = try ScratchFolder()
    // One-time initialization does not count, since it would hide how the cost grows.
    kind.read(Array(bytes.prefix(Self.first)), in: folder)
    // From here on the kernel tracks the peak size afresh.
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    let before = try Self.largest()
    let start = Self.processorSeconds
    kind.read(bytes, in: folder)
    let seconds = Self.processorSeconds - start
    let cost = Cost(memory: try Self.largest() - before, seconds: seconds)
    report(String(decoding: try JSONEncoder().encode(cost), as: UTF8.self))
  }

  /// Returns the peak size of this process so far, in bytes.
  private static func largest() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) << 10
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension FileKind: ExpressibleByArgument {}
