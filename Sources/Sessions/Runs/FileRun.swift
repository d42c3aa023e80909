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
  /// Shown prose and statements as the run comes to them, if given.
  package var list: ((Listing) -> Void)?

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
    let session = makeSession(for: path)
    guard let list else { return session.runToEnd(text, name: path, report: report) }
    return session.runToEnd(text, name: path, listing: list, report: report)
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
  /// Runs a whole script, unless errors are certain before it runs; its output is shown, but not kept.
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

  /// The same, where each line of statements is shown before it runs.
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
