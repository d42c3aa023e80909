import CFuzzer
import Foundation
import HostileInput

/// Reads inputs of a kind, one after another, and stops the program at one that takes too much.
final class Trial {
  /// The only trial; libFuzzer calls a function without context, on the main thread.
  nonisolated(unsafe) private static var current: Trial?

  private let kind: FileKind
  private let folder: ScratchFolder
  /// The processor time, in seconds, after which reading an input of some thousand bytes is considered endless on
  /// any machine; how time grows with the size is measured with large files.
  private static let longest = 20.0

  private init(_ kind: FileKind) throws {
    self.kind = kind
    folder = try ScratchFolder()
  }

  /// Lets libFuzzer try inputs.
  ///
  /// - Parameter arguments: of libFuzzer, after the name of the program.
  /// - Returns: the exit status.
  static func run(_ kind: FileKind, _ arguments: [String]) throws -> Int32 {
    current = try Trial(kind)
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var count = Int32(arguments.count)
    return pointers.withUnsafeMutableBufferPointer { pointers in
      var start = pointers.baseAddress
      return rse_fuzzer_run(&count, &start) { bytes, count in
        Trial.current?.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
      }
    }
  }

  private func read(_ bytes: [UInt8]) {
    let start = Self.processorSeconds
    rse_allocations_begin()
    kind.read(bytes, in: folder)
    let peak = Int(rse_allocations_peak())
    let seconds = Self.processorSeconds - start
    // libFuzzer treats a program that stops as a find, and keeps the input.
    let size = "\(bytes.count) bytes"
    precondition(peak <= kind.memory(for: bytes.count), "\(size) took \(peak) bytes of memory")
    precondition(seconds <= Self.longest, "\(size) took \(seconds) seconds")
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
