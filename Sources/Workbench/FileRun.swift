import CommandLanguage
import Foundation
import Notebooks

/// Runs, records and replays files in fresh sessions; what `rse run`, `rse record` and `rse replay` do,
/// and the commands of the same names.
package struct FileRun {
  /// Values for `param` statements.
  package var overrides = Overrides()
  /// Asked at safe points; true ends the run.
  package var isInterrupted: () -> Bool = { false }
  /// Told what the session shows.
  package var observer: (SessionEvent) -> Void = { _ in }
  /// Shown each diagnostic with its place.
  package var report: (Diagnostic) -> Void = { _ in }
  /// Shown each line about the run itself.
  package var message: (String) -> Void = { _ in }

  package init() {}

  /// Runs a notebook, or a plain script; what it writes goes where it says, relative to the file's folder.
  package func run(_ path: String) throws -> ExitStatus {
    guard try isNotebook(path) else { return try runScript(path) }
    let notebook = try Notebook(contentsOf: path)
    let session = makeSession(for: path)
    if let status = check(notebook, in: session) { return status }
    return finish(try notebook.run(using: NotebookSession(session, report: report)))
  }

  /// Runs a notebook and writes its output into it.
  package func record(_ path: String) throws -> ExitStatus {
    let session = makeSession(for: path)
    if let status = check(try Notebook(contentsOf: path), in: session) { return status }
    return finish(
      try Notebook.record(path, using: NotebookSession(session, report: report))
    )
  }

  /// Runs a notebook and compares with its record; files it writes go into a temporary folder.
  package func replay(_ path: String, options: ReplayOptions) throws -> ReplayReport {
    let notebook = try Notebook(contentsOf: path)
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("rse-replay-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: scratch,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let session = makeSession(for: path, writingFolder: scratch)
    return try notebook.replay(using: NotebookSession(session), options: options)
  }

  private func makeSession(for path: String, writingFolder: String? = nil) -> Session {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return Session(
      folder: folder,
      writingFolder: writingFolder,
      overrides: overrides,
      isInterrupted: isInterrupted,
      observer: observer
    )
  }

  private func isNotebook(_ path: String) throws -> Bool {
    if path.hasSuffix(".rsenb") { return true }
    guard let handle = FileHandle(forReadingAtPath: path) else { return true }
    defer { try? handle.close() }
    return try handle.read(upToCount: 5) == Data("rsenb".utf8)
  }

  private func runScript(_ path: String) throws -> ExitStatus {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return makeSession(for: path).runToEnd(text, name: path, report: report)
  }

  /// The status of a notebook that cannot run; nil if nothing speaks against it.
  private func check(_ notebook: Notebook, in session: Session) -> ExitStatus? {
    let diagnostics = session.check(notebook)
    diagnostics.forEach(report)
    return diagnostics.isEmpty ? nil : .usage
  }

  private func finish(_ report: RunReport) -> ExitStatus {
    if report.status != .done {
      report.problems.forEach(message)
      message(report.summary)
    }
    return ExitStatus(report.status)
  }
}

/// How the program ends.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// A command failed.
  case failed = 1
  /// Wrong usage, or a script whose errors are found before it runs.
  case usage = 2
  /// A replay differs from the record.
  case differs = 3
  case interrupted = 130

  package init(_ status: RunStatus) {
    self =
      switch status {
      case .done: .done
      case .failed: .failed
      case .differs: .differs
      case .interrupted: .interrupted
      }
  }
}

extension Session {
  /// Runs a whole script, unless errors are certain before it runs.
  package func runToEnd(
    _ text: String,
    name: String,
    report: (Diagnostic) -> Void
  ) -> ExitStatus {
    let result = evaluator.registry.parse(Source(name: name, text: text))
    let diagnostics =
      result.diagnostics.isEmpty
      ? evaluator.check(result.script) + evaluator.overrides.unknownNames(in: result.script)
      : result.diagnostics
    guard diagnostics.isEmpty else {
      diagnostics.forEach(report)
      return .usage
    }
    switch submit(text, name: name, report: report).ending {
    case .completed, .finished: return .done
    case .failed: return .failed
    case .interrupted: return .interrupted
    }
  }
}
