extension Parser {
  // MARK: Commands

  mutating func parseCommand() throws(SyntaxFailure) -> CommandCall {
    let start = cursor.offset
    if cursor.takeName(hyphens: true) == nil { cursor.advance() }
    let name = Identifier(
      text: cursor.text(from: start),
      range: SourceRange(start, cursor.offset)
    )
    var arguments: [CommandCall.Argument] = []
    var tail: Template?
    var block: Block?
    if rawTailCommands.contains(name.text) {
      tail = try parseRawTail()
    } else {
      arguments = try parseArguments(of: name)
      let end = cursor.offset
      if cursor.skipBlanks(), cursor.byte == ASCII.openBrace {
        block = try parseBlock()
      } else {
        cursor.offset = end
      }
    }
    return CommandCall(
      name: name,
      arguments: arguments,
      tail: tail,
      block: block,
      range: SourceRange(start, cursor.offset)
    )
  }

  private mutating func parseArguments(
    of name: Identifier
  ) throws(SyntaxFailure) -> [CommandCall.Argument] {
    var arguments: [CommandCall.Argument] = []
    while true {
      let end = cursor.offset
      let isSeparated = cursor.skipBlanks()
      if isAtStatementEnd || isSeparated && cursor.byte == ASCII.openBrace {
        cursor.offset = end
        return arguments
      }
      if cursor.byte == ASCII.equals { throw strayEquals(behind: arguments.last, of: name) }
      guard isSeparated else { throw unexpected(expected: "a blank") }
      arguments.append(try parseArgument(of: name))
    }
  }

  private func strayEquals(
    behind argument: CommandCall.Argument?,
    of command: Identifier
  ) -> SyntaxFailure {
    let start = cursor.offset
    guard let argument else {
      let error = LanguageError.assignmentWithoutLet(name: command.text)
      return failure(error, from: start).over(command.range.union(SourceRange(start, start + 1)))
    }
    guard argument.name == nil, case .word(let word) = argument.value.kind,
      let option = word.constant
    else { return unexpected(expected: nil) }
    let error = LanguageError.blanksAroundEquals(option: option)
    return failure(error, from: start).over(
      argument.value.range.union(SourceRange(start, start + 1))
    )
  }

  private mutating func parseArgument(
    of command: Identifier
  ) throws(SyntaxFailure) -> CommandCall.Argument {
    let start = cursor.offset
    if let text = cursor.takeName(hyphens: true), cursor.byte == ASCII.equals {
      let name = Identifier(text: text, range: SourceRange(start, cursor.offset))
      cursor.advance()
      if isAtStatementEnd || cursor.blankLength(at: cursor.offset) > 0 {
        throw failure(.optionWithoutValue(option: text), from: start)
      }
      return CommandCall.Argument(name: name, value: try parseArgumentValue())
    }
    cursor.offset = start
    return CommandCall.Argument(name: nil, value: try parseArgumentValue())
  }

  // MARK: Values

  /// Parses a value or a list of values without whitespace; with `allowsBlanks`, whitespace may follow commas.
  mutating func parseArgumentValue(
    allowsBlanks: Bool = false
  ) throws(SyntaxFailure) -> ValueExpression {
    let first = try parseArgumentElement()
    guard cursor.byte == ASCII.comma else { return first }
    var elements = [first]
    while cursor.take(ASCII.comma) {
      let end = cursor.offset
      if allowsBlanks { cursor.skipBlanks() }
      if isAtValueEnd {
        cursor.offset = end
        break
      }
      elements.append(try parseArgumentElement())
    }
    let range = SourceRange(first.range.lower, cursor.offset)
    return ValueExpression(kind: .list(elements), range: range)
  }

  private var isAtValueEnd: Bool {
    switch cursor.byte {
    case nil, ASCII.newline, ASCII.semicolon, ASCII.openBrace, ASCII.closeBrace: true
    default: cursor.blankLength(at: cursor.offset) > 0 || cursor.continuationLength > 0
    }
  }

  private mutating func parseArgumentElement() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    try countPiece()
    let value: ValueExpression
    switch cursor.byte {
    case ASCII.doubleQuote?, ASCII.singleQuote?:
      value = try parseString()
    case ASCII.openParenthesis?:
      value = try parseArgumentRange(from: try parseParentheses())
    case ASCII.dollar?:
      let reference = try parseReference()
      let first = ValueExpression(kind: .reference(reference), range: reference.range)
      let isWhole = isAtElementEnd || cursor.byte == ASCII.openParenthesis
      if isWhole || isAtRangeOperator {
        value = try parseArgumentRange(from: first)
      } else {
        value = try parseWord(startingWith: reference)
      }
    default:
      if let literal = cursor.takeNumber(signed: true) {
        if isAtElementEnd || isAtRangeOperator {
          try checkSize(of: literal, from: start)
          let range = SourceRange(start, cursor.offset)
          value = try parseArgumentRange(
            from: ValueExpression(kind: .number(literal), range: range)
          )
          break
        }
        cursor.offset = start
      }
      value = try parseWord(startingWith: nil)
    }
    if cursor.byte == ASCII.openParenthesis,
      BuiltinFunction(rawValue: cursor.text(from: start)) != nil
    {
      throw failure(.callInArgument(function: cursor.text(from: start)), from: start)
    }
    if !isAtElementEnd { throw unexpected(expected: nil) }
    return value
  }

  private var isAtElementEnd: Bool { cursor.byte == ASCII.comma || isAtValueEnd }

  /// True if `..` with an operand after it follows; in `2..final.png` it does not.
  private var isAtRangeOperator: Bool {
    guard cursor.byte == ASCII.point, cursor.byte(ahead: 1) == ASCII.point,
      let next = cursor.byte(ahead: 2)
    else { return false }
    switch next {
    case ASCII.dollar, ASCII.openParenthesis: return true
    case ASCII.minus, ASCII.point: return cursor.byte(ahead: 3).map(ASCII.isDigit) ?? false
    default: return ASCII.isDigit(next)
    }
  }

  private mutating func parseArgumentRange(
    from first: ValueExpression
  ) throws(SyntaxFailure) -> ValueExpression {
    guard isAtRangeOperator else { return first }
    cursor.advance(by: 2)
    let last = try parseRangeOperand()
    var step: RangeExpression.Step?
    let end = cursor.offset
    if cursor.skipBlanks(), takeWord("by"), cursor.byte != ASCII.equals {
      cursor.skipBlanks()
      step = try parseRangeStep { (parser) throws(SyntaxFailure) in try parser.parseRangeOperand() }
    } else {
      cursor.offset = end
    }
    let range = RangeExpression(first: first, last: last, step: step)
    let place = SourceRange(first.range.lower, cursor.offset)
    return ValueExpression(kind: .range(range), range: place)
  }

  mutating func parseRangeStep(
    operand: (inout Parser) throws(SyntaxFailure) -> ValueExpression
  ) throws(SyntaxFailure) -> RangeExpression.Step {
    if cursor.take(ASCII.star) { return .multiply(try operand(&self)) }
    _ = cursor.take(ASCII.plus)
    return .add(try operand(&self))
  }

  private mutating func parseRangeOperand() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    let operand: ValueExpression
    switch cursor.byte {
    case ASCII.openParenthesis: operand = try parseParentheses()
    case ASCII.dollar:
      let reference = try parseReference()
      operand = ValueExpression(kind: .reference(reference), range: reference.range)
    default:
      guard let literal = cursor.takeNumber(signed: true) else {
        throw unexpected(expected: "a number")
      }
      try checkSize(of: literal, from: start)
      operand = ValueExpression(kind: .number(literal), range: SourceRange(start, cursor.offset))
    }
    if !isAtElementEnd, cursor.wordLength(at: cursor.offset, inside: true) > 0, !isAtRangeOperator {
      throw failure(.arithmeticInArgument, from: start)
    }
    return operand
  }

  func checkSize(of literal: NumberLiteral, from start: Int) throws(SyntaxFailure) {
    if !literal.value.isFinite { throw failure(.numberTooLarge(literal.spelling), from: start) }
  }
}

extension SyntaxFailure {
  /// Returns the same failure at another place.
  fileprivate func over(_ range: SourceRange) -> SyntaxFailure {
    SyntaxFailure(error: error, range: range, resume: resume, consequence: consequence)
  }
}
