import CommandLanguage
import Foundation
import Notebooks
import Processes
import Tensors

/// Runs, records and replays files in fresh sessions; what `rse run`, `rse record` and `rse replay` do,
/// and the commands of the same names.
package struct FileRun {
  /// Values for `param` statements.
  package var overrides = Overrides()
  /// The program around the sessions of the runs.
  package var host = SessionHost()
  /// Shown each diagnostic with its place.
  package var report: (Diagnostic) -> Void = { _ in }
  /// Shown each line about the run itself.
  package var message: (String) -> Void = { _ in }

  /// How many runs this one is inside of.
  package var depth = 0
  /// Takes all files that are written, if given; for runs inside a replay.
  var writingFolder: String?

  /// How deep notebooks may run each other.
  static let depthLimit = 16

  private let catalog: Catalog

  /// - Parameter catalog: of the sessions of the runs.
  package init(catalog: Catalog) { self.catalog = catalog }

  /// Runs a notebook, or a plain script; what it writes goes where it says, relative to the file's folder.
  package func run(_ path: String) throws -> ExitStatus {
    let bytes = try NotebookFile.read(path)
    guard path.hasSuffix(".rsenb") || bytes.starts(with: Array("rsenb".utf8)) else {
      return try runScript(bytes, path)
    }
    let notebook = try Notebook(parsing: bytes, file: path)
    let session = makeSession(for: path)
    if let status = check(notebook, in: session) { return status }
    let cells = NotebookSession(session, report: report)
    return finish(try notebook.run(using: cells, observing: cells.follow))
  }

  /// Runs a notebook and writes its output into it.
  ///
  /// - Parameters:
  ///   - path: The notebook.
  ///   - folder: Where its relative paths start, if not beside it.
  package func record(_ path: String, folder: String? = nil) throws -> ExitStatus {
    let session = makeSession(for: path, folder: folder)
    if let status = check(try Notebook(contentsOf: path), in: session) { return status }
    let cells = NotebookSession(session, report: report)
    return finish(
      try Notebook.record(
        path,
        using: cells,
        observing: cells.follow,
        writer: Self.writer
      )
    )
  }

  /// Runs a notebook and compares with its record; files it writes go into a temporary folder.
  package func replay(
    _ path: String,
    options: ReplayOptions,
    observing observe: (RunEvent) -> Void = { _ in }
  ) throws -> ReplayReport {
    let notebook = try Notebook(contentsOf: path)
    return try inScratchFolder(for: path) {
      try notebook.replay(using: $0, options: options, observing: observe)
    }
  }

  /// Replays a notebook and takes over into it the output of cells that differ.
  package func update(_ path: String, options: ReplayOptions) throws -> Update {
    try inScratchFolder(for: path) { cells in
      try Notebook.update(path, using: cells, options: options, writer: Self.writer)
    }
  }

  /// Has cells run whose files go into a temporary folder, which is then removed.
  private func inScratchFolder<Result>(
    for path: String,
    _ body: (NotebookSession) throws -> Result
  ) throws -> Result {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("rse-replay-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: scratch,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let session = makeSession(for: path, writingFolder: scratch)
    let threads = WorkerPool.shared.threads
    defer { WorkerPool.shared.resize(threads: threads) }
    return try body(NotebookSession(session))
  }

  /// Writes notebooks in one process of several.
  private static var writer: NotebookWriter {
    guard ProcessGroup.current.isFirst else { return { _, _ in } }
    return NotebookFile.atomicWriter
  }

  private func makeSession(
    for path: String,
    folder: String? = nil,
    writingFolder: String? = nil
  ) -> Session {
    var host = host
    // A replay compares and shows no pictures.
    if writingFolder != nil { host.showPicture = nil }
    return Session(
      catalog: catalog,
      folder: folder ?? URL(fileURLWithPath: path).deletingLastPathComponent().path,
      writingFolder: writingFolder ?? self.writingFolder,
      overrides: overrides,
      depth: depth,
      host: host
    )
  }

  private func runScript(_ bytes: [UInt8], _ path: String) throws -> ExitStatus {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic("\(path) is not UTF-8", remedy: "save it as UTF-8")
    }
    return makeSession(for: path).runToEnd(text, name: path, report: report)
  }

  /// The status of a notebook that cannot run; nil if nothing speaks against it.
  private func check(_ notebook: Notebook, in session: Session) -> ExitStatus? {
    let diagnostics = session.check(notebook)
    Session.firstErrors(of: diagnostics).forEach(report)
    return diagnostics.isEmpty ? nil : .usage
  }

  private func finish(_ report: RunReport) -> ExitStatus {
    // A failure has been reported with its place; what else is wrong has not.
    for run in report.cells where run.verdict == .succeededUnexpectedly {
      message("\(report.file):\(run.cell.firstLine): this cell should fail (`!`) but succeeded")
    }
    if report.status != .done { message(report.summary) }
    return ExitStatus(report.status)
  }
}

/// How the program ends.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  /// A command failed.
  case failed = 1
  /// Wrong usage, or a script whose errors are found before it runs.
  case usage = 2
  /// A replay differs from the record.
  case differs = 3
  /// There was not enough memory; `CMachine` ends the program with it.
  case exhausted = 71
  case interrupted = 130

  /// What it means, in a few words.
  package var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "a command failed"
    case .usage: "wrong usage or syntax (nothing was run)"
    case .differs: "a replay differs"
    case .exhausted: "out of memory"
    case .interrupted: "interrupted with Ctrl-C"
    }
  }

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
  /// Runs a whole script, unless errors are certain before it runs; its output is shown, but not kept.
  package func runToEnd(
    _ text: String,
    name: String,
    report: (Diagnostic) -> Void
  ) -> ExitStatus {
    let diagnostics = check(text, name: name)
    guard diagnostics.isEmpty else {
      Session.firstErrors(of: diagnostics).forEach(report)
      return .usage
    }
    keepsOutput = false
    defer { keepsOutput = true }
    switch submit(text, name: name, report: report).ending {
    case .completed, .finished: return .done
    case .failed: return .failed
    case .interrupted: return .interrupted
    }
  }
}
