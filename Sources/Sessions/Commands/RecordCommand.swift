import CommandLanguage
import Foundation
import Notebooks

/// `record start mine.rsenb`, `record stop`, `record notebook.rsenb`
package struct RecordCommand: Command {
  private static let action = CommandArgument.required(
    "action",
    .name(of: "recording"),
    "start, stop, or the notebook whose output is written"
  )
  private static let file = CommandArgument(
    "file",
    .fileToWrite(extensions: ["rsenb"]),
    "the new notebook, after start"
  )

  package static let declaration = CommandDeclaration(
    name: "record",
    summary: "Write a notebook: of what is typed, or the output of one that exists",
    discussion: """
      `record start FILE` makes a notebook of the statements typed from now on, with their output; the \
      file is complete after every statement. `record stop` ends it. `record FILE` runs a notebook in a \
      fresh session and writes its output into it, as `rse record FILE` does.
      """,
    signature: Signature(positionals: [action, file]),
    examples: [
      .init(
        "record start mine.rsenb\ndata badd\nrecord stop\nrecord mine.rsenb",
        "record a session, then its output again"
      )
    ],
    category: Category.files
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    let action = arguments[Self.action]
    if action == "start", !arguments.has(Self.file) {
      throw arguments.error(
        on: Self.action,
        "the notebook's name is missing",
        remedy: "write `record start mine.rsenb`"
      )
    }
    if action != "start", arguments.has(Self.file) {
      throw arguments.error(
        on: Self.file,
        "`record \(action)` takes no further file",
        remedy: "see `help record`"
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    let action = arguments[Self.action]
    switch action {
    case "start": if let file = arguments[Self.file] { try start(file, in: session) }
    case "stop":
      guard let recorder = session.recorder else {
        throw arguments.error("nothing is being recorded", remedy: "`record start FILE` begins")
      }
      session.recorder = nil
      session.emit("recorded \(recorder.path)", .volatile)
    default: try record(action, in: session)
    }
    return .nothing
  }

  private func start(_ file: String, in session: Session) throws {
    guard session.isTyped else {
      throw arguments.error(
        "`record start` writes down what is typed, so it works in the shell only",
        remedy: "`rse record FILE` writes the output of a notebook into it"
      )
    }
    if let recorder = session.recorder {
      throw arguments.error(
        "\(recorder.path) is being recorded already",
        remedy: "`record stop` ends it"
      )
    }
    session.warnOfFolder(of: file)
    if session.currentModel != nil || session.data != nil
      || !session.evaluator.variables.names.isEmpty
    {
      session.emit(
        "statements before this one are not recorded; `history save FILE` writes all of them",
        .volatile
      )
    }
    let recorder = try NotebookRecorder(
      path: session.writingPath(file),
      environment: ProgramEnvironment.line,
      facts: session.facts
    )
    if session.seed != Session.initialSeed {
      try recorder.append(statement: "seed \(session.seed)", outcome: CellOutcome())
    }
    session.recorder = recorder
  }

  private func record(_ file: String, in session: Session) throws {
    guard file.hasSuffix(".rsenb") else {
      throw arguments.error(
        on: Self.action,
        "`\(file)` is neither start, stop nor a notebook",
        remedy: "a notebook's name ends in .rsenb"
      )
    }
    let source = session.readingPath(file)
    let target = try session.writingPath(file)
    if target != source {
      // Inside a replay the user's notebook stays unchanged.
      try session.write([UInt8](session.read(file)), to: file)
    }
    var messages: [String] = []
    var run = try session.nestedRun()
    run.report = { messages.append($0.rendered()) }
    run.message = { messages.append($0) }
    let folder = URL(fileURLWithPath: source).deletingLastPathComponent().path
    let status = try run.record(target, folder: folder)
    if status == .interrupted { throw Interrupted() }
    guard status == .done else {
      throw arguments.error(on: Self.action, messages.joined(separator: "\n"))
    }
    session.emit("recorded \(file)", .volatile)
  }
}

extension Session {
  /// Warns that relative paths in a notebook of another folder refer to other files.
  func warnOfFolder(of file: String) {
    guard
      URL(fileURLWithPath: absolutePath(file)).deletingLastPathComponent().standardizedFileURL
        != URL(fileURLWithPath: folder).standardizedFileURL
    else { return }
    emit(
      "relative paths in a notebook start at its own folder, which is not the present one",
      .volatile
    )
  }

  /// Returns a run of another file, in a separate session that shows nothing but progress.
  func nestedRun() throws(Diagnostic) -> FileRun {
    guard depth < FileRun.depthLimit else {
      throw Diagnostic(
        "notebooks run each other more than \(FileRun.depthLimit) levels deep",
        remedy: "a notebook that records or replays itself never ends"
      )
    }
    var run = FileRun(catalog: catalog)
    run.depth = depth + 1
    run.writingFolder = writingFolder
    run.host = SessionHost(isInterrupted: host.isInterrupted) { [host] event in
      if event.isOutput { return }
      host.observer(event)
    }
    return run
  }
}
