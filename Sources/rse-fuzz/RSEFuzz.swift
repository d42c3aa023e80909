import ArgumentParser
import CFuzzer
import Foundation
import HostileInput

/// Looks for inputs that crash or hang readers of files, or make them take much more memory than the files have.
@main
struct RSEFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rse-fuzz",
    abstract: "Look for files that crash their readers.",
    discussion: """
      Build it with libFuzzer and the address sanitizer:

      swift build -c release --product rse-fuzz --scratch-path .build-fuzz --sanitize=address \\
        -Xswiftc -sanitize=fuzzer -Xlinker -z -Xlinker muldefs
      """
  )

  @Argument(
    help: "The kind of input: \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var kind: String

  @Option(help: "How many inputs are tried.")
  var inputs = 1_000_000

  @Option(help: "A folder whose files are the first inputs.", completion: .directory)
  var corpus: String?

  @Option(help: "A folder that takes inputs that reach new code.", completion: .directory)
  var found: String?

  func run() throws {
    guard let kind = FileKind(rawValue: kind) else {
      throw ValidationError("there is no kind of input `\(kind)`")
    }
    guard rse_fuzzer_is_there() != 0, rse_allocations_watch() != 0 else {
      throw ValidationError(
        "this program was built without libFuzzer or address sanitizer: see --help"
      )
    }
    let trial = try Trial(kind)
    Trial.current = trial
    var arguments = [
      "rse-fuzz", "-runs=\(inputs)", "-max_len=\(kind.longest)", "-timeout=20",
      "-rss_limit_mb=2048",
      "-print_final_stats=1", "-artifact_prefix=\(kind.rawValue)-",
    ]
    if let found {
      try FileManager.default.createDirectory(atPath: found, withIntermediateDirectories: true)
      arguments.append(found)
    }
    if let corpus { arguments.append(corpus) }
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var count = Int32(arguments.count)
    let status = pointers.withUnsafeMutableBufferPointer { pointers in
      var start = pointers.baseAddress
      return rse_fuzzer_run(&count, &start) { bytes, count in
        Trial.current?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
      }
    }
    throw ExitCode(status)
  }
}

/// Reads inputs of a kind, one after another, and stops the program where one takes too much.
private final class Trial {
  /// The only one; libFuzzer calls a function without context, on the main thread.
  nonisolated(unsafe) static var current: Trial?

  private let kind: FileKind
  private let folder: ScratchFolder
  /// Seconds of the processor that an input may take, with the sanitizers' share.
  private static let longest = 1.0

  init(_ kind: FileKind) throws {
    self.kind = kind
    folder = try ScratchFolder()
  }

  func run(_ bytes: [UInt8]) {
    let start = Self.processorSeconds
    rse_allocations_begin()
    kind.read(bytes, in: folder)
    let peak = Int(rse_allocations_peak())
    let seconds = Self.processorSeconds - start
    guard peak <= kind.memory(for: bytes.count) else {
      fatalError("\(bytes.count) bytes took \(peak) bytes of memory")
    }
    guard seconds <= Self.longest else {
      fatalError("\(bytes.count) bytes took \(seconds) seconds")
    }
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
