import Foundation
import Synchronization

/// The properties of the standard streams.
enum Terminal {
  static let inputIsTerminal = isatty(STDIN_FILENO) == 1
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  private static let isDumb =
    ProcessInfo.processInfo.environment["TERM"].map { $0 == "dumb" } ?? true

  /// True if messages on standard error are coloured: a capable terminal, and `NO_COLOR` not set.
  static let errorHasColor = errorIsTerminal && allowsColor

  /// True if results on standard output may be coloured, by the same conditions.
  static let outputHasColor = outputIsTerminal && allowsColor

  private static let allowsColor =
    !isDumb && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

  /// True if a line on standard error can be overwritten.
  static let errorCanRedraw = errorIsTerminal && !isDumb

  /// True if standard output is a terminal on which programs can show pages.
  static let outputCanMove = outputIsTerminal && !isDumb

  /// True if characters beyond ASCII can be shown, according to the locale.
  static let isUTF8: Bool = {
    setlocale(LC_CTYPE, "")
    return String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
  }()

  /// The columns of the terminal, 80 without one.
  static var width: Int { size.columns }

  /// The rows of the terminal, 24 without one.
  static var rows: Int { size.rows }

  private static var size: (columns: Int, rows: Int) {
    var size = winsize()
    for stream in [STDOUT_FILENO, STDERR_FILENO]
    where ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0 {
      return (Int(size.ws_col), Int(size.ws_row))
    }
    return (80, 24)
  }

  /// True if some output could not be written, as on a full disk (a closed pipe ends the program).
  static let hasLostOutput = Atomic<Bool>(false)

  /// True if another process prints for this one.
  static let isSilent = Atomic<Bool>(false)
  /// The last message that a silent process would have written to standard error.
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
