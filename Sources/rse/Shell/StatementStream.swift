import Foundation
import Glibc
import Notebooks
import Sessions

/// Runs statements from standard input as they arrive, for programs that drive rse line by line.
///
/// A statement runs once its last line has arrived: open brackets, braces and quotes take further lines. If one
/// fails or is ended by Ctrl-C, this is reported and the stream continues.
final class StatementStream {
  private let session: Session
  private let printer: Printer
  private var buffer: [UInt8] = []
  /// The number of input lines before the statement.
  private var linesBefore = 0

  private static let name = "standard input"

  init(session: Session, printer: Printer) {
    self.session = session
    self.printer = printer
  }

  /// Reads until the end of the input or `quit`.
  ///
  /// - Returns: `failed` if any statement failed, `interrupted` if Ctrl-C ended the last one.
  /// - Throws: `UnreadableInput`.
  func run() throws -> ExitStatus {
    var status = ExitStatus.done
    var pending: [String] = []
    func submitPending() -> Bool {
      let text = pending.joined(separator: "\n")
      defer {
        linesBefore += pending.count
        pending = []
      }
      guard !text.allSatisfy(\.isWhitespace) else { return true }
      switch submit(text) {
      case .completed: return true
      case .failed: status = .failed
      case .interrupted: status = .interrupted
      case .finished: return false
      }
      return true
    }
    while let line = try SharedRun.shared(nextLine) {
      if Signals.clear(), !pending.isEmpty {
        // Ctrl-C between the lines of a statement drops it.
        printer.showInterruption()
        linesBefore += pending.count
        pending = []
      }
      pending.append(line)
      if session.completeness(of: pending.joined(separator: "\n")) == .incomplete { continue }
      guard submitPending() else { return status }
    }
    if !pending.isEmpty { _ = submitPending() }
    return status
  }

  private func submit(_ text: String) -> CellOutcome.Ending {
    session.keepsOutput = false
    let outcome = Signals.whileCommandRuns {
      session.submit(text, name: Self.name, firstLine: linesBefore + 1, report: printer.show)
    }
    if outcome.ending == .interrupted { printer.showInterruption() }
    Signals.clear()
    return outcome.ending
  }

  /// Returns the next line without its ending; nil at the end of the input.
  private func nextLine() throws -> String? {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var searched = 0
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<end])
        buffer.removeFirst(end + 1)
        return try text(line)
      }
      searched = buffer.count
      guard searched <= NotebookFile.largest else {
        throw UnreadableInput(
          reason: "a line is longer than the \(NotebookFile.largest >> 20) MiB a script may have"
        )
      }
      let count = Glibc.read(STDIN_FILENO, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw UnreadableInput(reason: String(cString: strerror(errno)))
      }
      if count == 0 {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return try text(buffer)
      }
      buffer += block[..<count]
    }
  }

  private func text(_ line: [UInt8]) throws -> String {
    let line = line.last == UInt8(ascii: "\r") ? Array(line.dropLast()) : line
    guard let text = String(validating: line, as: UTF8.self) else {
      throw UnreadableInput(reason: "line \(linesBefore + 1) is not UTF-8")
    }
    return text
  }
}
