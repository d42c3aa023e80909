/// A part of a text with its kind, for syntax highlighting.
package struct SyntaxPart: Equatable, Sendable {
  /// The kinds of parts that are distinguished.
  package enum Kind: String, Sendable, CaseIterable {
    case comment
    case keyword
    case command
    case option
    case variable
    case number
    case string
  }

  /// The range of the part.
  package let range: SourceRange

  /// The kind of the part.
  package let kind: Kind
}

extension Script {
  /// The parts of the text, in order and without overlaps; statements with errors contribute only comments.
  package var parts: [SyntaxPart] {
    var painter = SyntaxPainter(bytes: source.bytes)
    for statement in allStatements { painter.paint(statement) }
    return painter.finished
  }
}

/// Finds the parts of statements.
private struct SyntaxPainter {
  let bytes: [UInt8]
  private var parts: [SyntaxPart] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The parts, and the comments between them, in order.
  var finished: [SyntaxPart] {
    let sorted = parts.sorted { $0.range.lower < $1.range.lower }
    return (sorted + comments(outside: sorted)).sorted { $0.range.lower < $1.range.lower }
  }

  mutating func paint(_ statement: Statement) {
    switch statement.kind {
    case .command, .expression: break
    case .binding, .loop, .conditional, .assertion, .timed:
      paintKeyword(at: statement.range.lower)
    case .definition(let definition):
      paintKeyword(at: statement.range.lower)
      add(definition.name.range, .command)
    }
    for name in statement.newNames { add(name.range, .variable) }
    if let call = statement.call?.call {
      paint(call)
    } else {
      for node in statement.expressions { paint(node) }
    }
  }

  private mutating func paint(_ call: CommandCall) {
    add(call.name.range, .command)
    for argument in call.arguments { paint(argument) }
    for reference in call.tail?.references ?? [] { add(reference.range, .variable) }
  }

  private mutating func paint(_ argument: CommandCall.Argument) {
    if let name = argument.name {
      add(SourceRange(name.range.lower, name.range.upper + 1), .option)
    }
    paint(argument.value)
  }

  private mutating func paint(_ node: ValueExpression) {
    switch node.kind {
    case .number: add(node.range, .number)
    case .boolean: add(node.range, .keyword)
    case .string: add(node.range, .string)
    case .reference: add(node.range, .variable)
    case .word(let template):
      for reference in template.references { add(reference.range, .variable) }
    case .list, .range, .unary, .binary: for operand in node.operands { paint(operand) }
    case .call(_, let arguments): for argument in arguments { paint(argument) }
    case .comprehension(let comprehension):
      for word in comprehension.words { add(word, .keyword) }
      for name in comprehension.names { add(name.range, .variable) }
      for operand in node.operands { paint(operand) }
    }
  }

  private mutating func paintKeyword(at start: Int) {
    var cursor = Cursor(bytes)
    cursor.offset = start
    _ = cursor.takeName()
    add(SourceRange(start, cursor.offset), .keyword)
  }

  private mutating func add(_ range: SourceRange, _ kind: SyntaxPart.Kind) {
    guard range.lower < range.upper, range.upper <= bytes.count else { return }
    parts.append(SyntaxPart(range: range, kind: kind))
  }

  /// Returns the comments outside the given parts.
  private func comments(outside parts: [SyntaxPart]) -> [SyntaxPart] {
    var comments: [SyntaxPart] = []
    var taken = parts[...]
    var cursor = Cursor(bytes)
    while !cursor.isAtEnd {
      let start = cursor.offset
      while let first = taken.first, first.range.upper <= start { taken.removeFirst() }
      if let first = taken.first, first.range.lower <= start {
        cursor.offset = first.range.upper
      } else if cursor.isAtComment {
        cursor.skipToLineEnd()
        comments.append(SyntaxPart(range: SourceRange(start, cursor.offset), kind: .comment))
      } else {
        cursor.advance()
      }
    }
    return comments
  }
}
