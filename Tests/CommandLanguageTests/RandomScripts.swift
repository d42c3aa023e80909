@testable import CommandLanguage

/// A small generator (SplitMix64) whose numbers are the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Makes random syntax trees that a parser can give.
struct RandomScripts {
  var random: SeededGenerator
  private let nowhere = SourceRange(0, 0)

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func script() -> [Statement] { statements(depth: 0) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func several<Element>(
    _ range: ClosedRange<Int>,
    _ make: (inout RandomScripts) -> Element
  ) -> [Element] {
    (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
  }

  // MARK: Statements

  private mutating func statements(depth: Int) -> [Statement] {
    several(0...(depth == 0 ? 5 : 2)) { $0.statement(depth: depth) }
  }

  private mutating func statement(depth: Int) -> Statement {
    Statement(kind: kind(depth: depth), range: nowhere)
  }

  private mutating func kind(depth: Int) -> Statement.Kind {
    switch Int.random(in: 0..<(depth < 4 ? 14 : 8), using: &random) {
    case 0...2: return .command(command(depth: depth))
    case 3:
      let value = Binding.Value.command(command(depth: depth))
      return .binding(Binding(keyword: .let, name: name(), value: value))
    case 4:
      return .binding(Binding(keyword: .let, name: name(), value: .expression(sequence(depth: 0))))
    case 5:
      return .binding(Binding(keyword: .param, name: name(), value: .expression(spacedValue())))
    case 6:
      let message = chance(40) ? expression(depth: 2) : nil
      return .assertion(Assertion(condition: expression(depth: 0), message: message))
    case 7: return .expression(sequence(depth: 0))
    case 8, 9:
      let (variable, index) = loopNames()
      return .loop(
        Loop(variable: variable, index: index, values: spacedValue(), body: block(depth: depth))
      )
    case 10: return .timed(statement(depth: depth + 1))
    case 11: return .definition(definition(depth: depth))
    default:
      let branches = several(1...3) { random in
        Conditional.Branch(
          condition: random.expression(depth: 1),
          body: random.block(depth: depth)
        )
      }
      let otherwise = chance(50) ? block(depth: depth) : nil
      return .conditional(Conditional(branches: branches, otherwise: otherwise))
    }
  }

  private mutating func block(depth: Int) -> Block {
    Block(statements: statements(depth: depth + 1), range: nowhere)
  }

  private mutating func command(depth: Int) -> CommandCall {
    if chance(25) {
      let tail = chance(15) ? template([]) : rawTail()
      return call("say", arguments: [], tail: tail)
    }
    let arguments = several(0...4) { random in
      CommandCall.Argument(
        name: random.chance(40) ? random.identifier(["b", "color", "learning-rate", "x_1"]) : nil,
        value: random.argument()
      )
    }
    return call(
      pick(["echo", "train", "show-all", "größe", "x2"]),
      arguments: arguments,
      tail: nil,
      block: depth < 4 && chance(20) ? block(depth: depth) : nil
    )
  }

  private mutating func definition(depth: Int) -> StatementDefinition {
    let names = ["a", "steps", "r_2", "é"].prefix(Int.random(in: 0...4, using: &random))
    let required = Int.random(in: 0...names.count, using: &random)
    return StatementDefinition(
      name: identifier(["measure", "try-it", "größe"]),
      parameters: names.enumerated().map { place, name in
        .init(
          name: Identifier(text: name, range: nowhere),
          fallback: place < required ? nil : expression(depth: 2)
        )
      },
      body: block(depth: depth)
    )
  }

  private func call(
    _ name: String,
    arguments: [CommandCall.Argument],
    tail: Template?,
    block: Block? = nil
  ) -> CommandCall {
    let name = Identifier(text: name, range: nowhere)
    return CommandCall(name: name, arguments: arguments, tail: tail, block: block, range: nowhere)
  }

  private mutating func identifier(_ names: [String]) -> Identifier {
    Identifier(text: pick(names), range: nowhere)
  }

  private mutating func name() -> Identifier { identifier(["a", "steps", "r_2", "é", "in", "by"]) }

  // MARK: Values

  private func node(_ kind: ValueExpression.Kind) -> ValueExpression {
    ValueExpression(kind: kind, range: nowhere)
  }

  private mutating func argument() -> ValueExpression {
    chance(25) ? node(.list(several(1...4) { $0.argumentElement() })) : argumentElement()
  }

  private mutating func argumentElement() -> ValueExpression {
    switch Int.random(in: 0..<8, using: &random) {
    case 0...2: word()
    case 3: number(signed: true)
    case 4: node(.range(range()))
    case 5: sequence(depth: 1)
    default: operand(depth: 2)
    }
  }

  /// The value of `param` or `for`.
  private mutating func spacedValue() -> ValueExpression {
    guard chance(50) else { return sequence(depth: 0) }
    let first = node(.word(template([.text(pick(["badd", "../x.png", "a-b", "*", "/tmp"]))])))
    guard chance(50) else { return first }
    return node(.list([first] + several(0...3) { $0.argumentElement() }))
  }

  private mutating func sequence(depth: Int) -> ValueExpression {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      return node(
        .list(
          several(0...3) {
            $0.chance(20) ? $0.node(.range($0.range())) : $0.expression(depth: depth + 1)
          }
        )
      )
    case 2: return node(.range(range()))
    default: return expression(depth: depth)
    }
  }

  private mutating func range() -> RangeExpression {
    var step: RangeExpression.Step?
    if chance(50) { step = chance(50) ? .add(operand(depth: 3)) : .multiply(operand(depth: 3)) }
    return RangeExpression(first: operand(depth: 3), last: operand(depth: 3), step: step)
  }

  private mutating func expression(depth: Int) -> ValueExpression {
    if depth > 4 { return operand(depth: depth) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0...3:
      let operation = pick(BinaryOperator.allCases)
      return node(.binary(operation, expression(depth: depth + 1), expression(depth: depth + 1)))
    case 4:
      let value = expression(depth: depth + 1)
      if case .number(let literal) = value.kind, !literal.spelling.hasPrefix("-") {
        return node(.unary(.not, value))
      }
      return node(.unary(pick([.negate, .not]), value))
    case 5:
      let function = pick(BuiltinFunction.allCases)
      let count = function.valueCount.clamped(to: 1...3)
      let names = ["maps", "loss", "größe"]
      let values = several(count) { $0.expression(depth: depth + 1) }
      let arguments = values.enumerated().map { place, value in
        let isNamed = function.takesNames && chance(50)
        let name = isNamed ? Identifier(text: names[place], range: nowhere) : nil
        return CommandCall.Argument(name: name, value: value)
      }
      return node(.call(function, arguments))
    default: return operand(depth: depth)
    }
  }

  private mutating func loopNames() -> (Identifier, index: Identifier?) {
    let (variable, index) = (name(), name())
    return (variable, chance(30) && index != variable ? index : nil)
  }

  private mutating func comprehension(depth: Int) -> ValueExpression {
    let (variable, index) = loopNames()
    return node(
      .comprehension(
        Comprehension(
          element: sequence(depth: depth),
          variable: variable,
          index: index,
          values: sequence(depth: depth),
          condition: chance(40) ? expression(depth: depth) : nil,
          words: []
        )
      )
    )
  }

  private mutating func operand(depth: Int) -> ValueExpression {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return number(signed: false)
    case 1: return node(.boolean(chance(50)))
    case 2: return node(.string(string()))
    case 3 where depth < 4: return expression(depth: depth + 1)
    case 4 where depth < 4:
      return chance(25) ? comprehension(depth: depth + 1) : sequence(depth: depth + 1)
    default: return node(.reference(reference(depth: depth)))
    }
  }

  private mutating func number(signed: Bool) -> ValueExpression {
    let positive = ["0", "5", "64k", "1e-3", ".5", "2Mi", "007", "1.25"]
    var cursor = Cursor(Array(pick(signed ? positive + ["-4", "-2.5e3"] : positive).utf8))
    guard let literal = cursor.takeNumber(signed: true) else { return node(.boolean(false)) }
    return node(.number(literal))
  }

  private mutating func reference(depth: Int) -> VariableReference {
    let path: [VariableReference.Step] = several(0...(depth < 4 ? 2 : 0)) { random in
      if random.chance(50) { return .field(random.identifier(["x", "accuracy"])) }
      if random.chance(30) { return .index(random.node(.word(random.template([.text("b-1")])))) }
      return .index(random.expression(depth: depth + 2))
    }
    let width = pick([0, 8, 200])
    let layout =
      chance(15) ? ValueLayout(width, width > 0 && chance(50), pick([0, 3, 15])) : nil
    return VariableReference(name: name(), path: path, layout: layout, range: nowhere)
  }

  // MARK: Templates

  private func template(_ parts: [Template.Part]) -> Template {
    Template(parts: parts, range: nowhere)
  }

  /// Parts from pieces, with neighbouring texts joined.
  private mutating func parts(
    _ count: ClosedRange<Int>,
    _ texts: [String]
  ) -> [Template.Part] {
    let pieces: [Template.Part] = several(count) { random in
      random.chance(30)
        ? .reference(random.reference(depth: 3)) : .text(random.pick(texts))
    }
    return pieces.reduce(into: []) { parts, piece in
      if case .text(let new) = piece, case .text(let old)? = parts.last {
        parts[parts.count - 1] = .text(old + new)
      } else {
        parts.append(piece)
      }
    }
  }

  private mutating func word() -> ValueExpression {
    let texts = ["x", "-a", "/b", ".png", "2x", "~", "é", "_", "#1", "[", ":"].filter { $0 != "[" }
    let start = Template.Part.text(pick(["w", "./", "p-", "über", "@", "1x"]))
    let rest = parts(0...3, texts)
    guard case .text(let first)? = rest.first else { return node(.word(template([start] + rest))) }
    guard case .text(let text) = start else { return node(.boolean(true)) }
    return node(.word(template([.text(text + first)] + rest.dropFirst())))
  }

  private mutating func string() -> Template {
    let texts = [
      "a", " ", "\"", "\\", "$", "\n", "\t", "{", "}", ";", " # ", "é", "'", "${", ".x", "[1]",
    ]
    return template(parts(0...4, texts))
  }

  /// A tail without blanks at its ends.
  private mutating func rawTail() -> Template {
    let texts = ["a", " b", "\"", "\\", "$", "{", "}", " ; c", " #d", "'", "=", "é", ".x", "[1]"]
    let parts = parts(1...5, texts)
    if case .text(let text)? = parts.first, text.hasPrefix(" ") { return template([.text("a")]) }
    return template(parts)
  }
}
