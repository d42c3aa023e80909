import Foundation
import Glibc
import Machine
import Notebooks
import Sessions

/// Notebook replays in child processes of this program, several at a time.
struct NotebookJobs {
  /// The arguments of a job, apart from its notebook.
  let arguments: [String]
  /// The number of threads of a job.
  let threads: Int
  /// The time limit for a notebook, in seconds; nil for none.
  let limit: Double?

  /// The time, in seconds, that a job has after its limit to end by itself.
  private static let grace = 20.0

  /// Runs the notebooks and reports each, in order, as soon as it and all earlier ones have ended.
  ///
  /// After Ctrl-C, running jobs are interrupted and the remaining ones are not run.
  ///
  /// - Throws: `JobFailure` if a process cannot be started; no job is then left running.
  func run(_ files: [String], atATime jobs: Int, _ tell: (ReplayOutcome) -> Void) throws {
    var running: [Int: NotebookJob] = [:]
    var outcomes = [ReplayOutcome?](repeating: nil, count: files.count)
    var (begun, told) = (0, 0)
    var isInterrupted = false
    while told < files.count {
      while begun < files.count, running.count < jobs, !isInterrupted {
        running[begun] = try NotebookJob(files[begun], arguments: arguments, threads: threads)
        begun += 1
      }
      wait(for: running.values)
      if Signals.isInterrupted, !isInterrupted {
        isInterrupted = true
        running.values.forEach { $0.send(SIGTERM) }
        for place in begun..<files.count {
          outcomes[place] = ReplayOutcome(
            file: files[place],
            reason: "not run",
            status: .interrupted
          )
        }
      }
      for (place, job) in running {
        if let limit, job.seconds > limit + Self.grace { job.send(SIGKILL) }
        guard let outcome = job.outcome(limit: limit, isInterrupted: isInterrupted) else {
          continue
        }
        outcomes[place] = outcome
        running[place] = nil
      }
      while told < files.count, let outcome = outcomes[told] {
        tell(outcome)
        told += 1
      }
    }
  }

  /// Waits for output of a job, for Ctrl-C, or for a moment.
  private func wait(for jobs: some Collection<NotebookJob>) {
    var entries = jobs.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    entries.append(pollfd(fd: Signals.descriptor, events: Int16(POLLIN), revents: 0))
    guard poll(&entries, nfds_t(entries.count), 100) > 0 else { return }
    for (job, entry) in zip(jobs, entries) where entry.revents != 0 { job.read() }
  }

  /// Makes this process a job that another process started for a notebook: it ends with its parent, and
  /// SIGTERM has the effect of Ctrl-C.
  static func prepareJob(startedBy parent: Int32) {
    signal(SIGINT, SIG_IGN)
    Signals.endingInterrupts()
    if !MachineProcess.end(with: parent, by: SIGTERM) { raise(SIGTERM) }
  }
}

/// A process that replays a notebook; it is killed when this object is deallocated.
private final class NotebookJob {
  let file: String
  /// The descriptor from which its output is read.
  private(set) var descriptor: Int32
  private let identifier: pid_t
  private let beginning = ContinuousClock.now
  private var bytes: [UInt8] = []
  private var hasEnded = false

  /// - Throws: `JobFailure`.
  init(_ file: String, arguments: [String], threads: Int) throws {
    self.file = file
    guard let pipe = ChildProgram.pipe() else { throw JobFailure(code: errno) }
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer {
      close(pipe.writer)
      if nothing >= 0 { close(nothing) }
    }
    descriptor = pipe.reader
    var variables = ProcessInfo.processInfo.environment
    variables["RSE_THREADS"] = String(threads)
    let start = ChildProgram.start(
      "/proc/self/exe",
      [CommandLine.arguments[0]] + arguments + [file],
      environment: variables,
      input: nothing >= 0 ? nothing : nil,
      output: pipe.writer
    )
    switch start {
    case .success(let identifier): self.identifier = identifier
    case .failure(let fault):
      identifier = 0
      hasEnded = true
      close(descriptor)
      throw JobFailure(code: fault.code)
    }
  }

  deinit {
    guard !hasEnded else { return }
    kill(identifier, SIGKILL)
    _ = ending(options: 0)
    if descriptor >= 0 { close(descriptor) }
  }

  /// The time since its start, in seconds.
  var seconds: Double { (.now - beginning) / .seconds(1) }

  func send(_ number: Int32) {
    if !hasEnded { kill(identifier, number) }
  }

  /// Reads its output so far.
  func read() {
    guard descriptor >= 0 else { return }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(descriptor, &block, block.count)
    if count > 0 {
      bytes += block[..<count]
    } else if count == 0 || errno != EINTR {
      close(descriptor)
      descriptor = -1
    }
  }

  /// Returns the outcome for the notebook; nil while the job runs.
  func outcome(limit: Double?, isInterrupted: Bool) -> ReplayOutcome? {
    guard descriptor < 0, let status = ending(options: WNOHANG) else { return nil }
    if let outcome = try? JSONDecoder().decode(ReplayOutcome.self, from: Data(bytes)) {
      return outcome
    }
    let signal = status & 0x7F
    let code = status >> 8 & 0xFF
    let reason =
      signal != 0
      ? "ended by signal \(signal) (\(String(cString: strsignal(signal))))"
      : "ended with status \(code)" + (ExitStatus(rawValue: code).map { ", \($0.meaning)" } ?? "")
    let isOutOfTime = limit.map { seconds > $0 } ?? false
    return ReplayOutcome(
      file: file,
      reason: reason,
      status: isInterrupted ? .interrupted : .failed,
      seconds: seconds,
      limit: isOutOfTime ? limit : nil
    )
  }

  /// Returns the status from `waitpid`; nil while the job runs.
  private func ending(options: Int32) -> Int32? {
    let status = ChildProgram.ending(of: identifier, options: options)
    if status != nil { hasEnded = true }
    return status
  }
}

/// The error that a process for a notebook cannot be started.
struct JobFailure: LocalizedError {
  /// The system's error number.
  let code: Int32

  var errorDescription: String? {
    "no process for a notebook can be started: \(String(cString: strerror(code)).lowercased())"
  }
}
