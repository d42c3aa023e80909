import CommandLanguage
import Foundation
import Notebooks
import Processes
import Sessions
import Workbench

/// Writes a session's events to the standard streams: results to output, progress and errors to error.
final class Printer {
  /// The style of progress.
  enum ProgressStyle: String, CaseIterable {
    /// A bar on a terminal, else lines.
    case auto
    case bar
    case plain
    case none
  }

  private enum Drawing {
    case bar
    case lines
    case nothing
  }

  /// The format of standard output.
  enum OutputFormat {
    /// Lines for human readers.
    case text
    /// JSON objects, one line for each result and each error.
    case json
  }

  private let drawing: Drawing
  private let format: OutputFormat
  private let bar = ProgressBar(hasBlocks: Terminal.isUTF8)
  /// Lines for the next JSON object.
  private var pendingOutput: [String] = []
  /// True if prose or statements of a file were shown.
  private var hasListed = false
  /// The lines of a page while they are collected; nil outside a page.
  private var page: [String]?
  private var barIsShown = false
  private var lastDrawn: ContinuousClock.Instant?

  /// The shortest intervals between two drawings of the bar, and between two lines of progress.
  private static let barInterval = Duration.milliseconds(100)
  private static let lineInterval = Duration.seconds(10)
  /// The shortest useful interval between progress events.
  static let shortestInterval = Duration.milliseconds(50)
  /// The number of columns after the bar, where a terminal shows `^C`.
  private static let roomForControlC = 3

  init(progress: ProgressStyle, format: OutputFormat = .text) {
    self.format = format
    drawing =
      switch progress {
      case .auto: Terminal.errorCanRedraw ? .bar : .lines
      case .bar: .bar
      case .plain: .lines
      case .none: .nothing
      }
  }

  /// True if JSON is requested, even if the rest of the command line is invalid, or belongs to a subcommand
  /// without that option.
  static var isJSONWanted: Bool { CommandLine.arguments.dropFirst().contains("--json") }

  /// The printer for errors of the command line, and for subcommands without progress.
  static var withoutProgress: Printer {
    Printer(progress: .none, format: isJSONWanted ? .json : .text)
  }

  func show(_ event: SessionEvent) {
    switch event {
    case .output, .value, .table:
      for line in event.lines {
        if format == .json {
          pendingOutput.append(line.text)
        } else if page != nil {
          page?.append(OutputText.shown(line))
        } else {
          Terminal.write(OutputText.shown(line) + "\n", to: .standardOutput)
        }
      }
    case .picture: break
    case .progress(let progress): show(progress)
    case .progressEnded: endProgress()
    case .result(let result): show(result)
    }
  }

  /// Shows the output of `body` as a page, through the pager if it is longer than the screen.
  func paging<R>(_ body: () throws -> R) rethrows -> R {
    page = []
    defer {
      let lines = page ?? []
      page = nil
      Pager.show(lines)
    }
    return try body()
  }

  func show(_ diagnostic: Diagnostic) {
    let isBroken = Terminal.errorIsTerminal && !ProcessGroup.current.isLaunched
    let width = isBroken ? Terminal.width : nil
    message(diagnostic.rendered(color: Terminal.errorHasColor, width: width))
    if format == .json { write(diagnostic.record) }
  }

  /// Reports that Ctrl-C ended what was running.
  func showInterruption() { showError("interrupted") }

  /// Reports an error without a place in a text.
  ///
  /// - Parameters:
  ///   - text: the error.
  ///   - remedy: the remedy.
  ///   - prefix: the prefix in text, but not in JSON.
  func showError(_ text: String, remedy: String? = nil, prefix: String = "") {
    message(OutputText.broken(prefix + text + (remedy.map { "; \($0)" } ?? "")))
    guard format == .json else { return }
    var record: Record = ["error": .text(text)]
    if let remedy { record["remedy"] = .text(remedy) }
    write(record)
  }

  func show(_ report: ReplayReport) {
    guard format == .json else {
      Terminal.write(report.text + "\n", to: .standardOutput)
      return
    }
    write([
      "notebook": .text(report.file), "identical": .boolean(report.status == .done),
      "summary": .text(report.summary), "cells": .number(Double(report.cells.count)),
      "differences": .texts(report.diff().split(separator: "\n").map(String.init)),
    ])
  }

  /// Shows what precedes the output of a file's statements.
  func show(_ listing: Listing) {
    endProgress()
    let set = PageLines(width: Terminal.width, colors: Catalog.workbench.codeColors)
    switch listing {
    case .prose(let text):
      if hasListed { show(.output(OutputLine(""))) }
      for row in set.rows(of: NotebookPage(prose: text)) {
        switch row {
        case .line(let line), .picture(_, let line): show(.output(line))
        }
      }
      show(.output(OutputLine("")))
    case .code(let code):
      for line in set.code(code, margin: "> ") { show(.output(line)) }
    }
    hasListed = true
  }

  /// Reports one of several replays.
  func show(_ outcome: ReplayOutcome) {
    guard format == .json else {
      let seconds = String(format: "%.1f s", outcome.seconds)
      let parts = ["\(outcome.file): \(outcome.summary) (\(seconds))", outcome.mode, outcome.diff]
      let shown = outcome.status == .done ? parts.prefix(1) : parts[...]
      let text = shown.filter { !$0.isEmpty }.joined(separator: "\n")
      endProgress()
      Terminal.write(text + "\n", to: .standardOutput)
      return
    }
    write([
      "notebook": .text(outcome.file), "identical": .boolean(outcome.status == .done),
      "summary": .text(outcome.summary), "cells": .number(Double(outcome.cells.count)),
      "differences": .texts(outcome.diff.split(separator: "\n").map(String.init)),
    ])
  }

  /// Reports the numbers of replays by outcome; in JSON the objects already do.
  func showSummary(of outcomes: [ReplayOutcome]) {
    guard format == .text else { return }
    Terminal.write(outcomes.summary + "\n", to: .standardOutput)
  }

  private func show(_ result: StatementResult) {
    guard format == .json else { return }
    write([
      "source": .text(result.source), "line": .number(Double(result.line)),
      "statement": .text(result.statement), "result": result.value,
    ])
  }

  private func write(_ record: Record) {
    var record = record
    record["output"] = .texts(pendingOutput)
    pendingOutput = []
    Terminal.write(Value.record(record).json + "\n", to: .standardOutput)
  }

  /// Writes a message about the program itself to standard error.
  func message(_ line: String) {
    endProgress()
    Terminal.write(line + "\n", to: .standardError)
  }

  private func show(_ progress: WorkProgress) {
    let now = ContinuousClock.now
    let interval = drawing == .bar ? Self.barInterval : Self.lineInterval
    // A command's progress is first drawn after one interval.
    if lastDrawn == nil { lastDrawn = now }
    guard drawing != .nothing, let last = lastDrawn, now - last >= interval else { return }
    lastDrawn = now
    switch drawing {
    case .bar:
      let line = bar.line(progress, width: Terminal.width - Self.roomForControlC)
      Terminal.write("\r\u{1B}[K\(line)", to: .standardError)
      barIsShown = true
    case .lines:
      Terminal.write(
        bar.line(progress, width: Terminal.errorIsTerminal ? Terminal.width : 200) + "\n",
        to: .standardError
      )
    case .nothing: break
    }
  }

  private func endProgress() {
    lastDrawn = nil
    if barIsShown { Terminal.write("\r\u{1B}[K", to: .standardError) }
    barIsShown = false
  }
}

extension Diagnostic {
  /// The error, its place and its remedy.
  fileprivate var record: Record {
    var record: Record = ["error": .text(message)]
    if let remedy { record["remedy"] = .text(remedy) }
    if let source, let range {
      let position = source.position(of: range.lower)
      record["place"] = .record([
        "source": .text(source.name), "line": .number(Double(position.line)),
        "column": .number(Double(position.column)),
        "text": .text(source.text(in: range)),
      ])
    }
    if !notes.isEmpty { record["notes"] = .texts(notes) }
    return record
  }
}
