import CProcesses
import Foundation
import Machine

/// The processes that run one script together: each executes all statements, their work is divided, and each receives
/// the results of all.
///
/// A program that was started without a launcher is a group of one, which needs no library and exchanges nothing.
/// Operations are called by one thread at a time, in the same order in all processes.
package final class ProcessGroup: @unchecked Sendable {
  /// The group that this process belongs to.
  package private(set) nonisolated(unsafe) static var current = ProcessGroup()

  /// The rank of this process, from 0.
  package let rank: Int
  package let count: Int
  /// The hosts of the processes, in rank order.
  package private(set) var hosts: [String]
  /// The functions for communication; nil in a group of one.
  private let functions: UnsafePointer<rse_processes>?
  /// True if an operation was abandoned, so that others may wait for this process forever.
  package private(set) var isBroken = false

  /// The silence of a process that ends the job, in seconds.
  private static let longestSilence: Int32 = 15
  private static let longestHostName = 256

  private init() {
    (rank, count, hosts, functions) = (0, 1, [ProcessInfo.processInfo.hostName], nil)
  }

  private init(_ functions: UnsafePointer<rse_processes>) throws(ProcessError) {
    var (rank, count): (Int32, Int32) = (0, 0)
    var host = [CChar](repeating: 0, count: Self.longestHostName)
    let code = functions.pointee.join(&rank, &count, &host, Int32(host.count))
    guard code == 0 else {
      throw ProcessError("the processes cannot be joined (MPI error \(code))")
    }
    (self.rank, self.count, self.functions) = (Int(rank), Int(count), functions)
    let bytes = host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    hosts = [String(decoding: bytes, as: UTF8.self)]
  }

  /// Joins the other processes if a launcher started this one among them.
  ///
  /// - Parameter build: a text that must be equal in all processes for their results to be equal.
  /// - Throws: `ProcessError`.
  package static func join(build: String) throws {
    let environment = ProcessInfo.processInfo.environment
    guard let launcher = Launcher(environment) else { return }
    var reason: UnsafePointer<CChar>?
    let path = environment["RSE_MPI_LIBRARY"] ?? libraryPath
    guard let functions = rse_processes_open(path, &reason) else {
      let words = reason.map { String(cString: $0) } ?? "no reason is known"
      throw ProcessError.noLibrary(launcher.name, words)
    }
    let group = try ProcessGroup(functions)
    if functions.pointee.watch(longestSilence) != 0 {
      throw ProcessError("the processes cannot be watched: there are no more threads")
    }
    current = group
    try group.compare(build)
  }

  /// The path of the library: `lib/rse` beside the program's folder, as in a package, or else the program's folder.
  private static var libraryPath: String {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let name = "librse-mpi.so"
    let folder = URL(fileURLWithPath: program).deletingLastPathComponent()
    let packaged = folder.deletingLastPathComponent().appendingPathComponent("lib/rse/" + name).path
    return FileManager.default.fileExists(atPath: packaged)
      ? packaged : folder.appendingPathComponent(name).path
  }

  /// Learns the hosts, and rejects processes of different builds.
  private func compare(_ build: String) throws {
    let own = hosts[0] + "\n" + build
    let all = try gather(.join, Array(own.utf8)) {}.map { bytes in
      String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1).map(String.init)
    }
    hosts = all.map { $0.first ?? "?" }
    let builds = all.map { $0.count > 1 ? $0[1] : "?" }
    if let other = builds.firstIndex(where: { $0 != builds[0] }) {
      throw ProcessError(
        """
        process 0 on \(hosts[0]) is \(builds[0]), process \(other) on \(hosts[other]) is \(builds[other]): start \
        the same program everywhere
        """
      )
    }
  }

  /// Runs a body in a group of one, so that it does not involve the other processes.
  package static func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    let group = current
    current = ProcessGroup()
    defer { current = group }
    return try body()
  }

  /// True if this process is the one that emits and writes files.
  package var isFirst: Bool { rank == 0 }

  /// True if there are other processes.
  package var isShared: Bool { count > 1 }

  /// True if a launcher started this process, even if as the only one.
  package var isLaunched: Bool { functions != nil }

  // MARK: Exchange

  /// The purposes of joint operations; all processes must be at the same one.
  package enum Occasion: UInt64, Sendable {
    case join = 1, statement, step, validation, test, work, agreement, end

    var name: String {
      switch self {
      case .join: "the start"
      case .statement: "the next statement"
      case .step: "a step of training"
      case .validation: "a validation"
      case .test: "a test"
      case .work: "work of its own"
      case .agreement: "an agreement"
      case .end: "the end"
      }
    }
  }

  /// Gives every process the bytes of all, in rank order.
  ///
  /// - Parameter poll: called while the process waits; if it throws, the process drops out of the job.
  /// - Throws: `ProcessError` if another process is at something else; any error of `poll`.
  package func gather(
    _ occasion: Occasion,
    _ bytes: [UInt8],
    poll: () throws -> Void
  ) throws -> [[UInt8]] {
    guard let functions else { return [bytes] }
    let heads = try gatherHeads(functions, [occasion.rawValue, UInt64(bytes.count)], poll)
    let total = heads.reduce(0) { $0 + Int($1[1]) }
    guard total <= Int32.max else {
      throw ProcessError("\(total) bytes are too many for the processes to tell each other at once")
    }
    let counts = heads.map { Int32($0[1]) }
    var all = [UInt8](repeating: 0, count: total)
    let places = Self.places(counts)
    try bytes.withUnsafeBytes { own in
      try all.withUnsafeMutableBytes { all in
        try wait(
          poll,
          for: functions.pointee.gather_parts(
            own.baseAddress,
            Int32(own.count),
            all.baseAddress,
            counts,
            places
          )
        )
      }
    }
    let parts = zip(places, counts).map { Array(all[Int($0)..<Int($0) + Int($1)]) }
    if let other = heads.firstIndex(where: { $0[0] != occasion.rawValue }) {
      let place = Occasion(rawValue: heads[other][0]) ?? .end
      let words = place == .end ? String(decoding: parts[other], as: UTF8.self) : ""
      isBroken = true
      let places = "is at \(place.name), process \(rank) at \(occasion.name)"
      throw error(of: other, words.isEmpty ? places : words)
    }
    return parts
  }

  /// Returns an error that another process reported.
  func error(of process: Int, _ words: String) -> ProcessError {
    ProcessError("process \(process) on \(hosts[process]): \(words)")
  }

  private func gatherHeads(
    _ functions: UnsafePointer<rse_processes>,
    _ own: [UInt64],
    _ poll: () throws -> Void
  ) throws -> [[UInt64]] {
    var all = [UInt64](repeating: 0, count: own.count * count)
    try own.withUnsafeBytes { own in
      try all.withUnsafeMutableBytes { all in
        try wait(
          poll,
          for: functions.pointee.gather(own.baseAddress, Int32(own.count), all.baseAddress)
        )
      }
    }
    return (0..<count).map { Array(all[$0 * own.count..<($0 + 1) * own.count]) }
  }

  /// Sends each process its part of `out`, and receives a part from each.
  ///
  /// - Parameters:
  ///   - outCounts: the number of floats for each process; their parts follow one another.
  ///   - inCounts: the number of floats from each process.
  /// - Throws: `ProcessError`; any error of `poll`.
  package func exchange(
    _ out: UnsafeBufferPointer<Float>,
    _ outCounts: [Int],
    into buffer: UnsafeMutableBufferPointer<Float>,
    _ inCounts: [Int],
    poll: () throws -> Void
  ) throws {
    guard let functions else { preconditionFailure("other processes to exchange with") }
    let (outCounts, inCounts) = (outCounts.map(Int32.init), inCounts.map(Int32.init))
    try wait(
      poll,
      for: functions.pointee.exchange(
        out.baseAddress,
        outCounts,
        Self.places(outCounts),
        buffer.baseAddress,
        inCounts,
        Self.places(inCounts)
      )
    )
  }

  /// Gives every process the floats of all, one part after another.
  ///
  /// - Throws: `ProcessError`; any error of `poll`.
  package func gather(
    _ own: UnsafeBufferPointer<Float>,
    into all: UnsafeMutableBufferPointer<Float>,
    _ counts: [Int],
    poll: () throws -> Void
  ) throws {
    guard let functions else { preconditionFailure("other processes to gather from") }
    let counts = counts.map(Int32.init)
    try wait(
      poll,
      for: functions.pointee.gather_floats(
        own.baseAddress,
        Int32(own.count),
        all.baseAddress,
        counts,
        Self.places(counts)
      )
    )
  }

  private static func places(_ counts: [Int32]) -> [Int32] {
    var place: Int32 = 0
    return counts.map { count in
      defer { place += count }
      return place
    }
  }

  /// The number of times that an operation is checked before others may run meanwhile.
  private static let spins = 2000

  private func wait(_ poll: () throws -> Void, for operation: OpaquePointer?) throws {
    guard let functions, let operation, !isBroken else { throw ProcessLeft() }
    var looks = 0
    while true {
      let code = functions.pointee.is_done(operation)
      if code > 0 { return }
      guard code == 0 else {
        isBroken = true
        throw ProcessError("the processes cannot reach each other (MPI error \(-code))")
      }
      looks += 1
      guard looks > Self.spins else { continue }
      do { try poll() } catch {
        isBroken = true
        throw error
      }
      if looks > 2 * Self.spins { usleep(50) } else { sched_yield() }
    }
  }

  // MARK: The end

  /// Sets the text that a sudden end of the run shows: where it can be resumed.
  package func note(_ text: String) { functions?.pointee.note(text) }

  /// Leaves the job.
  ///
  /// - Parameter message: this process's error; empty if it had none.
  /// - Throws: `ProcessError` if another process is not at its end, or had an error while this one had none.
  package func leave(_ message: String) throws {
    guard let functions else { return }
    let messages = try gather(.end, Array(message.utf8)) {}
    functions.pointee.leave()
    if message.isEmpty, let other = messages.firstIndex(where: { !$0.isEmpty }) {
      throw error(of: other, String(decoding: messages[other], as: UTF8.self))
    }
  }

  /// Ends all processes at once.
  package func abort(_ status: Int32) { functions?.pointee.abort(status) }
}
