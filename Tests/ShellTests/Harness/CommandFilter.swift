/// Parts the bytes for a terminal into those that it shows and application programming commands
/// (`ESC _ … ESC \`), which libvterm would show as text.
struct CommandFilter {
  enum Part: Equatable {
    case shown([UInt8])
    case command(String)
  }

  private enum State {
    case shown, escape, command, escapeInCommand
  }

  private static let escape: UInt8 = 0x1B

  private var state = State.shown
  private var command: [UInt8] = []

  /// The parts of the bytes, in their order; a command that goes on in the next bytes comes with those.
  mutating func parts(of bytes: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var shown: [UInt8] = []
    func endShown() {
      if !shown.isEmpty { parts.append(.shown(shown)) }
      shown = []
    }
    for byte in bytes {
      switch (state, byte) {
      case (.shown, Self.escape): state = .escape
      case (.shown, _): shown.append(byte)
      case (.escape, UInt8(ascii: "_")):
        endShown()
        state = .command
      case (.escape, _):
        shown += [Self.escape, byte]
        state = byte == Self.escape ? .escape : .shown
        if state == .escape { shown.removeLast() }
      case (.command, Self.escape): state = .escapeInCommand
      case (.command, _): command.append(byte)
      case (.escapeInCommand, _):
        parts.append(.command(String(decoding: command, as: UTF8.self)))
        command = []
        state = .shown
      }
    }
    endShown()
    return parts
  }
}
