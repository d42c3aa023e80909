import CommandLanguage
import Foundation
import Notebooks
import Plotting
import Sessions

/// Turns a session's output into messages for the clients of a kernel.
///
/// Lines are gathered for a moment, since clients limit the rate of messages. Times, speeds and paths, which
/// differ from run to run, carry `"rse": {"volatile": true}` as metadata.
final class KernelOutput {
  /// Publishes a message, given its kind, content and metadata.
  typealias Publish = (_ kind: String, _ content: Record, _ metadata: Record) -> Void

  /// Publishes for the request being answered.
  private let publish: Publish
  private let progressLine: (WorkProgress) -> String
  /// True if the request wants no output.
  var isSilent = false
  /// The number of the request in the notebook.
  var count = 0

  private var pending: [OutputLine] = []
  private var pendingSince: ContinuousClock.Instant?
  /// The value of an expression, until it is known whether it is the last output.
  private var value: OutputLine?
  /// The identifier of the display that shows progress, once there is one.
  private var display: String?
  private var progressBegan, progressShown: ContinuousClock.Instant?

  /// The time for which lines wait to be gathered.
  private static let gathering = Duration.milliseconds(50)
  /// The largest number of waiting lines.
  private static let mostPending = 500
  /// The duration below which work shows no progress.
  private static let patience = Duration.milliseconds(400)
  private static let progressInterval = Duration.milliseconds(200)

  init(publish: @escaping Publish, progressLine: @escaping (WorkProgress) -> String) {
    self.publish = publish
    self.progressLine = progressLine
  }

  /// Begins the output of a request.
  func begin(count: Int, isSilent: Bool) {
    self.count = count
    self.isSilent = isSilent
    display = nil
  }

  /// Publishes the gathered lines; a final value becomes the result.
  func end() {
    clearProgress()
    let last = value
    value = nil
    flush()
    guard let last else { return }
    let content: Record = [
      "execution_count": .number(Double(count)), "data": .record(["text/plain": .text(last.text)]),
      "metadata": .record([:]),
    ]
    send("execute_result", content)
  }

  func show(_ event: SessionEvent) {
    switch event {
    case .output, .value, .table, .picture: flushValue()
    case .progress, .progressEnded, .result: break
    }
    switch event {
    case .output(let line): add(line)
    case .value(let line): value = line
    case .table(let table, let lines):
      flush()
      display(
        ["text/plain": .text(Self.text(lines)), "text/html": .text(HTMLTable(table).text)],
        isVolatile: lines.contains(where: \.isVolatile)
      )
    case .picture(let picture): show(picture.bytes, as: picture.format, called: picture.file)
    case .progress(let progress): show(progress)
    case .progressEnded: clearProgress()
    case .result: break
    }
    if let pendingSince, .now - pendingSince > Self.gathering { flush() }
  }

  /// Shows a figure that is not in a file.
  func show(_ figure: Figure, theme: Theme?) throws {
    flushValue()
    let bytes = try figure.drawList(theme: theme ?? .light).file(as: .png)
    show(bytes, as: .png, called: nil)
  }

  /// Shows a picture, unless clients cannot show its format. SVG is sent as text, other formats in base 64.
  private func show(_ bytes: [UInt8], as format: PictureFormat, called file: String?) {
    let data =
      switch format {
      case .png, .gif: Data(bytes).base64EncodedString()
      case .svg: String(decoding: bytes, as: UTF8.self)
      case .pdf: ""
      }
    guard !data.isEmpty else { return }
    flush()
    display([format.mediaType: .text(data), "text/plain": .text(file ?? "picture")])
  }

  /// Shows an error with the fields of an `error` message.
  func fail(name: String, message: String, traceback: [String]) {
    flushValue()
    flush()
    let content: Record = [
      "ename": .text(name), "evalue": .text(message), "traceback": .texts(traceback),
    ]
    send("error", content)
  }

  // MARK: Lines

  private func add(_ line: OutputLine) {
    if let last = pending.last, last.isVolatile != line.isVolatile { flush() }
    if pending.isEmpty { pendingSince = .now }
    pending.append(line)
    if pending.count >= Self.mostPending { flush() }
  }

  private func flushValue() {
    guard let line = value else { return }
    value = nil
    add(line)
  }

  private func flush() {
    guard let first = pending.first else { return }
    let lines = pending
    pending = []
    pendingSince = nil
    if first.isVolatile {
      display(["text/plain": .text(Self.text(lines))], isVolatile: true)
    } else {
      let text = lines.map { $0.text + "\n" }.joined()
      send("stream", ["name": .text("stdout"), "text": .text(text)])
    }
  }

  private static func text(_ lines: [OutputLine]) -> String {
    lines.map(\.text).joined(separator: "\n")
  }

  private func display(_ data: Record, isVolatile: Bool = false) {
    let metadata: Record =
      isVolatile
      ? [
        JupyterNotebook.mark: .record([JupyterNotebook.volatileMark: .boolean(true)])
      ] : [:]
    send(
      "display_data",
      ["data": .record(data), "metadata": .record(metadata), "transient": .record([:])]
    )
  }

  private func send(_ kind: String, _ content: Record) {
    if !isSilent { publish(kind, content, [:]) }
  }

  // MARK: Progress

  /// Updates a request's only progress line.
  private func show(_ progress: WorkProgress) {
    let now = ContinuousClock.now
    let began = progressBegan ?? now
    progressBegan = began
    guard now - began >= Self.patience,
      progressShown.map({ now - $0 >= Self.progressInterval }) ?? true
    else { return }
    progressShown = now
    showProgress(progressLine(progress))
  }

  private func clearProgress() {
    progressBegan = nil
    guard progressShown != nil else { return }
    progressShown = nil
    showProgress("")
  }

  private func showProgress(_ line: String) {
    let kind = display == nil ? "display_data" : "update_display_data"
    let name = display ?? UUID().uuidString
    display = name
    send(
      kind,
      [
        "data": .record(["text/plain": .text(line)]),
        "metadata": .record([JupyterNotebook.mark: .record(["progress": .boolean(true)])]),
        "transient": .record(["display_id": .text(name)]),
      ]
    )
  }
}

/// An HTML table with its numbers aligned right.
struct HTMLTable {
  private let table: TextTable

  init(_ table: TextTable) { self.table = table }

  var text: String {
    let heading = table.rows.first.map { row($0, "th") } ?? ""
    let body = table.rows.dropFirst().map { row($0, "td") }.joined()
    return "<table><thead>\(heading)</thead><tbody>\(body)</tbody></table>"
  }

  private func row(_ cells: [String], _ tag: String) -> String {
    let texts = cells.enumerated().map { column, cell in
      let side = table.numbers.contains(column) ? "right" : "left"
      return "<\(tag) style=\"text-align:\(side)\">\(HTMLText.escaped(cell))</\(tag)>"
    }
    return "<tr>\(texts.joined())</tr>"
  }
}
