/// Writes a syntax tree as text that parses to an equal tree.
package struct ScriptPrinter {
  private static let indentation = "  "

  private var lines: [String] = []
  private var depth = 0

  private init() {}

  /// Returns the text of a script, one statement per line, with a newline at its end unless it is empty.
  package static func print(_ script: Script) -> String {
    print(script.statements)
  }

  /// Returns the text of statements, one statement per line.
  package static func print(_ statements: [Statement]) -> String {
    var printer = ScriptPrinter()
    for statement in statements { printer.write(statement) }
    return printer.lines.map { $0 + "\n" }.joined()
  }

  private mutating func write(_ statement: Statement) {
    switch statement.kind {
    case .command(let call):
      write(Self.text(of: call), with: call.block)
    case .binding(let binding):
      let text = "\(binding.keyword.rawValue) \(binding.name.text) = \(Self.text(of: binding))"
      write(text, with: statement.call?.call.block)
    case .definition(let definition):
      let parameters = definition.parameters.map { parameter in
        parameter.name.text
          + (parameter.fallback.map { "=" + ExpressionPrinter.expression($0) } ?? "")
      }
      let names = parameters.joined(separator: ", ")
      write("def \(definition.name.text)(\(names))", with: definition.body)
    case .loop(let loop):
      let names = ([loop.variable] + [loop.index].compactMap { $0 }).map(\.text)
      line("for \(names.joined(separator: ", ")) in \(ExpressionPrinter.value(loop.values)) {")
      write(loop.body)
      line("}")
    case .conditional(let conditional):
      write(conditional)
    case .assertion(let assertion):
      let message = assertion.message.map { ", " + ExpressionPrinter.expression($0) } ?? ""
      line("assert " + ExpressionPrinter.expression(assertion.condition) + message)
    case .timed(let timed):
      let first = lines.count
      write(timed)
      let indentation = String(repeating: Self.indentation, count: depth)
      lines[first] = indentation + "time " + lines[first].dropFirst(indentation.count)
    case .expression(let expression):
      line(ExpressionPrinter.sequence(expression))
    }
  }

  private mutating func write(_ conditional: Conditional) {
    for (index, branch) in conditional.branches.enumerated() {
      let opening = index == 0 ? "if " : "} else if "
      line(opening + ExpressionPrinter.expression(branch.condition) + " {")
      write(branch.body)
    }
    if let otherwise = conditional.otherwise {
      line("} else {")
      write(otherwise)
    }
    line("}")
  }

  private mutating func write(_ text: String, with block: Block?) {
    guard let block else { return line(text) }
    line(text + " {")
    write(block)
    line("}")
  }

  private mutating func write(_ block: Block) {
    depth += 1
    for statement in block.statements { write(statement) }
    depth -= 1
  }

  private mutating func line(_ text: String) {
    lines.append(String(repeating: Self.indentation, count: depth) + text)
  }

  private static func text(of binding: Binding) -> String {
    switch binding.value {
    case .command(let call): text(of: call)
    case .expression(let value):
      binding.keyword == .let
        ? ExpressionPrinter.sequence(value) : ExpressionPrinter.value(value)
    }
  }

  private static func text(of call: CommandCall) -> String {
    if let tail = call.tail { return text(ofTail: tail, name: call.name.text) }
    var arguments: [String] = []
    for argument in call.arguments.reversed() {
      let isBeforeBy = arguments.last?.hasPrefix("by") == true
      let value = ExpressionPrinter.argument(argument.value, isBeforeBy: isBeforeBy)
      arguments.append((argument.name.map { $0.text + "=" } ?? "") + value)
    }
    return ([call.name.text] + arguments.reversed()).joined(separator: " ")
  }

  /// Returns the plain form if it means the same, otherwise the tail as one quoted string.
  private static func text(ofTail tail: Template, name: String) -> String {
    if tail.parts.isEmpty { return name }
    let plain = name + " " + ExpressionPrinter.rawText(of: tail)
    let source = Source(name: "", text: plain)
    let result = Parser.parse(source, rawTailCommands: [name])
    if result.diagnostics.isEmpty, result.script.statements.count == 1,
      case .command(let call) = result.script.statements[0].kind, call.tail == tail
    {
      return plain
    }
    return name + " " + ExpressionPrinter.quoted(tail)
  }
}
