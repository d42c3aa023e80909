extension Parser {
  /// Skips whitespace and, inside brackets, line breaks and comments.
  mutating func skipExpressionBlanks() {
    cursor.skipBlanks()
    while openBrackets > 0 {
      if cursor.byte == ASCII.newline {
        cursor.advance()
      } else if cursor.isAtComment {
        cursor.skipToLineEnd()
      } else {
        return
      }
      cursor.skipBlanks()
    }
  }

  // MARK: Lists and ranges

  /// Parses an expression, a comma-separated list of expressions, or a range.
  mutating func parseSequence() throws(SyntaxFailure) -> ValueExpression {
    let first = try parseSequenceElement()
    var end = cursor.offset
    skipExpressionBlanks()
    guard cursor.byte == ASCII.comma else {
      cursor.offset = end
      return first
    }
    var elements = [first]
    while cursor.take(ASCII.comma) {
      end = cursor.offset
      skipExpressionBlanks()
      if isAtSequenceEnd { break }
      elements.append(try parseSequenceElement())
      end = cursor.offset
      skipExpressionBlanks()
    }
    cursor.offset = end
    let range = SourceRange(first.range.lower, end)
    return ValueExpression(kind: .list(elements), range: range)
  }

  private var isAtSequenceEnd: Bool {
    isAtStatementEnd || cursor.byte == ASCII.closeParenthesis || cursor.byte == ASCII.closeBracket
      || cursor.byte == ASCII.openBrace || isAtWordOfComprehension
  }

  /// True if `for` or `if`, neither of which begins a value, is at the cursor.
  private var isAtWordOfComprehension: Bool {
    var probe = cursor
    return ["for", "if"].contains(probe.takeName(hyphens: true))
  }

  private mutating func parseSequenceElement() throws(SyntaxFailure) -> ValueExpression {
    let first = try parseExpression()
    let end = cursor.offset
    skipExpressionBlanks()
    guard cursor.byte == ASCII.point, cursor.byte(ahead: 1) == ASCII.point else {
      cursor.offset = end
      return first
    }
    cursor.advance(by: 2)
    skipExpressionBlanks()
    let last = try parseExpression(atLeast: .sum)
    let lastEnd = cursor.offset
    var step: RangeExpression.Step?
    skipExpressionBlanks()
    if takeWord("by") {
      skipExpressionBlanks()
      step = try parseRangeStep { (parser) throws(SyntaxFailure) in
        parser.skipExpressionBlanks()
        return try parser.parseExpression(atLeast: .sum)
      }
    } else {
      cursor.offset = lastEnd
    }
    let range = RangeExpression(first: first, last: last, step: step)
    let place = SourceRange(first.range.lower, cursor.offset)
    return ValueExpression(kind: .range(range), range: place)
  }

  // MARK: Operators

  /// Parses an expression whose operators bind at least as tightly as `minimum`.
  mutating func parseExpression(
    atLeast minimum: Precedence = .or
  ) throws(SyntaxFailure) -> ValueExpression {
    var left = try parsePrefix(atLeast: minimum)
    var previous: BinaryOperator?
    while true {
      let end = cursor.offset
      skipExpressionBlanks()
      guard let operation = peekOperator(), operation.precedence >= minimum else {
        cursor.offset = end
        return left
      }
      let start = cursor.offset
      cursor.advance(by: operation.rawValue.utf8.count)
      if operation.isComparison, previous?.isComparison ?? false {
        throw failure(.chainedComparison, from: start)
      }
      try countOperator(from: start)
      skipExpressionBlanks()
      let minimum = operation.rightPrecedence
      let right =
        operation == .power
        ? try nested { (parser) throws(SyntaxFailure) in
          try parser.parseExpression(atLeast: minimum)
        }
        : try parseExpression(atLeast: minimum)
      left = ValueExpression(
        kind: .binary(operation, left, right),
        range: left.range.union(right.range)
      )
      previous = operation
    }
  }

  private func peekOperator() -> BinaryOperator? {
    guard let byte = cursor.byte else { return nil }
    if ASCII.isLetter(byte) {
      var probe = cursor
      switch probe.takeName() {
      case "and": return .and
      case "or": return .or
      default: return nil
      }
    }
    return Self.symbolicOperators.first { cursor.bytes[cursor.offset...].starts(with: $0.symbol) }?
      .operation
  }

  /// The operators that are not words; longer ones come first, as they are declared.
  private static let symbolicOperators = BinaryOperator.allCases
    .filter { $0 != .and && $0 != .or }
    .map { (operation: $0, symbol: Array($0.rawValue.utf8)) }

  private mutating func countOperator(from start: Int) throws(SyntaxFailure) {
    operators += 1
    if operators > Self.operatorLimit {
      throw failure(.tooManyOperators(limit: Self.operatorLimit), from: start)
    }
  }

  private mutating func parsePrefix(
    atLeast minimum: Precedence
  ) throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    let operation: UnaryOperator
    if cursor.take(ASCII.minus) {
      operation = .negate
    } else if minimum <= .not, takeWord("not") {
      operation = .not
    } else {
      return try parseOperand()
    }
    try countOperator(from: start)
    skipExpressionBlanks()
    let value = try nested { (parser) throws(SyntaxFailure) in
      try parser.parseExpression(atLeast: operation.precedence)
    }
    let range = SourceRange(start, cursor.offset)
    if operation == .negate, case .number(let literal) = value.kind,
      !literal.spelling.hasPrefix("-")
    {
      let negative = NumberLiteral(value: -literal.value, spelling: "-" + literal.spelling)
      return ValueExpression(kind: .number(negative), range: range)
    }
    return ValueExpression(kind: .unary(operation, value), range: range)
  }

  // MARK: Operands

  private mutating func parseOperand() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    try countPiece()
    switch cursor.byte {
    case ASCII.doubleQuote, ASCII.singleQuote: return try parseString()
    case ASCII.openParenthesis: return try parseParentheses()
    case ASCII.dollar:
      let reference = try parseReference()
      return ValueExpression(kind: .reference(reference), range: reference.range)
    default: break
    }
    if let literal = cursor.takeNumber(signed: false) {
      try checkSize(of: literal, from: start)
      if cursor.isNamePart(at: cursor.offset, inside: true) {
        _ = cursor.takeName(hyphens: true)
        throw failure(.malformedNumber(cursor.text(from: start)), from: start)
      }
      return ValueExpression(kind: .number(literal), range: SourceRange(start, cursor.offset))
    }
    guard let name = cursor.takeName() else { throw unexpected(expected: "a value") }
    if name == "true" || name == "false" {
      return ValueExpression(
        kind: .boolean(name == "true"),
        range: SourceRange(start, cursor.offset)
      )
    }
    if cursor.byte == ASCII.openParenthesis { return try parseCall(of: name, from: start) }
    while cursor.wordLength(at: cursor.offset, inside: true) > 0 {
      cursor.advance(by: cursor.wordLength(at: cursor.offset, inside: true))
    }
    throw failure(.bareWord(cursor.text(from: start)), from: start)
  }

  /// Parses parentheses around an expression, a list, a range or a comprehension.
  mutating func parseParentheses() throws(SyntaxFailure) -> ValueExpression {
    let start = cursor.offset
    let value = try bracketed(closing: ASCII.closeParenthesis) {
      (parser) throws(SyntaxFailure) in
      if parser.cursor.byte == ASCII.closeParenthesis { return ValueExpression.Kind.list([]) }
      let sequence = try parser.parseSequence()
      return try parser.parseComprehension(of: sequence)?.kind ?? sequence.kind
    }
    return ValueExpression(kind: value, range: SourceRange(start, cursor.offset))
  }

  /// Parses `for x in values` after an element inside parentheses; returns nil if there is none.
  private mutating func parseComprehension(
    of element: ValueExpression
  ) throws(SyntaxFailure) -> ValueExpression? {
    let end = cursor.offset
    skipExpressionBlanks()
    let start = cursor.offset
    guard takeWord("for") else {
      cursor.offset = end
      return nil
    }
    var words = [SourceRange(start, cursor.offset)]
    try countPiece()
    skipExpressionBlanks()
    let (variable, index) = try parseLoopNames()
    words.append(SourceRange(cursor.offset - 2, cursor.offset))
    skipExpressionBlanks()
    let values = try parseSequence()
    var valuesEnd = cursor.offset
    skipExpressionBlanks()
    let place = cursor.offset
    var condition: ValueExpression?
    if takeWord("if") {
      words.append(SourceRange(place, cursor.offset))
      skipExpressionBlanks()
      condition = try parseExpression()
      valuesEnd = cursor.offset
    }
    cursor.offset = valuesEnd
    let comprehension = Comprehension(
      element: element,
      variable: variable,
      index: index,
      values: values,
      condition: condition,
      words: words
    )
    return ValueExpression(
      kind: .comprehension(comprehension),
      range: SourceRange(element.range.lower, valuesEnd)
    )
  }

  private mutating func parseCall(
    of name: String,
    from start: Int
  ) throws(SyntaxFailure) -> ValueExpression {
    guard let function = BuiltinFunction(rawValue: name) else {
      throw failure(.unknownFunction(name), from: start)
    }
    let arguments = try bracketed(closing: ASCII.closeParenthesis) {
      (parser) throws(SyntaxFailure) in
      var arguments: [CommandCall.Argument] = []
      repeat {
        parser.skipExpressionBlanks()
        if parser.cursor.byte == ASCII.closeParenthesis { break }
        let name = try parser.parseValueName(in: function, behind: arguments)
        let argument = try parser.parseSequenceElement()
        let value = try parser.parseComprehension(of: argument) ?? argument
        arguments.append(CommandCall.Argument(name: name, value: value))
        parser.skipExpressionBlanks()
      } while parser.cursor.take(ASCII.comma)
      return arguments
    }
    if !function.valueCount.contains(arguments.count) {
      throw failure(.wrongValueCount(function: function, found: arguments.count), from: start)
    }
    return ValueExpression(
      kind: .call(function, arguments),
      range: SourceRange(start, cursor.offset)
    )
  }

  /// Parses `name=` before a value of a function; returns nil if there is none.
  private mutating func parseValueName(
    in function: BuiltinFunction,
    behind others: [CommandCall.Argument]
  ) throws(SyntaxFailure) -> Identifier? {
    let start = cursor.offset
    guard let text = cursor.takeName() else { return nil }
    let name = Identifier(text: text, range: SourceRange(start, cursor.offset))
    skipExpressionBlanks()
    guard cursor.byte == ASCII.equals, cursor.byte(ahead: 1) != ASCII.equals else {
      cursor.offset = start
      return nil
    }
    guard function.takesNames else { throw failure(.namedValue(function), from: start) }
    guard ReservedWord(rawValue: text) == nil else {
      throw failure(.reservedName(text), from: start)
    }
    guard !others.contains(where: { $0.name == name }) else {
      throw failure(.duplicateArgument(name: text, command: function.rawValue), from: start)
    }
    cursor.advance()
    skipExpressionBlanks()
    return name
  }

  /// Parses the content between a bracket at the cursor and the one that closes it.
  mutating func bracketed<Result>(
    closing: UInt8,
    _ body: (inout Parser) throws(SyntaxFailure) -> Result
  ) throws(SyntaxFailure) -> Result {
    let start = cursor.offset
    let opening = SourceRange(start, start + 1)
    let result = try nested { (parser) throws(SyntaxFailure) in
      parser.cursor.advance()
      parser.openBrackets += 1
      parser.skipExpressionBlanks()
      do throws(SyntaxFailure) {
        return try body(&parser)
      } catch {
        throw parser.cursor.isAtEnd && error.isAtTextEnd ? parser.unclosed(opening) : error
      }
    }
    skipExpressionBlanks()
    guard cursor.take(closing) else { throw unclosed(opening) }
    openBrackets -= 1
    return result
  }

  /// Returns the failure at content that cannot continue inside a bracket.
  ///
  /// It points to the bracket if the text ends or a new line starts with something else.
  private func unclosed(_ opening: SourceRange) -> SyntaxFailure {
    let line = source.lineIndex(at: cursor.offset)
    let openingLine = source.lineIndex(at: opening.lower)
    let indent = SourceRange(source.range(ofLine: line).lower, cursor.offset)
    let startsLine = source.text(in: indent).allSatisfy(\.isWhitespace)
    if !cursor.isAtEnd, line == openingLine || !startsLine { return unexpected(expected: nil) }
    return SyntaxFailure(
      error: .unclosed(source.text(in: opening)),
      range: opening,
      resume: source.range(ofLine: openingLine).upper,
      consequence: cursor.isAtEnd ? .incomplete : .recover
    )
  }
}

extension SyntaxFailure {
  /// True if something is missing rather than wrong.
  fileprivate var isAtTextEnd: Bool {
    if case .unexpectedEnd = error { true } else { false }
  }
}
