import CReadline
import Foundation
import Glibc

/// Reads lines from a terminal with GNU readline: editing keys, history, C-r search.
///
/// It waits for keys itself (readline's callback interface), so that Ctrl-C clears the line at once. One
/// exists at a time, on the main thread, as readline's state is global.
final class LineEditor {
  enum Input: Equatable {
    case line(String)
    /// Ctrl-C: the line was dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfInput
  }

  init() {
    rse_readline_begin()
  }

  /// Shows the prompt and reads one line.
  func read(prompt: String) -> Input {
    Pending.shared.result = nil
    rl_callback_handler_install(prompt) { line in Pending.shared.finish(line) }
    while true {
      if let result = Pending.shared.result { return result }
      var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&input, 1, -1)
      if Signals.clear() {
        dropLine()
        return .interrupted
      }
      if ready < 0, errno != EINTR {
        rl_callback_handler_remove()
        return .endOfInput
      }
      if ready > 0 { rl_callback_read_char() }
    }
  }

  private func dropLine() {
    rl_callback_sigcleanup()
    rl_free_line_state()
    rl_replace_line("", 0)
    rl_callback_handler_remove()
    print("^C")
  }

  /// Adds an entry that the arrow keys and C-r find.
  func remember(_ entry: String) {
    guard !entry.allSatisfy(\.isWhitespace) else { return }
    add_history(entry)
  }
}

/// What readline's line handler, a C function without context, has to say.
private final class Pending {
  /// Used on the main thread only, by the one editor.
  nonisolated(unsafe) static let shared = Pending()

  var result: LineEditor.Input?

  func finish(_ line: UnsafeMutablePointer<CChar>?) {
    rl_callback_handler_remove()
    guard let line else {
      result = .endOfInput
      return
    }
    result = .line(String(cString: line))
    free(line)
  }
}
