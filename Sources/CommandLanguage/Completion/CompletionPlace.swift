/// The kind of thing that is being typed at the end of a text.
enum CompletionPlace: Equatable {
  /// A word of a command that is being typed.
  struct Argument: Equatable {
    /// The name of the command.
    let command: String
    /// The words between the name and this one, as written.
    let before: [String]
    /// The byte offset of the word.
    let start: Int
  }

  /// Nothing that can be completed, such as a number or a new name.
  case unknown
  /// The first word of a statement, or of the value of `let`: a command or an expression.
  case statement(start: Int, isValue: Bool)
  /// A word of a command.
  case argument(Argument)
  /// The text after the name of a raw-tail command.
  case tail(command: String, start: Int)
  /// A word of an expression.
  case expression(start: Int)
}

/// Reads a text up to its end to find what is being typed there.
///
/// The parser cannot do this, because it treats unfinished text as an error. This reader assumes that everything before
/// the end is correct, and only needs to know where words, quotes and statements begin.
struct CompletionReader {
  private var cursor: Cursor
  private let rawTailCommands: Set<String>
  /// True if the next statement is the value of `let`.
  private var isValue = false

  private init(_ bytes: [UInt8], rawTailCommands: Set<String>) {
    cursor = Cursor(bytes)
    self.rawTailCommands = rawTailCommands
  }

  /// Returns what is being typed at the end of the bytes.
  static func place(atEndOf bytes: [UInt8], rawTailCommands: Set<String>) -> CompletionPlace {
    var reader = CompletionReader(bytes, rawTailCommands: rawTailCommands)
    while true {
      if let place = reader.readStatement() { return place }
    }
  }

  // MARK: Statements

  /// Reads a statement, or the part of one up to its block; returns nil if the text continues after it.
  private mutating func readStatement() -> CompletionPlace? {
    while true {
      cursor.skipBlanks()
      switch cursor.byte {
      case nil: return .statement(start: cursor.offset, isValue: isValue)
      case ASCII.newline, ASCII.semicolon, ASCII.openBrace, ASCII.closeBrace:
        isValue = false
        cursor.advance()
      case ASCII.hash:
        cursor.skipToLineEnd()
        if cursor.isAtEnd { return .unknown }
      default: return readFirstWord()
      }
    }
  }

  private mutating func readFirstWord() -> CompletionPlace? {
    let start = cursor.offset
    guard let name = cursor.takeName(hyphens: true) else {
      let sign = cursor.byte.map { String(decoding: [$0], as: UTF8.self) } ?? ""
      guard rawTailCommands.contains(sign) else { return readExpression() }
      cursor.advance()
      return readTail(of: sign)
    }
    if cursor.isAtEnd { return .statement(start: start, isValue: isValue) }
    isValue = false
    if rawTailCommands.contains(name) { return readTail(of: name) }
    if let keyword = Keyword(rawValue: name) { return readRest(of: keyword) }
    guard cursor.byte != ASCII.openParenthesis, ReservedWord(rawValue: name) == nil else {
      return readExpression()
    }
    return readArguments(of: name)
  }

  private mutating func readRest(of keyword: Keyword) -> CompletionPlace? {
    switch keyword {
    case .let, .param:
      guard readNewName(), cursor.take(ASCII.equals) else { return cursor.isAtEnd ? .unknown : nil }
      cursor.skipBlanks()
      isValue = keyword == .let
      return isValue ? nil : readExpression()
    case .for:
      guard readNewName() else { return .unknown }
      cursor.skipBlanks()
      let start = cursor.offset
      guard cursor.takeName() == "in", !cursor.isAtEnd else {
        return cursor.isAtEnd ? .expression(start: start) : nil
      }
      return readExpression()
    case .def:
      guard readNewName() else { return .unknown }
      return readExpression()
    case .if, .assert: return readExpression()
    case .else, .time: return nil
    }
  }

  /// Reads the name that a statement sets; returns false if the text ends in it.
  private mutating func readNewName() -> Bool {
    cursor.skipBlanks()
    _ = cursor.takeName()
    let isComplete = !cursor.isAtEnd
    cursor.skipBlanks()
    return isComplete && !cursor.isAtEnd
  }

  // MARK: Parts of statements

  private mutating func readTail(of command: String) -> CompletionPlace? {
    cursor.skipBlanks()
    let start = cursor.offset
    var depth = 0
    while let byte = cursor.byte {
      if byte == ASCII.newline || byte == ASCII.semicolon || cursor.isAtComment { return nil }
      if byte == ASCII.closeBrace {
        if depth == 0 { return nil }
        depth -= 1
      }
      if byte == ASCII.openBrace { depth += 1 }
      if ASCII.isQuote(byte) { skipQuoted() } else { cursor.advance() }
    }
    return .tail(command: command, start: start)
  }

  private mutating func readArguments(of command: String) -> CompletionPlace? {
    var before: [String] = []
    while true {
      cursor.skipBlanks()
      let start = cursor.offset
      var parenthesis: Int?
      switch cursor.byte {
      case ASCII.newline, ASCII.semicolon, ASCII.openBrace, ASCII.closeBrace: return nil
      case _ where cursor.isAtComment: return nil
      default: parenthesis = skipWord()
      }
      if cursor.isAtEnd {
        if let parenthesis {
          // The content of parentheses is an expression.
          cursor.offset = parenthesis
          return readExpression()
        }
        return .argument(.init(command: command, before: before, start: start))
      }
      if cursor.offset == start { cursor.advance() }
      before.append(cursor.text(from: start))
    }
  }

  /// Skips a word with the quotes, parentheses and brackets in it.
  ///
  /// - Returns: the offset of the outermost unclosed parenthesis, if there is one.
  private mutating func skipWord() -> Int? {
    var depth = 0
    var open: [Int] = []
    while let byte = cursor.byte {
      switch byte {
      case ASCII.doubleQuote, ASCII.singleQuote:
        skipQuoted()
        continue
      case ASCII.dollar where cursor.byte(ahead: 1) == ASCII.openBrace:
        cursor.advance()
        depth += 1
      case ASCII.openParenthesis:
        depth += 1
        open.append(cursor.offset)
      case ASCII.openBracket: depth += 1
      case ASCII.closeParenthesis:
        depth -= 1
        _ = open.popLast()
      case ASCII.closeBracket: depth -= 1
      case ASCII.closeBrace:
        if depth <= 0 { return nil }
        depth -= 1
      case ASCII.newline, ASCII.semicolon, ASCII.openBrace: if depth <= 0 { return nil }
      default: if depth <= 0, cursor.blankLength(at: cursor.offset) > 0 { return nil }
      }
      cursor.advance()
    }
    return open.first
  }

  /// Skips a quoted text; an unclosed one extends to the end.
  private mutating func skipQuoted() {
    guard let quote = cursor.byte else { return }
    cursor.advance()
    while let byte = cursor.byte {
      cursor.advance(by: byte == ASCII.backslash && quote == ASCII.doubleQuote ? 2 : 1)
      if byte == quote { return }
    }
  }

  /// Reads an expression up to the end of its statement or the block after it.
  private mutating func readExpression() -> CompletionPlace? {
    var depth = 0
    while let byte = cursor.byte {
      let start = cursor.offset
      switch byte {
      case ASCII.doubleQuote, ASCII.singleQuote:
        skipQuoted()
        if cursor.isAtEnd { return .expression(start: start) }
        continue
      case ASCII.dollar:
        skipWordOfExpression()
        if cursor.isAtEnd { return .expression(start: start) }
        continue
      case ASCII.openParenthesis: depth += 1
      case ASCII.closeParenthesis: depth -= 1
      case ASCII.semicolon, ASCII.openBrace, ASCII.closeBrace: return nil
      case ASCII.newline where depth <= 0: return nil
      case _ where cursor.isAtComment: return nil
      default:
        if cursor.takeName() != nil || cursor.takeNumber(signed: false) != nil {
          if cursor.isAtEnd { return .expression(start: start) }
          continue
        }
      }
      cursor.advance()
    }
    return .expression(start: cursor.offset)
  }

  /// Skips `$name` with its path.
  private mutating func skipWordOfExpression() {
    cursor.advance()
    if cursor.byte == ASCII.openBrace {
      while let byte = cursor.byte, byte != ASCII.closeBrace, byte != ASCII.newline {
        cursor.advance()
      }
      return
    }
    while cursor.takeName() != nil || cursor.byte == ASCII.point || cursor.byte == ASCII.openBracket
    {
      if cursor.take(ASCII.openBracket) {
        while let byte = cursor.byte, byte != ASCII.closeBracket, byte != ASCII.newline {
          cursor.advance()
        }
        _ = cursor.take(ASCII.closeBracket)
      } else {
        _ = cursor.take(ASCII.point)
      }
    }
  }
}
