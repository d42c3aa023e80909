import Foundation
import TerminalPictures

extension TerminalAbilities {
  /// The time limits for the terminal's first byte, and for all of its answers, in milliseconds.
  private static let patience = (first: 1000, all: 1200)

  /// Queries the abilities of the terminal on standard input and output.
  ///
  /// No query is sent without a terminal, if `TERM` names one without control sequences, or
  /// in the background. Keys typed meanwhile are returned for the line editor.
  static func ask(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> (abilities: TerminalAbilities, typed: [UInt8]) {
    let unknown = (abilities: TerminalAbilities(), typed: [UInt8]())
    var settings = termios()
    guard !TerminalKind(environment).isPlain, isatty(STDOUT_FILENO) == 1,
      tcgetpgrp(STDIN_FILENO) == getpgrp(), tcgetattr(STDIN_FILENO, &settings) == 0
    else { return unknown }
    var silent = settings
    // Ctrl-C stays a signal; keys come one by one and are not shown.
    silent.c_lflag &= ~tcflag_t(ICANON | ECHO)
    withUnsafeMutableBytes(of: &silent.c_cc) { characters in
      characters[Int(VMIN)] = 0
      characters[Int(VTIME)] = 0
    }
    // Neither change of the settings drops keys typed ahead.
    guard tcsetattr(STDIN_FILENO, TCSANOW, &silent) == 0 else { return unknown }
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &settings) }
    guard hasWritten(TerminalProbe.query) else { return unknown }
    return TerminalProbe.parse(answer())
  }

  private static func hasWritten(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return write(STDOUT_FILENO, bytes, bytes.count) == bytes.count
  }

  /// Returns the input until the last query is answered or the time is over.
  private static func answer() -> [UInt8] {
    let start = ContinuousClock.now
    var bytes: [UInt8] = []
    while !TerminalProbe.parse(bytes).abilities.isComplete {
      let limit = bytes.isEmpty ? patience.first : patience.all
      let left = Duration.milliseconds(limit) - start.duration(to: .now)
      guard left > .zero else { break }
      var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&input, 1, Int32(left / .milliseconds(1)) + 1)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { break }
      var block = [UInt8](repeating: 0, count: 1024)
      let count = read(STDIN_FILENO, &block, block.count)
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    return bytes
  }
}
