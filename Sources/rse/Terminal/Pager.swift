import Foundation
import Glibc

/// Shows text longer than the screen with the program that `PAGER` names.
enum Pager {
  /// The default pager.
  private static let usual = "less -R"

  /// Writes lines to standard output, through the pager if they do not fit on its terminal.
  static func show(_ lines: [String]) {
    let text = lines.map { $0 + "\n" }.joined()
    let rows = lines.reduce(0) { $0 + rowCount($1) }
    guard rows >= Terminal.rows, let command, page(text, command) else {
      Terminal.write(text, to: .standardOutput)
      return
    }
  }

  /// Shows a text, which may end in a newline, in the same way.
  static func show(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    show(lines)
  }

  /// Returns the number of terminal rows that a line takes; escape sequences take none.
  private static func rowCount(_ line: String) -> Int {
    var (columns, isEscape) = (0, false)
    for scalar in line.unicodeScalars {
      if isEscape {
        isEscape = scalar != "m"
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else {
        columns += 1
      }
    }
    return max(1, (columns + Terminal.width - 1) / Terminal.width)
  }

  /// The pager's command; nil if there is no pager, or the terminal cannot move its cursor.
  private static var command: String? {
    guard Terminal.outputCanMove, Terminal.inputIsTerminal else { return nil }
    let environment = ProcessInfo.processInfo.environment
    let wish = environment["PAGER"]?.trimmingCharacters(in: .whitespaces)
    guard let command = wish ?? (isThere("less") ? usual : nil), !command.isEmpty else {
      return nil
    }
    // For an unknown name the shell would print its own error, which helps nobody.
    let first = command.prefix { !$0.isWhitespace }
    let isPlain = first.allSatisfy { $0.isLetter || $0.isNumber || "/._-+".contains($0) }
    return !isPlain || isThere(String(first)) ? command : nil
  }

  private static func isThere(_ name: String) -> Bool {
    if name.contains("/") { return access(name, X_OK) == 0 }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// Shows a text in the pager, and waits for it to end; returns false if it cannot be started.
  private static func page(_ text: String, _ command: String) -> Bool {
    guard let pipe = ChildProgram.pipe() else { return false }
    // The keys belong to the pager: it may end before reading everything, and Ctrl-C is for it.
    let interrupt = signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGPIPE, SIG_DFL)
    }
    var variables = ProcessInfo.processInfo.environment
    // Colours are shown even if `PAGER` does not request them.
    if variables["LESS"] == nil { variables["LESS"] = "R" }
    let start = ChildProgram.start(
      "/bin/sh",
      ["/bin/sh", "-c", command],
      environment: variables,
      input: pipe.reader
    )
    close(pipe.reader)
    if case .success = start { write(text, to: pipe.writer) }
    close(pipe.writer)
    guard case .success(let identifier) = start else { return false }
    // The shell's status for a program that it does not find.
    return ChildProgram.ending(of: identifier).map { $0 >> 8 & 0xFF } != 127
  }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}
