import Foundation
import Synchronization

/// What the standard streams are connected to.
enum Terminal {
  static let inputIsTerminal = isatty(STDIN_FILENO) == 1
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  private static let isDumb =
    ProcessInfo.processInfo.environment["TERM"].map { $0 == "dumb" } ?? true

  /// Whether messages on standard error are coloured: a capable terminal, and `NO_COLOR` not set.
  static let errorHasColor = errorIsTerminal && allowsColor

  /// Whether results on standard output may be coloured, likewise.
  static let outputHasColor = outputIsTerminal && allowsColor

  private static let allowsColor =
    !isDumb && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

  /// Whether a line on standard error can be written over.
  static let errorCanRedraw = errorIsTerminal && !isDumb

  /// Whether standard output is a terminal on which programs can show pages.
  static let outputCanMove = outputIsTerminal && !isDumb

  /// Whether characters beyond ASCII can be shown, as the locale says.
  static let isUTF8: Bool = {
    setlocale(LC_CTYPE, "")
    return String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
  }()

  /// Columns of the terminal, 80 if there is none.
  static var width: Int { size.columns }

  /// Rows of the terminal, 24 if there is none.
  static var rows: Int { size.rows }

  private static var size: (columns: Int, rows: Int) {
    var size = winsize()
    for stream in [STDOUT_FILENO, STDERR_FILENO]
    where ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0 {
      return (Int(size.ws_col), Int(size.ws_row))
    }
    return (80, 24)
  }

  /// Whether something could not be written, as on a full disk (a closed pipe ends the program).
  static let hasLostOutput = Atomic<Bool>(false)

  /// Whether another process speaks for this one.
  static let isSilent = Atomic<Bool>(false)
  /// What a silent process would have said last on standard error.
  static let unsaid = Mutex("")

  static func write(_ text: String, to handle: FileHandle) {
    guard !isSilent.load(ordering: .relaxed) else {
      if handle === FileHandle.standardError { unsaid.withLock { $0 = text } }
      return
    }
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      hasLostOutput.store(true, ordering: .relaxed)
    }
  }
}
