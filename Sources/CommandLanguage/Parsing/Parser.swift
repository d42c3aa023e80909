/// Turns text into a syntax tree.
///
/// The parser reads the bytes itself, because the meaning of a character depends on its context: an argument is a word
/// or a value without whitespace, an expression has operators. After an error it continues at the end of the statement,
/// so that one pass reports all errors of a text.
package struct Parser {
  /// The maximum nesting depth of blocks, parentheses, brackets and signs.
  package static let nestingLimit = 64

  /// The maximum number of operators in a statement.
  package static let operatorLimit = 500

  /// The maximum number of statements, values and references in a text; bounds the memory for its tree.
  package static let pieceLimit = 200_000

  /// The maximum number of errors that are reported for a text.
  package static let errorLimit = 100

  let source: Source
  let rawTailCommands: Set<String>
  var cursor: Cursor
  var nesting = 0
  var operators = 0
  private var pieces = 0
  var openBrackets = 0
  /// The offsets, by kind of quote, from which no closing quote follows on the line.
  private var unclosedQuotes: [UInt8: Range<Int>] = [:]
  /// The offsets from which no closing brace follows on the line.
  var unclosedBraces = 0..<0
  private var isAborted = false
  private var diagnostics: [Diagnostic] = []
  private var incompleteCount = 0
  private var extents: [SourceRange] = []

  init(_ source: Source, rawTailCommands: Set<String>) {
    self.source = source
    self.rawTailCommands = rawTailCommands
    cursor = Cursor(source.bytes)
  }

  /// Parses a text; `rawTailCommands` are the commands that take the text after them unparsed.
  package static func parse(_ source: Source, rawTailCommands: Set<String>) -> ParseResult {
    var parser = Parser(source, rawTailCommands: rawTailCommands)
    let statements = parser.parseStatements(isInBlock: false)
    let diagnostics = parser.diagnostics
    return ParseResult(
      script: Script(source: source, statements: statements),
      diagnostics: diagnostics,
      isIncomplete: !diagnostics.isEmpty && parser.incompleteCount == diagnostics.count,
      isOpen: parser.incompleteCount > 0,
      extents: parser.extents
    )
  }

  /// Parses a text that is a single value, such as an argument from outside a script.
  ///
  /// - Throws: A diagnostic if the text is anything else.
  package static func parseValue(_ source: Source) throws(Diagnostic) -> ValueExpression {
    var parser = Parser(source, rawTailCommands: [])
    do throws(SyntaxFailure) {
      parser.cursor.skipBlanks()
      let value = try parser.parseArgumentValue()
      parser.cursor.skipBlanks()
      guard parser.cursor.isAtEnd else { throw parser.unexpected(expected: nil) }
      return value
    } catch {
      throw Diagnostic(error.error, source: source, range: error.range)
    }
  }

  // MARK: Statements

  /// Parses statements up to the end of the text or, in a block, up to the closing brace.
  mutating func parseStatements(isInBlock: Bool) -> [Statement] {
    var statements: [Statement] = []
    while !isAborted, skipToStatement() {
      let start = cursor.offset
      let outer = (nesting, openBrackets)
      if cursor.byte == ASCII.closeBrace {
        if isInBlock { return statements }
        cursor.advance()
        record(failure(.strayBrace, from: start))
      } else {
        operators = 0
        openBrackets = 0
        do {
          let statement = try parseStatement()
          try expectStatementEnd()
          statements.append(statement)
        } catch {
          (nesting, openBrackets) = outer
          recover(from: error, start: start)
        }
        openBrackets = outer.1
      }
      if outer.0 == 0 { extents.append(SourceRange(start, trimmedEnd(from: start))) }
    }
    return statements
  }

  /// Skips whitespace, line breaks, semicolons and comments; returns false at the end of the text.
  private mutating func skipToStatement() -> Bool {
    while true {
      cursor.skipBlanks()
      switch cursor.byte {
      case nil: return false
      case ASCII.newline, ASCII.semicolon: cursor.advance()
      case ASCII.hash: cursor.skipToLineEnd()
      default: return true
      }
    }
  }

  private func trimmedEnd(from start: Int) -> Int {
    var end = cursor.offset
    while end > start + 1, [ASCII.space, ASCII.newline].contains(cursor.bytes[end - 1]) { end -= 1 }
    return max(end, start)
  }

  /// True if a statement ends here.
  var isAtStatementEnd: Bool {
    switch cursor.byte {
    case nil, ASCII.newline, ASCII.semicolon, ASCII.closeBrace: true
    default: cursor.isAtComment
    }
  }

  private mutating func expectStatementEnd() throws(SyntaxFailure) {
    cursor.skipBlanks()
    if !isAtStatementEnd { throw unexpected(expected: "the end of the statement") }
  }

  // MARK: Failures

  func failure(_ error: LanguageError, from start: Int) -> SyntaxFailure {
    let end = max(cursor.offset, start)
    return SyntaxFailure(error: error, range: SourceRange(start, end), resume: end)
  }

  /// Returns the failure at something that cannot appear at the cursor.
  func unexpected(expected: String?) -> SyntaxFailure {
    let start = cursor.offset
    if cursor.byte == ASCII.backslash, isAtLastCharacter {
      return SyntaxFailure(
        error: .danglingBackslash,
        range: SourceRange(start, start + 1),
        resume: cursor.bytes.count,
        consequence: .incomplete
      )
    }
    if isAtStatementEnd, cursor.byte != ASCII.closeBrace {
      let error = LanguageError.unexpectedEnd(expected: expected ?? "a value")
      return SyntaxFailure(error: error, range: SourceRange(start, start), resume: start)
    }
    let length = cursor.scalar(at: start)?.length ?? 1
    let range = SourceRange(start, start + length)
    let error = LanguageError.unexpected(found: source.text(in: range), expected: expected)
    return SyntaxFailure(error: error, range: range, resume: start)
  }

  mutating func record(_ failure: SyntaxFailure) {
    if isAborted { return }
    let isTooMany = diagnostics.count == Self.errorLimit
    diagnostics.append(
      isTooMany
        ? Diagnostic(.tooManyErrors(limit: Self.errorLimit), source: nil, range: nil)
        : Diagnostic(failure.error, source: source, range: failure.range)
    )
    if failure.consequence == .incomplete { incompleteCount += 1 }
    if failure.consequence == .abort || isTooMany {
      isAborted = true
      cursor.offset = cursor.bytes.count
    }
  }

  /// Counts a piece of the tree; throws a failure if there are too many.
  mutating func countPiece() throws(SyntaxFailure) {
    pieces += 1
    guard pieces > Self.pieceLimit else { return }
    var failure = failure(.scriptTooLong(limit: Self.pieceLimit), from: cursor.offset)
    failure.consequence = .abort
    throw failure
  }

  /// Records a failure, and continues at the end of its statement.
  ///
  /// Blocks on the way are parsed, so that their errors are found as well.
  private mutating func recover(from failure: SyntaxFailure, start: Int) {
    record(failure)
    if isAborted { return }
    let outer = (nesting, openBrackets)
    cursor.offset = max(failure.resume, start)
    while let byte = cursor.byte {
      if isAtStatementEnd {
        cursor.skipToLineEndIfComment()
        return
      }
      if byte == ASCII.openBrace {
        do {
          _ = try parseBlock()
        } catch {
          (nesting, openBrackets) = outer
          record(error)
          if isAborted { return }
          cursor.offset = max(cursor.offset, error.resume)
        }
      } else if ASCII.isQuote(byte), let end = closingQuoteOnLine() {
        cursor.offset = end
      } else {
        cursor.advance(by: max(1, cursor.continuationLength))
      }
    }
  }

  /// Returns the offset after the quote that closes the one at the cursor on the same line; nil if there is none.
  mutating func closingQuoteOnLine() -> Int? {
    guard let quote = cursor.byte else { return nil }
    // An earlier search reached the end of the line, so a search from further along finds nothing either.
    if let range = unclosedQuotes[quote], range.contains(cursor.offset) { return nil }
    var offset = cursor.offset + 1
    while offset < cursor.bytes.count, cursor.bytes[offset] != ASCII.newline {
      let byte = cursor.bytes[offset]
      if byte == quote { return offset + 1 }
      let isEscape = byte == ASCII.backslash && quote == ASCII.doubleQuote
      offset += isEscape ? 2 : 1
    }
    unclosedQuotes[quote] = cursor.offset..<offset
    return nil
  }

  // MARK: Nesting

  /// Runs a part of the parser one level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(SyntaxFailure) -> Result
  ) throws(SyntaxFailure) -> Result {
    guard nesting < Self.nestingLimit else {
      let start = cursor.offset
      var failure = failure(.nestingTooDeep(limit: Self.nestingLimit), from: start)
      failure.consequence = .abort
      throw failure
    }
    nesting += 1
    let result = try body(&self)
    nesting -= 1
    return result
  }
}

extension Cursor {
  fileprivate mutating func skipToLineEndIfComment() {
    if isAtComment { skipToLineEnd() }
  }
}
