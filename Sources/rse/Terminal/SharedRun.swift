import Foundation
import Processes
import Sessions
import Tensors

/// This process's part in a run of several: the first one prints, reads standard input and writes files.
enum SharedRun {
  /// The folder for files written by any process but the first; nil in the first.
  static var unseenFolder: String? { ProcessGroup.current.isFirst ? nil : scratch }

  private static let scratch = FileManager.default.temporaryDirectory
    .appendingPathComponent("rse-process-\(getpid())").path

  /// The seconds after which a process that others have not ended ends itself.
  private static let longestWait: UInt32 = 60

  /// Joins the processes that a launcher started together with this one.
  ///
  /// - Throws: `ProcessError`.
  static func join() throws {
    try ProcessGroup.join(build: "rse \(programVersion) with \(ProgramEnvironment.line)")
    guard ProcessGroup.current.isShared else { return }
    Signals.endingInterrupts()
    divideThreads()
    Terminal.isSilent.store(!ProcessGroup.current.isFirst, ordering: .relaxed)
  }

  /// Divides the processors of a machine among its processes, unless the launcher bound each to its own.
  private static func divideThreads() {
    let processes = ProcessGroup.current
    let neighbours = processes.hosts.count { $0 == processes.hosts[processes.rank] }
    let information = ProcessInfo.processInfo
    guard information.environment["RSE_THREADS"] == nil,
      information.activeProcessorCount == information.processorCount
    else { return }
    WorkerPool.shared.resize(threads: information.processorCount / neighbours)
  }

  /// Gives every process the first one's text.
  ///
  /// - Throws: the errors of `ProcessGroup.gather`.
  static func shared(_ read: () throws -> String?) throws -> String? {
    let processes = ProcessGroup.current
    guard processes.isShared else { return try read() }
    let own = processes.isFirst ? try read() : nil
    return try processes.gather(.statement, own) {
      if Signals.isInterrupted { throw ProcessLeft() }
    }[0]
  }

  /// Leaves the process group at the end of the program.
  ///
  /// - Parameter status: the exit status of this process.
  /// - Returns: the exit status of the program.
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
    // The first process must write files before all processes end.
    if processes.isFirst { processes.abort(status.rawValue) } else { sleep(longestWait) }
    return status
  }
}
