import Foundation
import Glibc
import Machine
import Notebooks
import Sessions

/// Replays of notebooks in processes of this program, several at a time.
struct NotebookJobs {
  /// What a job is told besides its notebook.
  let arguments: [String]
  /// Threads of a job.
  let threads: Int
  /// Seconds that a notebook may take; nil for as many as it takes.
  let limit: Double?

  /// Seconds that a job may take beyond its limit to end by itself.
  private static let grace = 20.0

  /// Runs the notebooks and tells of each, in their order, as soon as it and those before it have ended.
  ///
  /// After Ctrl-C the jobs are interrupted and those that have not begun are not run.
  ///
  /// - Throws: `JobFailure` where a process cannot be started; then none is left.
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

  /// Waits until one of the jobs says something, for Ctrl-C, or a moment.
  private func wait(for jobs: some Collection<NotebookJob>) {
    var entries = jobs.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    entries.append(pollfd(fd: Signals.descriptor, events: Int16(POLLIN), revents: 0))
    guard poll(&entries, nfds_t(entries.count), 100) > 0 else { return }
    for (job, entry) in zip(jobs, entries) where entry.revents != 0 { job.read() }
  }

  /// Makes this process one that another has started for a notebook: it ends with that one, and the signal by
  /// which it is ended is what Ctrl-C is in others.
  static func prepareJob(startedBy parent: Int32) {
    signal(SIGINT, SIG_IGN)
    Signals.endingInterrupts()
    if !MachineProcess.end(with: parent, by: SIGTERM) { raise(SIGTERM) }
  }
}

/// A process that replays a notebook; it is ended when the value goes away.
private final class NotebookJob {
  let file: String
  /// Where what it says can be read.
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

  /// How long it has been running, in seconds.
  var seconds: Double { (.now - beginning) / .seconds(1) }

  func send(_ number: Int32) {
    if !hasEnded { kill(identifier, number) }
  }

  /// Takes what it has said since.
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

  /// What came of the notebook; nil while it runs.
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

  /// What `waitpid` says once it has ended; nil while it runs.
  private func ending(options: Int32) -> Int32? {
    let status = ChildProgram.ending(of: identifier, options: options)
    if status != nil { hasEnded = true }
    return status
  }
}

/// A process for a notebook cannot be started.
struct JobFailure: LocalizedError {
  /// The system's error number.
  let code: Int32

  var errorDescription: String? {
    "no process for a notebook can be started: \(String(cString: strerror(code)).lowercased())"
  }
}
