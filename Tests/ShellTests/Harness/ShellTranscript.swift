import CVTerm
import Glibc
import Testing

/// A program on a terminal, as somebody sits before it: types, and waits for what the screen shows.
///
/// Nothing is timed: limits only bound a hang, and a test goes on as soon as it sees what it waits for.
final class ShellTranscript {
  let place: ShellPlace
  let screen: Screen
  /// All bytes that the program wrote.
  private(set) var received: [UInt8] = []
  /// Called whenever the screen has changed.
  var onChange: (Screen) -> Void = { _ in }
  /// The line in which the last prompt that was waited for stands.
  private(set) var promptLine = -1

  let terminal: PseudoTerminal

  static let prompt = "rse> "
  static let morePrompt = "...> "

  /// Starts `rse`.
  convenience init(
    _ arguments: [String] = [],
    in place: ShellPlace? = nil,
    size: TerminalSize = .usual
  ) throws {
    let place = try place ?? ShellPlace()
    try self.init(place.launch(arguments), in: place, size: size)
  }

  /// Starts any program.
  init(_ launch: Launch, in place: ShellPlace, size: TerminalSize = .usual) throws {
    self.place = place
    screen = Screen(size: size)
    terminal = try PseudoTerminal(launch, size: size)
  }

  // MARK: Input

  /// Types text as it stands; `\r` is the Enter key.
  func type(_ text: String) { terminal.send(Array(text.utf8)) }

  func press(_ key: Key) {
    switch key {
    case .enter: press(VTERM_KEY_ENTER)
    case .tab: press(VTERM_KEY_TAB)
    case .escape: press(VTERM_KEY_ESCAPE)
    case .backspace: press(VTERM_KEY_BACKSPACE)
    case .delete: press(VTERM_KEY_DEL)
    case .up: press(VTERM_KEY_UP)
    case .down: press(VTERM_KEY_DOWN)
    case .left: press(VTERM_KEY_LEFT)
    case .right: press(VTERM_KEY_RIGHT)
    case .home: press(VTERM_KEY_HOME)
    case .end: press(VTERM_KEY_END)
    case .pageUp: press(VTERM_KEY_PAGEUP)
    case .pageDown: press(VTERM_KEY_PAGEDOWN)
    case .control(let letter): terminal.send([(letter.asciiValue ?? 0) & 0x1F])
    case .alt(let character): terminal.send([0x1B] + Array(String(character).utf8))
    }
  }

  /// Pastes text as a terminal does: its line ends are Enter keys, and it is bracketed where the program
  /// asked for that, unless the terminal knows no brackets.
  func paste(_ text: String, bracketed: Bool = true) {
    let keys = Array(text.replacing("\n", with: "\r").utf8)
    guard bracketed else {
      terminal.send(keys)
      return
    }
    let begin = screen.bytes { vterm_keyboard_start_paste(screen.terminal) }
    let end = screen.bytes { vterm_keyboard_end_paste(screen.terminal) }
    terminal.send(begin + keys + end)
  }

  /// Changes the size of the window.
  func resize(to size: TerminalSize) {
    screen.resize(to: size)
    terminal.resize(to: size)
  }

  private func press(_ key: VTermKey) {
    terminal.send(screen.bytes { vterm_keyboard_key(screen.terminal, key, VTERM_MOD_NONE) })
  }

  // MARK: Waiting

  /// Waits until a row of the screen, or of what left it at its top, holds the text; what is typed is shown
  /// as well.
  func waitFor(
    _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try waitUntil("`\(text)` is shown", sourceLocation: sourceLocation) {
      $0.screen.lines.contains { $0.contains(text) }
    }
  }

  /// Waits for a condition; the test ends if it does not come true in time, or the program ends before.
  ///
  /// - Parameter what: what a message calls the condition.
  func waitUntil(
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: (ShellTranscript) throws -> Bool
  ) throws {
    let holds = try comesTrue(condition)
    try #require(holds, "waited until \(what)\n\(picture)", sourceLocation: sourceLocation)
  }

  /// Waits for a condition; tells whether it came true in time and before the program ended.
  ///
  /// - Parameter limit: see `Patience`.
  func comesTrue(
    within limit: Duration? = nil,
    _ condition: (ShellTranscript) throws -> Bool
  ) rethrows -> Bool {
    var patience = Patience(for: terminal.process, atMost: limit)
    var holds = try condition(self)
    while !holds, !terminal.isClosed, !patience.isOver() {
      receive()
      holds = try condition(self)
    }
    return holds
  }

  /// Waits for a prompt below the last one that was waited for, with nothing behind it.
  func waitForPrompt(
    _ prompt: String = prompt,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try waitUntil("a new `\(prompt)`", sourceLocation: sourceLocation) { _ in
      screen.cursorLine > promptLine && screen.cursor.column == prompt.count
        && screen.row(screen.cursor.row) + " " == prompt
    }
    promptLine = screen.cursorLine
  }

  /// Waits until the program has ended; gives how.
  func waitForEnd(
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ChildProcess.Ending {
    try #require(
      ends(),
      "waited for the program's end\n\(picture)",
      sourceLocation: sourceLocation
    )
  }

  /// Waits until the program has ended; gives how, or nil if it goes on.
  func ends() -> ChildProcess.Ending? {
    var patience = Patience(for: terminal.process)
    while terminal.process.ending == nil, !patience.isOver() {
      if terminal.isClosed { usleep(1000) } else { receive() }
    }
    // What it wrote last may still be on its way.
    while !terminal.isClosed, receive() {}
    return terminal.process.ending
  }

  /// Takes what the program wrote, waiting for it a little if need be; tells whether there was anything.
  @discardableResult
  private func receive() -> Bool {
    // Conditions may look at files and processes as well, so that no wait is long.
    let bytes = terminal.receive(within: .milliseconds(20))
    guard !bytes.isEmpty else { return false }
    received += bytes
    let answers = screen.feed(bytes)
    if !answers.isEmpty { terminal.send(answers) }
    onChange(screen)
    return true
  }
}
