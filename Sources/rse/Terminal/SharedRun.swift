import Foundation
import Processes
import Sessions
import Tensors

/// The part of this process in a run of several: the first one speaks, reads standard input and writes files.
enum SharedRun {
  /// Takes what another process than the first writes; nil in the first.
  static var unseenFolder: String? { ProcessGroup.current.isFirst ? nil : scratch }

  private static let scratch = FileManager.default.temporaryDirectory
    .appendingPathComponent("rse-process-\(getpid())").path

  /// Seconds after which a process that is not ended by others ends itself.
  private static let longestWait: UInt32 = 60

  /// Joins the processes that a launcher has started together with this one.
  ///
  /// - Throws: `ProcessError`.
  static func join() throws {
    try ProcessGroup.join(build: "rse \(programVersion) with \(ProgramEnvironment.line)")
    guard ProcessGroup.current.isShared else { return }
    Signals.endingInterrupts()
    divideThreads()
    Terminal.isSilent.store(!ProcessGroup.current.isFirst, ordering: .relaxed)
  }

  /// Shares the processors of a machine among its processes, where the launcher has not bound each to its own.
  private static func divideThreads() {
    let processes = ProcessGroup.current
    let neighbours = processes.hosts.count { $0 == processes.hosts[processes.rank] }
    let information = ProcessInfo.processInfo
    guard information.environment["RSE_THREADS"] == nil,
      information.activeProcessorCount == information.processorCount
    else { return }
    WorkerPool.shared.resize(threads: information.processorCount / neighbours)
  }

  /// Gives every process a text that the first one has.
  ///
  /// - Throws: as `ProcessGroup.gather`.
  static func shared(_ read: () throws -> String?) throws -> String? {
    let processes = ProcessGroup.current
    guard processes.isShared else { return try read() }
    let own = processes.isFirst ? try read() : nil
    return try processes.gather(.statement, own) {
      if Signals.isInterrupted { throw ProcessLeft() }
    }[0]
  }

  /// Leaves the processes at the end of the program.
  ///
  /// - Parameter status: what this process ends with.
  /// - Returns: what the program ends with.
  static func end(_ status: ExitStatus) -> ExitStatus {
    let processes = ProcessGroup.current
    if !processes.isFirst { try? FileManager.default.removeItem(atPath: scratch) }
    do {
      if status != .interrupted, !processes.isBroken {
        let words = Terminal.unsaid.withLock { $0 }
        try processes.leave(status == .done ? "" : words.isEmpty ? "failed" : words)
        return status
      }
    } catch {
      Printer.withoutProgress.showError(error.localizedDescription, prefix: "rse: ")
      if !processes.isBroken { return .failed }
    }
    guard processes.isShared else { return status }
    let status = status == .done ? ExitStatus.failed : status
    // The first process has files to write before all end.
    if processes.isFirst { processes.abort(status.rawValue) } else { sleep(longestWait) }
    return status
  }
}
