extension Parser {
  mutating func parseStatement() throws(SyntaxFailure) -> Statement {
    let start = cursor.offset
    try countPiece()
    let kind = try parseStatementKind()
    return Statement(kind: kind, range: SourceRange(start, cursor.offset))
  }

  private mutating func parseStatementKind() throws(SyntaxFailure) -> Statement.Kind {
    let start = cursor.offset
    if isAtCommand {
      let keyword = cursor.takeName(hyphens: true).flatMap(Keyword.init)
      if let keyword { return try parse(keyword, from: start) }
      cursor.offset = start
      return .command(try parseCommand())
    }
    switch cursor.byte {
    case ASCII.openBrace: throw unexpected(expected: "a statement")
    case let byte? where startsExpression(byte): return .expression(try parseSequence())
    default: throw unexpected(expected: "a statement")
    }
  }

  /// True if a command or a keyword starts here: a word that is neither reserved in expressions nor a function call.
  var isAtCommand: Bool {
    var probe = cursor
    guard let name = probe.takeName(hyphens: true) else {
      return rawTailSign != nil
    }
    if rawTailCommands.contains(name) || Keyword(rawValue: name) != nil { return true }
    if ReservedWord(rawValue: name) != nil { return false }
    return probe.byte != ASCII.openParenthesis
  }

  /// The punctuation at the cursor if it calls a raw-tail command, as `?` calls help.
  private var rawTailSign: String? {
    guard let byte = cursor.byte, byte < 0x80 else { return nil }
    let sign = String(Unicode.Scalar(byte))
    return rawTailCommands.contains(sign) ? sign : nil
  }

  private func startsExpression(_ byte: UInt8) -> Bool {
    switch byte {
    case ASCII.dollar, ASCII.openParenthesis, ASCII.doubleQuote, ASCII.singleQuote: true
    case ASCII.minus, ASCII.point: true
    default: ASCII.isDigit(byte) || cursor.isNamePart(at: cursor.offset, inside: false)
    }
  }

  private mutating func parse(
    _ keyword: Keyword,
    from start: Int
  ) throws(SyntaxFailure) -> Statement.Kind {
    switch keyword {
    case .let: return .binding(try parseBinding(.let))
    case .param: return .binding(try parseBinding(.param))
    case .for: return .loop(try parseLoop())
    case .if: return .conditional(try parseConditional())
    case .else: throw failure(.strayElse, from: start)
    case .assert: return .assertion(try parseAssertion())
    case .time: return .timed(try parseTimed())
    case .def: return .definition(try parseDefinition())
    }
  }

  private mutating func parseTimed() throws(SyntaxFailure) -> Statement {
    cursor.skipBlanks()
    return try nested { (parser) throws(SyntaxFailure) in try parser.parseStatement() }
  }

  // MARK: Bindings

  private mutating func parseBinding(
    _ keyword: Binding.Keyword
  ) throws(SyntaxFailure) -> Binding {
    let name = try parseNewName(after: keyword.rawValue)
    cursor.skipBlanks()
    guard cursor.byte == ASCII.equals, cursor.byte(ahead: 1) != ASCII.equals else {
      throw unexpected(expected: "`=`")
    }
    cursor.advance()
    cursor.skipBlanks()
    let value: Binding.Value
    switch keyword {
    case .let where isAtCommand:
      let start = cursor.offset
      if let word = cursor.takeName(hyphens: true), Keyword(rawValue: word) != nil {
        throw failure(.unexpected(found: word, expected: "a command or a value"), from: start)
      }
      cursor.offset = start
      value = .command(try parseCommand())
    case .let: value = .expression(try parseSequence())
    case .param: value = .expression(try parseSpacedValue())
    }
    return Binding(keyword: keyword, name: name, value: value)
  }

  /// Parses the name that a statement sets.
  private mutating func parseNewName(after word: String) throws(SyntaxFailure) -> Identifier {
    cursor.skipBlanks()
    let start = cursor.offset
    if cursor.take(ASCII.dollar) {
      let name = cursor.takeName() ?? ""
      throw failure(.dollarInNewName(name: name, keyword: word), from: start)
    }
    guard let name = cursor.takeName() else { throw unexpected(expected: "a name") }
    if ReservedWord(rawValue: name) != nil { throw failure(.reservedName(name), from: start) }
    return Identifier(text: name, range: SourceRange(start, cursor.offset))
  }

  /// Parses the value of `param` or `for`: a list of words as in arguments, or else an expression.
  private mutating func parseSpacedValue() throws(SyntaxFailure) -> ValueExpression {
    var probe = cursor
    if let name = probe.takeName(hyphens: true) {
      let isExpression =
        ReservedWord(rawValue: name) != nil || probe.byte == ASCII.openParenthesis
      return isExpression ? try parseSequence() : try parseArgumentValue(allowsBlanks: true)
    }
    let startsWord = cursor.wordLength(at: cursor.offset, inside: false) > 0
    let isExpression =
      !startsWord || cursor.byte == ASCII.minus || probe.takeNumber(signed: false) != nil
    return isExpression ? try parseSequence() : try parseArgumentValue(allowsBlanks: true)
  }

  // MARK: Blocks

  mutating func parseBlock() throws(SyntaxFailure) -> Block {
    cursor.skipBlanks()
    guard cursor.byte == ASCII.openBrace else {
      throw unexpected(expected: "`{` on the same line")
    }
    let start = cursor.offset
    let statements = try nested { (parser) throws(SyntaxFailure) in
      parser.cursor.advance()
      return parser.parseStatements(isInBlock: true)
    }
    guard cursor.take(ASCII.closeBrace) else {
      throw SyntaxFailure(
        error: .unclosed("{"),
        range: SourceRange(start, start + 1),
        resume: cursor.offset,
        consequence: .incomplete
      )
    }
    return Block(statements: statements, range: SourceRange(start, cursor.offset))
  }

  private mutating func parseLoop() throws(SyntaxFailure) -> Loop {
    let (variable, index) = try parseLoopNames()
    cursor.skipBlanks()
    let values = try parseSpacedValue()
    return Loop(variable: variable, index: index, values: values, body: try parseBlock())
  }

  /// Parses `x in` or `x, i in` after `for`.
  mutating func parseLoopNames() throws(SyntaxFailure) -> (Identifier, index: Identifier?) {
    let variable = try parseNewName(after: "for")
    skipExpressionBlanks()
    var index: Identifier?
    if cursor.take(ASCII.comma) {
      skipExpressionBlanks()
      let name = try parseNewName(after: "for")
      if name == variable { throw failure(.sameNames(name.text), from: name.range.lower) }
      index = name
      skipExpressionBlanks()
    }
    guard takeWord("in") else { throw unexpected(expected: "`in`") }
    return (variable, index)
  }

  /// Parses `name(first, second=1) { … }` after `def`.
  private mutating func parseDefinition() throws(SyntaxFailure) -> StatementDefinition {
    cursor.skipBlanks()
    let start = cursor.offset
    guard let text = cursor.takeName(hyphens: true) else { throw unexpected(expected: "a name") }
    if ReservedWord(rawValue: text) != nil || Keyword(rawValue: text) != nil {
      throw failure(.reservedName(text), from: start)
    }
    let name = Identifier(text: text, range: SourceRange(start, cursor.offset))
    guard cursor.byte == ASCII.openParenthesis else {
      throw unexpected(expected: "`(` and the names of its values")
    }
    let parameters = try bracketed(closing: ASCII.closeParenthesis) {
      (parser) throws(SyntaxFailure) in
      try parser.parseParameters()
    }
    return StatementDefinition(name: name, parameters: parameters, body: try parseBlock())
  }

  private mutating func parseParameters() throws(SyntaxFailure)
    -> [StatementDefinition.Parameter]
  {
    var parameters: [StatementDefinition.Parameter] = []
    repeat {
      skipExpressionBlanks()
      if cursor.byte == ASCII.closeParenthesis { break }
      let name = try parseNewName(after: "def")
      let start = name.range.lower
      if parameters.contains(where: { $0.name == name }) {
        throw failure(.sameNames(name.text), from: start)
      }
      skipExpressionBlanks()
      var fallback: ValueExpression?
      if cursor.byte == ASCII.equals {
        cursor.advance()
        skipExpressionBlanks()
        fallback = try parseExpression()
        skipExpressionBlanks()
      } else if parameters.last?.fallback != nil {
        throw failure(.requiredBehindOptional(name.text), from: start)
      }
      parameters.append(.init(name: name, fallback: fallback))
    } while cursor.take(ASCII.comma)
    return parameters
  }

  private mutating func parseConditional() throws(SyntaxFailure) -> Conditional {
    var branches: [Conditional.Branch] = []
    while true {
      operators = 0
      cursor.skipBlanks()
      let condition = try parseExpression()
      branches.append(Conditional.Branch(condition: condition, body: try parseBlock()))
      let end = cursor.offset
      cursor.skipBlanks()
      guard takeWord("else") else {
        cursor.offset = end
        return Conditional(branches: branches, otherwise: nil)
      }
      cursor.skipBlanks()
      guard takeWord("if") else {
        return Conditional(branches: branches, otherwise: try parseBlock())
      }
    }
  }

  private mutating func parseAssertion() throws(SyntaxFailure) -> Assertion {
    cursor.skipBlanks()
    let condition = try parseExpression()
    cursor.skipBlanks()
    guard cursor.take(ASCII.comma) else { return Assertion(condition: condition, message: nil) }
    cursor.skipBlanks()
    return Assertion(condition: condition, message: try parseExpression())
  }

  /// Reads a word if it is the wanted one and ends here; returns true if so.
  mutating func takeWord(_ word: String) -> Bool {
    let start = cursor.offset
    if cursor.takeName(hyphens: true) == word { return true }
    cursor.offset = start
    return false
  }
}
