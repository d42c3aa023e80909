import CReadline
import CommandLanguage
import Foundation
import Glibc
import Synchronization

/// Reads lines from a terminal with GNU readline: editing keys, history, C-r search.
///
/// It waits for keys itself (through readline's callback interface), so that Ctrl-C clears the line at once.
/// Only one may exist at a time, on the main thread, since readline's state is global.
final class LineEditor {
  enum Input: Equatable {
    case line(String)
    /// Ctrl-C: the line was dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal was closed.
    case endOfInput
  }

  /// Keys that were read elsewhere and precede those of the terminal.
  var typedAhead: [UInt8] = []

  /// The terminal, opened a second time so that a read never blocks. Ctrl-C discards unread keys, so a key
  /// may be gone between its announcement and the read.
  private let keys = open("/dev/stdin", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

  /// - Parameter complete: returns the completions at the end of a text: the lines of the statement so
  ///   far and this one up to the cursor.
  init(complete: @escaping (String) -> Completion) {
    LineCompletion.shared.complete = complete
    rse_readline_begin(
      { _, start, _ in LineCompletion.shared.matches(from: Int(start)) },
      { _, _, _ in LineCompletion.shared.list() }
    )
  }

  deinit {
    if keys >= 0 { close(keys) }
  }

  /// Shows the prompt and reads one line; pasted text may yield several.
  ///
  /// - Parameter before: the lines of the statement so far.
  func read(prompt: String, before: [String] = []) -> Input {
    Pending.shared.result = nil
    LineCompletion.shared.before = before.map { $0 + "\n" }.joined()
    // Signals are caught before the prompt shows that keys are read.
    let stops = StopSignals()
    defer { stops.end() }
    rl_callback_handler_install(prompt) { line in Pending.shared.finish(line) }
    while true {
      if let result = Pending.shared.result { return result }
      if !typedAhead.isEmpty {
        rl_stuff_char(Int32(typedAhead.removeFirst()))
        rl_callback_read_char()
        continue
      }
      var inputs = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&inputs, nfds_t(inputs.count), -1)
      let fault = ready < 0 ? errno : 0
      if Signals.clear() {
        rse_readline_drop_line()
        return .interrupted
      }
      stops.obey()
      if ready < 0 {
        guard fault == EINTR || fault == EAGAIN else {
          rl_callback_handler_remove()
          return .endOfInput
        }
        continue
      }
      guard inputs[0].revents == 0 || readKey() else {
        // A closed terminal wakes its readers before it sends the signal that ends the program.
        Signals.wait(milliseconds: 500)
        stops.obey()
        rl_callback_handler_remove()
        return .endOfInput
      }
    }
  }

  /// Has readline handle the next key, if it is still there.
  ///
  /// - Returns: false if the terminal was closed.
  private func readKey() -> Bool {
    guard keys >= 0 else {
      rl_callback_read_char()
      return true
    }
    var key: UInt8 = 0
    switch Glibc.read(keys, &key, 1) {
    case 1:
      rl_stuff_char(Int32(key))
      rl_callback_read_char()
      return true
    case 0: return false
    default: return errno == EAGAIN || errno == EINTR
    }
  }

  /// Adds an entry for the arrow keys and C-r.
  func remember(_ entry: String) {
    guard !entry.allSatisfy(\.isWhitespace) else { return }
    add_history(entry)
  }
}

/// The result of readline's line handler, a C function without context.
private final class Pending {
  /// Used only on the main thread, by the one editor.
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

/// Restores the terminal, while a line is edited, before a signal stops or ends the program.
private struct StopSignals {
  private static let signals = [SIGTSTP, SIGTERM, SIGHUP, SIGWINCH]
  /// A bit for each signal received.
  private static let received = Atomic<UInt64>(0)

  init() {
    Self.received.store(0, ordering: .relaxed)
    catchSignals()
  }

  func end() {
    for number in Self.signals + [SIGQUIT] { signal(number, SIG_DFL) }
    Signals.catchEndings()
  }

  /// Handles the received signals; returns when the program continues.
  func obey() {
    let bits = Self.received.exchange(0, ordering: .relaxed)
    for number in Self.signals where bits & (1 << UInt64(number)) != 0 { obey(number) }
  }

  private func obey(_ number: Int32) {
    if number == SIGWINCH {
      rse_readline_resize()
      return
    }
    rse_readline_release_terminal()
    signal(number, SIG_DFL)
    raise(number)
    catchSignals()
    rse_readline_take_terminal()
  }

  private func catchSignals() {
    signal(SIGQUIT, SIG_IGN)
    for number in Self.signals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = {
        StopSignals.received.bitwiseOr(1 << UInt64($0), ordering: .relaxed)
        // The signal may arrive before the wait for keys begins.
        Signals.wake()
      }
      sigaction(number, &action, nil)
    }
  }
}
