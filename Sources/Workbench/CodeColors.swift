import CommandLanguage
import Notebooks

extension Session {
  /// The parts of a statement's text that an exported notebook sets in colours.
  ///
  /// - Parameter code: statements; of a text with errors the right statements are coloured.
  package static let codeColors: @Sendable (String) -> [CodeColor] = { code in
    let source = Source(name: "", text: code)
    let script = Session.commands.parse(source).script
    var painter = CodePainter(bytes: Array(code.utf8))
    for statement in script.allStatements { painter.paint(statement) }
    return painter.finished
  }
}

/// Finds the colours of statements.
private struct CodePainter {
  let bytes: [UInt8]
  private var colors: [CodeColor] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The colours in order, and those of the comments between them.
  var finished: [CodeColor] {
    let sorted = colors.sorted { $0.range.lowerBound < $1.range.lowerBound }
    return (sorted + comments(outside: sorted)).sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
  }

  mutating func paint(_ statement: Statement) {
    switch statement.kind {
    case .command(let call): paint(call)
    case .binding(let binding):
      paintWord(at: statement.range.lower)
      add(binding.name.range, .variable)
      switch binding.value {
      case .command(let call): paint(call)
      case .expression(let node): paint(node)
      }
    case .loop(let loop):
      paintWord(at: statement.range.lower)
      add(loop.variable.range, .variable)
      paint(loop.values)
    case .conditional(let conditional):
      paintWord(at: statement.range.lower)
      for branch in conditional.branches { paint(branch.condition) }
    case .assertion(let assertion):
      paintWord(at: statement.range.lower)
      paint(assertion.condition)
      if let message = assertion.message { paint(message) }
    case .timed: paintWord(at: statement.range.lower)
    case .expression(let node): paint(node)
    }
  }

  private mutating func paint(_ call: CommandCall) {
    add(call.name.range, .command)
    for argument in call.arguments {
      if let name = argument.name {
        add(SourceRange(name.range.lower, name.range.upper + 1), .option)
      }
      paint(argument.value)
    }
    for reference in call.tail?.references ?? [] { add(reference.range, .variable) }
  }

  private mutating func paint(_ node: ValueExpression) {
    switch node.kind {
    case .number: add(node.range, .number)
    case .boolean: add(node.range, .keyword)
    case .string: add(node.range, .string)
    case .reference: add(node.range, .variable)
    case .word(let template):
      for reference in template.references { add(reference.range, .variable) }
    case .list(let elements): for element in elements { paint(element) }
    case .range(let range):
      paint(range.first)
      paint(range.last)
      switch range.step {
      case .add(let step)?, .multiply(let step)?: paint(step)
      case nil: break
      }
    case .unary(_, let operand): paint(operand)
    case .binary(_, let left, let right):
      paint(left)
      paint(right)
    case .call(_, let arguments): for argument in arguments { paint(argument) }
    }
  }

  /// Colours the keyword that begins at an offset.
  private mutating func paintWord(at start: Int) {
    let end = bytes[start...].firstIndex { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
    add(SourceRange(start, end ?? bytes.count), .keyword)
  }

  private mutating func add(_ range: SourceRange, _ kind: CodeColor.Kind) {
    guard range.lower < range.upper, range.upper <= bytes.count else { return }
    colors.append(CodeColor(range.lower..<range.upper, kind))
  }

  /// From a `#` at a line's start or behind a blank, outside of what has a colour, to the line's end.
  private func comments(outside colors: [CodeColor]) -> [CodeColor] {
    var result: [CodeColor] = []
    var taken = colors[...]
    var offset = 0
    while offset < bytes.count {
      while let first = taken.first, first.range.upperBound <= offset { taken.removeFirst() }
      if let first = taken.first, first.range.contains(offset) {
        offset = first.range.upperBound
        continue
      }
      let isStart = offset == 0 || [0x0A, 0x20, 0x09].contains(bytes[offset - 1])
      if bytes[offset] == UInt8(ascii: "#"), isStart {
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        result.append(CodeColor(offset..<end, .comment))
        offset = end
      } else {
        offset += 1
      }
    }
    return result
  }
}
