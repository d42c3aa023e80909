/// Collects the parts of a template; adjacent texts become one.
private struct TemplateBuilder {
  private(set) var parts: [Template.Part] = []
  private var bytes: [UInt8] = []

  mutating func append(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ reference: VariableReference) {
    flush()
    parts.append(.reference(reference))
  }

  mutating func removeLast(_ count: Int) { bytes.removeLast(count) }

  mutating func flush() {
    if !bytes.isEmpty { parts.append(.text(String(decoding: bytes, as: UTF8.self))) }
    bytes = []
  }

  mutating func finish(in range: SourceRange) -> Template {
    flush()
    return Template(parts: parts, range: range)
  }
}

extension Parser {
  // MARK: Words

  /// Parses a bare word, or the rest of one that started with a variable.
  mutating func parseWord(
    startingWith reference: VariableReference?
  ) throws(SyntaxFailure) -> ValueExpression {
    let start = reference?.range.lower ?? cursor.offset
    var builder = TemplateBuilder()
    if let reference { builder.append(reference) }
    while true {
      let length = cursor.wordLength(at: cursor.offset, inside: !cursor.isAtComment)
      if length > 0 {
        builder.append(cursor.bytes[cursor.offset..<cursor.offset + length])
        cursor.advance(by: length)
      } else if cursor.byte == ASCII.dollar {
        builder.append(try parseReference(withPath: false))
      } else {
        break
      }
    }
    let range = SourceRange(start, cursor.offset)
    let template = builder.finish(in: range)
    if range.isEmpty { throw unexpected(expected: "a value") }
    switch template.constant {
    case "true": return ValueExpression(kind: .boolean(true), range: range)
    case "false": return ValueExpression(kind: .boolean(false), range: range)
    default: return ValueExpression(kind: .word(template), range: range)
    }
  }

  // MARK: Quoted text

  /// Parses a quoted text: literal in single quotes, with escapes and variables in double quotes.
  mutating func parseString() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    let quote = cursor.byte
    let isLiteral = quote == ASCII.singleQuote
    var builder = TemplateBuilder()
    var firstFailure: SyntaxFailure?
    cursor.advance()
    while let byte = cursor.byte, byte != quote {
      do {
        if !isLiteral, byte == ASCII.backslash {
          try parseEscape(into: &builder)
        } else if !isLiteral, startsReference {
          builder.append(try parseReference(withPath: false))
        } else {
          builder.append(byte)
          cursor.advance()
        }
      } catch {
        if error.consequence != .recover { throw error }
        firstFailure = firstFailure ?? error
        cursor.offset = max(error.resume, cursor.offset)
      }
    }
    guard cursor.byte != nil else {
      throw SyntaxFailure(
        error: .unterminatedText,
        range: SourceRange(start, start + 1),
        resume: source.range(ofLine: source.lineIndex(at: start)).upper,
        consequence: .incomplete
      )
    }
    cursor.advance()
    if var firstFailure {
      firstFailure.resume = cursor.offset
      throw firstFailure
    }
    let range = SourceRange(start, cursor.offset)
    return ValueExpression(kind: .string(builder.finish(in: range)), range: range)
  }

  private mutating func parseEscape(
    into builder: inout TemplateBuilder
  ) throws(SyntaxFailure) {
    let start = cursor.offset
    let continuation = cursor.continuationLength
    if continuation > 0 {
      cursor.advance(by: continuation)
      return
    }
    cursor.advance()
    switch cursor.byte {
    case nil: return
    case UInt8(ascii: "n"): builder.append(ASCII.newline)
    case UInt8(ascii: "t"): builder.append(ASCII.tab)
    case let byte? where [ASCII.doubleQuote, ASCII.backslash, ASCII.dollar].contains(byte):
      builder.append(byte)
    default:
      cursor.advance(by: cursor.scalar(at: cursor.offset)?.length ?? 1)
      throw failure(.unknownEscape(cursor.text(from: start)), from: start)
    }
    cursor.advance()
  }

  // MARK: Raw tails

  /// Parses the text after the name of a raw-tail command, up to the end of the statement.
  mutating func parseRawTail() throws(SyntaxFailure) -> Template {
    let end = cursor.offset
    cursor.skipBlanks()
    if isAtStatementEnd {
      cursor.offset = end
      return Template(parts: [], range: SourceRange(end, end))
    }
    if let whole = try parseWholeQuotedTail() { return whole }
    let start = cursor.offset
    var builder = TemplateBuilder()
    var contentEnd = start
    var trailingBlanks = 0
    var openBraces = 0
    while let byte = cursor.byte, !isAtRawTailEnd(openBraces: openBraces) {
      let blank = max(cursor.blankLength(at: cursor.offset), cursor.continuationLength)
      if blank > 0 {
        let isJoined = byte == ASCII.backslash
        let text = isJoined ? [ASCII.space] : cursor.bytes[cursor.offset..<cursor.offset + blank]
        builder.append(text)
        trailingBlanks += text.count
        cursor.advance(by: blank)
        continue
      }
      if byte == ASCII.openBrace { openBraces += 1 }
      if byte == ASCII.closeBrace { openBraces -= 1 }
      try parseRawTailPiece(into: &builder, from: start)
      contentEnd = cursor.offset
      trailingBlanks = 0
    }
    builder.removeLast(trailingBlanks)
    cursor.offset = contentEnd
    return builder.finish(in: SourceRange(start, contentEnd))
  }

  private func isAtRawTailEnd(openBraces: Int) -> Bool {
    isAtStatementEnd && (cursor.byte != ASCII.closeBrace || openBraces == 0)
  }

  private mutating func parseRawTailPiece(
    into builder: inout TemplateBuilder,
    from start: Int
  ) throws(SyntaxFailure) {
    guard let byte = cursor.byte else { return }
    if ASCII.isQuote(byte), startsRawTailWord(from: start), let end = closingQuoteOnLine() {
      try parseRawTailQuote(into: &builder, to: end)
    } else if startsReference {
      builder.append(try parseReference(withPath: false))
    } else if byte == ASCII.backslash, cursor.byte(ahead: 1) == ASCII.dollar {
      builder.append(ASCII.dollar)
      cursor.advance(by: 2)
    } else if byte == ASCII.backslash, isAtLastCharacter {
      throw unexpected(expected: nil)
    } else {
      builder.append(byte)
      cursor.advance()
    }
  }

  /// Reads a quoted piece with its quotes; in double quotes, variables are replaced.
  private mutating func parseRawTailQuote(
    into builder: inout TemplateBuilder,
    to end: Int
  ) throws(SyntaxFailure) {
    let isLiteral = cursor.byte == ASCII.singleQuote
    while cursor.offset < end, let byte = cursor.byte {
      if !isLiteral, startsReference {
        builder.append(try parseReference(withPath: false))
      } else if !isLiteral, byte == ASCII.backslash, let next = cursor.byte(ahead: 1) {
        builder.append(next == ASCII.dollar ? [next] : [byte, next])
        cursor.advance(by: 2)
      } else {
        builder.append(byte)
        cursor.advance()
      }
    }
  }

  /// Returns true if a word can start here; quotes open only there, so that an apostrophe in a word is plain text.
  private func startsRawTailWord(from start: Int) -> Bool {
    guard cursor.offset > start else { return true }
    let previous = cursor.bytes[cursor.offset - 1]
    return Array(" \t([{,=".utf8).contains(previous)
  }

  /// Parses a tail that consists of one quoted text; returns nil for any other.
  private mutating func parseWholeQuotedTail() throws(SyntaxFailure) -> Template? {
    guard let byte = cursor.byte, ASCII.isQuote(byte), closingQuoteOnLine() != nil else {
      return nil
    }
    let before = cursor
    do {
      let value = try parseString()
      if endsTail(at: cursor.offset, from: before.offset), case .string(let template) = value.kind {
        return template
      }
    } catch {
      if endsTail(at: error.resume, from: before.offset) { throw error }
    }
    cursor = before
    return nil
  }

  private func endsTail(at offset: Int, from start: Int) -> Bool {
    guard source.lineIndex(at: offset) == source.lineIndex(at: start) else { return false }
    var probe = self
    probe.cursor.offset = offset
    probe.cursor.skipBlanks()
    return probe.isAtStatementEnd
  }

  /// True if only a line break follows.
  var isAtLastCharacter: Bool {
    var ahead = 1
    if cursor.byte(ahead: ahead) == ASCII.carriageReturn { ahead += 1 }
    if cursor.byte(ahead: ahead) == ASCII.newline { ahead += 1 }
    return cursor.byte(ahead: ahead) == nil
  }
}
