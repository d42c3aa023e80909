import CVTerm

/// What a terminal shows after the bytes that it was fed.
final class Screen {
  /// A place on the screen, counted from 0.
  struct Position: Equatable {
    var row: Int
    var column: Int
  }

  private(set) var size: TerminalSize
  /// The lines that left the screen at its top, oldest first.
  private(set) var scrolledOff: [String] = []
  /// Where the next character goes.
  private(set) var cursor = Position(row: 0, column: 0)
  /// How often the bell rang.
  private(set) var bells = 0
  /// What the terminal answers to the question for its kind (`ESC [ c`): the numbers between `?` and `c`.
  /// Sixel pictures are number 4.
  var deviceAttributes = "1;2"
  /// What the terminal answers to an application programming command, such as those of kitty's pictures;
  /// given its text. Nothing by default.
  var answerToCommand: (String) -> String = { _ in "" }

  let terminal: OpaquePointer
  private let screen: OpaquePointer
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
  private var answers: [UInt8] = []
  private var commands = CommandFilter()

  private static let usualDeviceAttributes = Array("\u{1B}[?1;2c".utf8)

  init(size: TerminalSize) {
    self.size = size
    terminal = vterm_new(Int32(size.rows), Int32(size.columns))
    screen = vterm_obtain_screen(terminal)
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: Self.callbackTable)
    vterm_set_utf8(terminal, 1)
    let context = Unmanaged.passUnretained(self).toOpaque()
    vterm_screen_set_callbacks(screen, callbacks, context)
    vterm_output_set_callback(
      terminal,
      { bytes, count, context in
        Screen.of(context)?.takeAnswer(UnsafeBufferPointer(start: bytes, count: count))
      },
      context
    )
    vterm_screen_reset(screen, 1)
  }

  deinit {
    vterm_free(terminal)
    callbacks.deallocate()
  }

  /// Shows bytes; returns what the terminal answers to the questions in them.
  func feed(_ bytes: [UInt8]) -> [UInt8] {
    for part in commands.parts(of: bytes) {
      switch part {
      case .shown(let shown):
        shown.withUnsafeBytes { buffer in
          _ = vterm_input_write(
            terminal,
            buffer.bindMemory(to: CChar.self).baseAddress,
            buffer.count
          )
        }
      case .command(let text): answers += answerToCommand(text).utf8
      }
    }
    defer { answers = [] }
    return answers
  }

  /// The bytes that the keyboard sends while `press` is called.
  func bytes(of press: () -> Void) -> [UInt8] {
    press()
    defer { answers = [] }
    return answers
  }

  /// Changes the size of the window; rows too many at the top leave the screen.
  func resize(to size: TerminalSize) {
    self.size = size
    vterm_set_size(terminal, Int32(size.rows), Int32(size.columns))
  }

  /// The text of all rows, without blanks at their ends.
  var rows: [String] { (0..<size.rows).map(row) }

  /// All lines that were shown, also those that left the screen at its top, without the empty ones at the
  /// end.
  var lines: [String] {
    var lines = scrolledOff + rows
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The number of the cursor's row in `lines`.
  var cursorLine: Int { scrolledOff.count + cursor.row }

  /// The text of a row, without blanks at its end.
  func row(_ number: Int) -> String {
    var text = [CChar](repeating: 0, count: 4 * Int(VTERM_MAX_CHARS_PER_CELL) * size.columns)
    let row = VTermRect(
      start_row: Int32(number),
      end_row: Int32(number + 1),
      start_col: 0,
      end_col: Int32(size.columns)
    )
    let count = vterm_screen_get_text(screen, &text, text.count, row)
    return Self.trimmed(
      String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    )
  }

  /// The cell at a place.
  func cell(_ position: Position) -> Cell {
    Cell(rse_vterm_cell_at(screen, Int32(position.row), Int32(position.column)))
  }

  /// The cells of the first place on the screen that shows the text, all in one row; empty if none does.
  func cells(showing text: String) -> [Cell] {
    for number in 0..<size.rows {
      let cells = (0..<size.columns).map { cell(Position(row: number, column: $0)) }
        .filter { !$0.isContinuation }
      let length = text.count
      guard cells.count >= length else { continue }
      for first in 0...(cells.count - length) {
        let candidate = cells[first..<(first + length)]
        if candidate.map(\.text).joined() == text { return Array(candidate) }
      }
    }
    return []
  }

  // MARK: What libvterm tells

  private static let callbackTable = VTermScreenCallbacks(
    damage: nil,
    moverect: nil,
    movecursor: { position, _, _, context in
      Screen.of(context)?.cursor = Position(row: Int(position.row), column: Int(position.col))
      return 1
    },
    settermprop: nil,
    bell: { context in
      Screen.of(context)?.bells += 1
      return 1
    },
    resize: nil,
    sb_pushline: { count, cells, context in
      Screen.of(context)?.push(UnsafeBufferPointer(start: cells, count: Int(count)))
      return 1
    },
    sb_popline: nil
  )

  private static func of(_ context: UnsafeMutableRawPointer?) -> Screen? {
    context.map { Unmanaged<Screen>.fromOpaque($0).takeUnretainedValue() }
  }

  private func push(_ cells: UnsafeBufferPointer<VTermScreenCell>) {
    var text = ""
    for var cell in cells { text += Cell(rse_vterm_flatten(&cell)).text }
    scrolledOff.append(Self.trimmed(text))
  }

  private func takeAnswer(_ bytes: UnsafeBufferPointer<CChar>) {
    let answer = bytes.map(UInt8.init(bitPattern:))
    answers +=
      answer == Self.usualDeviceAttributes ? Array("\u{1B}[?\(deviceAttributes)c".utf8) : answer
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}
