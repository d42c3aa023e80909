extension Parser {
  /// True if a `$` followed by a name or a brace is at the cursor.
  var startsReference: Bool {
    guard cursor.byte == ASCII.dollar else { return false }
    return cursor.byte(ahead: 1) == ASCII.openBrace
      || cursor.isNamePart(at: cursor.offset + 1, inside: false)
  }

  /// Parses `$name` or `${name.path[…]}`, and `$name.path[…]` where a path may follow.
  mutating func parseReference(
    withPath: Bool = true
  ) throws(SyntaxFailure) -> VariableReference {
    let start = cursor.offset
    try countPiece()
    cursor.advance()
    if cursor.byte == ASCII.openBrace { return try parseBracedReference(from: start) }
    guard let name = takeIdentifier() else { throw failure(.strayDollar, from: start) }
    let path = withPath ? try parsePath() : []
    let range = SourceRange(start, cursor.offset)
    return VariableReference(name: name, path: path, layout: nil, range: range)
  }

  private mutating func takeIdentifier() -> Identifier? {
    let start = cursor.offset
    guard let text = cursor.takeName() else { return nil }
    return Identifier(text: text, range: SourceRange(start, cursor.offset))
  }

  private mutating func parseBracedReference(
    from start: Int
  ) throws(SyntaxFailure) -> VariableReference {
    do throws(SyntaxFailure) {
      cursor.advance()
      cursor.skipBlanks()
      guard let name = takeIdentifier() else { throw unexpected(expected: "a variable's name") }
      let path = try parsePath()
      cursor.skipBlanks()
      let layout = try parseLayout()
      cursor.skipBlanks()
      guard cursor.take(ASCII.closeBrace) else {
        if isAtStatementEnd { throw failure(.unclosed("${"), from: start) }
        throw unexpected(expected: "`}`")
      }
      let range = SourceRange(start, cursor.offset)
      return VariableReference(name: name, path: path, layout: layout, range: range)
    } catch {
      var failure = error
      if failure.consequence == .recover { failure.resume = endOfBraces(from: failure.resume) }
      throw failure
    }
  }

  /// Parses `:8`, `:-8`, `:.3` or `:8.3`; returns nil if there is no colon.
  private mutating func parseLayout() throws(SyntaxFailure) -> ValueLayout? {
    let start = cursor.offset
    guard cursor.take(ASCII.colon) else { return nil }
    let isLeft = cursor.take(ASCII.minus)
    let width = takeDigits()
    let digits = cursor.take(ASCII.point) ? takeDigits() ?? -1 : nil
    guard width != nil || digits != nil, let layout = ValueLayout(width ?? 0, isLeft, digits) else {
      while let byte = cursor.byte, byte != ASCII.closeBrace, !isAtStatementEnd { cursor.advance() }
      throw failure(.malformedLayout(cursor.text(from: start)), from: start)
    }
    return layout
  }

  /// Reads a number of at most four digits.
  private mutating func takeDigits() -> Int? {
    let start = cursor.offset
    while let byte = cursor.byte, ASCII.isDigit(byte), cursor.offset - start < 4 {
      cursor.advance()
    }
    return Int(cursor.text(from: start))
  }

  /// Returns the offset after the next closing brace on the line, or the given offset if there is none.
  private mutating func endOfBraces(from offset: Int) -> Int {
    if unclosedBraces.contains(offset) { return offset }
    var end = offset
    while end < cursor.bytes.count, cursor.bytes[end] != ASCII.newline {
      end += 1
      if cursor.bytes[end - 1] == ASCII.closeBrace { return end }
    }
    unclosedBraces = offset..<end
    return offset
  }

  private mutating func parsePath() throws(SyntaxFailure) -> [VariableReference.Step] {
    var path: [VariableReference.Step] = []
    while true {
      try countPiece()
      if cursor.byte == ASCII.point, cursor.isNamePart(at: cursor.offset + 1, inside: false) {
        cursor.advance()
        if let name = takeIdentifier() { path.append(.field(name)) }
      } else if cursor.byte == ASCII.openBracket {
        let index = try bracketed(closing: ASCII.closeBracket) { (parser) throws(SyntaxFailure) in
          try parser.parseIndex()
        }
        path.append(.index(index))
      } else {
        return path
      }
    }
  }

  /// Parses an index: a label written as a bare word, or a sequence.
  private mutating func parseIndex() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    if let name = cursor.takeName(hyphens: true), ReservedWord(rawValue: name) == nil {
      let range = SourceRange(start, cursor.offset)
      skipExpressionBlanks()
      if cursor.byte == ASCII.closeBracket {
        let label = Template(parts: [.text(name)], range: range)
        return ValueExpression(kind: .word(label), range: range)
      }
    }
    cursor.offset = start
    return try parseSequence()
  }
}
