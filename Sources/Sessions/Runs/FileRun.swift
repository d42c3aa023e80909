import CommandLanguage
import Foundation
import Notebooks
import Processes
import Tensors

/// A runner that runs, records and replays files in fresh sessions, for `rse run`, `rse record`, `rse replay`
/// and the commands of the same names.
package struct FileRun {
  /// The values for `param` statements.
  package var overrides = Overrides()
  /// The program around the sessions of the runs.
  package var host = SessionHost()
  /// Receives each diagnostic with its place.
  package var report: (Diagnostic) -> Void = { _ in }
  /// Receives each line about the run itself.
  package var message: (String) -> Void = { _ in }
  /// Receives prose and statements as the run reaches them, if given.
  package var list: ((Listing) -> Void)?

  /// The number of runs that this one is nested in.
  package var depth = 0
  /// The folder for all files that are written, if given; for runs inside a replay.
  var writingFolder: String?

  /// The maximum depth of notebooks that run each other.
  static let depthLimit = 16

  private let catalog: Catalog

  /// - Parameter catalog: the catalog of the runs' sessions.
  package init(catalog: Catalog) { self.catalog = catalog }

  /// Runs a notebook or a plain script; relative paths start at the file's folder.
  package func run(_ path: String) throws -> ExitStatus {
    let bytes = try NotebookFile.read(path)
    guard path.hasSuffix(".rsenb") || bytes.starts(with: Array("rsenb".utf8)) else {
      return try runScript(bytes, path)
    }
    let notebook = try Notebook(parsing: bytes, file: path)
    let session = makeSession(for: path)
    if let status = check(notebook, in: session) { return status }
    let cells = NotebookSession(session, report: report)
    var lister = list.map { Lister(notebook, tell: $0) }
    let result = try notebook.run(using: cells) { event in
      cells.follow(event)
      if case .began(let cell, count: _) = event { lister?.come(to: cell.lines) }
    }
    if result.status == .done { lister?.finish() }
    return finish(result)
  }

  /// Runs a notebook and writes its output into it.
  ///
  /// - Parameters:
  ///   - path: the notebook.
  ///   - folder: the start of its relative paths; nil for the notebook's own folder.
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

  /// Runs a notebook and compares its output with the record; files are written to a temporary folder.
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

  /// Replays a notebook and updates the output of cells that differ.
  package func update(_ path: String, options: ReplayOptions) throws -> Update {
    try inScratchFolder(for: path) { cells in
      try Notebook.update(path, using: cells, options: options, writer: Self.writer)
    }
  }

  /// Calls a body with cells that write their files to a temporary folder, and then removes the folder.
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

  /// The writer of notebooks, which writes in only one of several processes.
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
    // A replay compares, and shows no pictures.
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
    let session = makeSession(for: path)
    guard let list else { return session.runToEnd(text, name: path, report: report) }
    return session.runToEnd(text, name: path, listing: list, report: report)
  }

  /// Returns the status of a notebook that cannot run; nil if it can.
  private func check(_ notebook: Notebook, in session: Session) -> ExitStatus? {
    let diagnostics = session.check(notebook)
    Session.firstErrors(of: diagnostics).forEach(report)
    return diagnostics.isEmpty ? nil : .usage
  }

  private func finish(_ report: RunReport) -> ExitStatus {
    // A failure was already reported with its place; other problems were not.
    for run in report.cells where run.verdict == .succeededUnexpectedly {
      message("\(report.file):\(run.cell.firstLine): this cell should fail (`!`) but succeeded")
    }
    if report.status != .done { message(report.summary) }
    return ExitStatus(report.status)
  }
}

/// The exit status of the program.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  /// A command failed.
  case failed = 1
  /// Wrong usage, or a script with errors that were found before it ran.
  case usage = 2
  /// A replay differs from the record.
  case differs = 3
  /// Memory was exhausted; `CMachine` ends the program with this status.
  case exhausted = 71
  case interrupted = 130

  /// The meaning of the status, in a few words.
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

  init(_ ending: CellOutcome.Ending) {
    self =
      switch ending {
      case .completed, .finished: .done
      case .failed: .failed
      case .interrupted: .interrupted
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
  /// Runs a whole script unless errors are certain beforehand; its output is shown, but not kept.
  package func runToEnd(
    _ text: String,
    name: String,
    report: (Diagnostic) -> Void
  ) -> ExitStatus {
    runChecked(text, name: name, report: report) {
      ExitStatus(submit(text, name: name, report: report).ending)
    }
  }

  private func runChecked(
    _ text: String,
    name: String,
    report: (Diagnostic) -> Void,
    run: () -> ExitStatus
  ) -> ExitStatus {
    let diagnostics = check(text, name: name)
    guard diagnostics.isEmpty else {
      Session.firstErrors(of: diagnostics).forEach(report)
      return .usage
    }
    keepsOutput = false
    defer { keepsOutput = true }
    return run()
  }

  /// Runs a whole script in the same way, but shows each line of statements before it runs.
  func runToEnd(
    _ text: String,
    name: String,
    listing list: @escaping (Listing) -> Void,
    report: (Diagnostic) -> Void
  ) -> ExitStatus {
    runChecked(text, name: name, report: report) {
      let text = text.replacing("\r\n", with: "\n")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      var lister = Lister(script: text, tell: list)
      for places in LineGroups.ranges(of: text, rawTailCommands: catalog.commands.rawTailCommands) {
        lister.come(to: places)
        let code = lines[places].joined(separator: "\n")
        let outcome = submit(code, name: name, firstLine: places.lowerBound + 1, report: report)
        guard outcome.ending == .completed else { return ExitStatus(outcome.ending) }
      }
      lister.finish()
      return .done
    }
  }
}
