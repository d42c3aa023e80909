/// Evaluates expressions; has no side effects.
struct ExpressionEvaluator {
  let source: Source
  let variables: VariableTable
  /// The names that enclosing comprehensions set, innermost last.
  private var locals: [(name: String, value: Value)] = []
  /// Polled between the values of a comprehension; evaluation stops as soon as it returns true.
  private let isStopped: () -> Bool

  init(
    source: Source,
    variables: VariableTable,
    isStopped: @escaping () -> Bool = { false }
  ) {
    self.source = source
    self.variables = variables
    self.isStopped = isStopped
  }

  func evaluate(_ node: ValueExpression) throws(Diagnostic) -> Value {
    switch node.kind {
    case .number(let literal): return .number(literal.value)
    case .boolean(let value): return .boolean(value)
    case .word(let template), .string(let template): return .text(try text(of: template))
    case .reference(let reference): return try value(of: reference)
    case .list(let elements): return try list(of: elements, at: node.range)
    case .range(let range): return try numbers(of: range, at: node.range)
    case .unary(let operation, let operand): return try apply(operation, to: operand)
    case .binary(let operation, let left, let right):
      return try apply(operation, to: left, right, at: node.range)
    case .comprehension(let comprehension): return try list(of: comprehension, at: node.range)
    case .call(let function, let arguments):
      var values: [TableFunctions.Argument] = []
      for argument in arguments {
        values.append((argument.name?.text, try evaluate(argument.value)))
      }
      return try located(at: node.range) { () throws(LanguageError) in
        let value = try Arithmetic.call(function, on: values, text: source.text(in: node.range))
        if function.takesNames { try ValueSize.check(value) }
        return value
      }
    }
  }

  /// Runs `body`, and attaches a range to an error of the language.
  func located<Result>(
    at range: SourceRange,
    _ body: () throws(LanguageError) -> Result
  ) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch {
      throw Diagnostic(error, source: source, range: range)
    }
  }

  // MARK: Variables and text

  private func value(of reference: VariableReference) throws(Diagnostic) -> Value {
    let name = reference.name.text
    guard var value = locals.last(where: { $0.name == name })?.value ?? variables[name] else {
      let error = LanguageError.unknownVariable(
        name: reference.name.text,
        known: variables.names
      )
      throw Diagnostic(error, source: source, range: reference.range)
    }
    var end = reference.name.range.upper
    for step in reference.path {
      let owner = "$" + source.text(in: SourceRange(reference.name.range.lower, end))
      switch step {
      case .field(let name):
        let whole = value
        value = try located(at: name.range) { () throws(LanguageError) in
          try whole.field(name.text, of: owner)
        }
        end = name.range.upper
      case .index(let index):
        let whole = value
        let key = try evaluate(index)
        value = try located(at: index.range) { () throws(LanguageError) in
          try whole.element(at: key, of: owner)
        }
        end = index.range.upper + 1
      }
    }
    guard let layout = reference.layout else { return value }
    return try located(at: reference.range) { () throws(LanguageError) in
      .text(try layout.text(of: value))
    }
  }

  func text(of template: Template) throws(Diagnostic) -> String {
    if let constant = template.constant { return constant }
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let piece):
        text += piece
      case .reference(let reference):
        let value = try value(of: reference)
        try located(at: reference.range) { () throws(LanguageError) in
          if value == .nothing {
            throw .nothingInText(owner: source.text(in: reference.range))
          }
          try ValueSize.check(value)
        }
        text += value.inlineDescription
      }
      try located(at: template.range) { () throws(LanguageError) in
        try ValueSize.check(.text(text))
      }
    }
    return text
  }

  // MARK: Lists

  /// Returns the elements; nested lists contribute their own, so that lists are flat.
  private func list(
    of nodes: [ValueExpression],
    at range: SourceRange
  ) throws(Diagnostic) -> Value {
    var elements: [Value] = []
    for node in nodes {
      if case .list(let inner) = try appended(node, to: &elements) { elements += inner }
      try located(at: range) { () throws(LanguageError) in
        if elements.count > RangeExpansion.limit { throw .valueTooLarge }
      }
    }
    try located(at: range) { () throws(LanguageError) in try ValueSize.check(.list(elements)) }
    return .list(elements)
  }

  /// Returns the results of the element for each value, or for those that meet the condition.
  private func list(
    of comprehension: Comprehension,
    at range: SourceRange
  ) throws(Diagnostic) -> Value {
    let values = try evaluate(comprehension.values)
    guard let sources = values.elements ?? values.single else {
      let error = LanguageError.notALoopValue(kind: values.kindName)
      throw Diagnostic(error, source: source, range: comprehension.values.range)
    }
    var inner = self
    let first = locals.count
    inner.locals += comprehension.names.map { ($0.text, .nothing) }
    var elements: [Value] = []
    for (place, value) in sources.enumerated() {
      if isStopped() { throw Diagnostic(.stopped, source: source, range: range) }
      inner.locals[first].value = value
      if comprehension.index != nil { inner.locals[first + 1].value = .number(Double(place)) }
      if let condition = comprehension.condition, try !inner.condition(condition) { continue }
      if case .list(let own) = try inner.appended(comprehension.element, to: &elements) {
        elements += own
      }
      try located(at: range) { () throws(LanguageError) in
        if elements.count > RangeExpansion.limit { throw .valueTooLarge }
      }
    }
    try located(at: range) { () throws(LanguageError) in try ValueSize.check(.list(elements)) }
    return .list(elements)
  }

  private func appended(
    _ node: ValueExpression,
    to elements: inout [Value]
  ) throws(Diagnostic) -> Value {
    let value = try evaluate(node)
    if case .list = value { return value }
    elements.append(value)
    return value
  }

  private func numbers(
    of range: RangeExpression,
    at place: SourceRange
  ) throws(Diagnostic) -> Value {
    let first = try number(range.first)
    let last = try number(range.last)
    let numbers: [Double]
    switch range.step {
    case .multiply(let node):
      let factor = try number(node)
      numbers = try located(at: place) { () throws(LanguageError) in
        try RangeExpansion.numbers(from: first, through: last, times: factor)
      }
    case .add(let node):
      let step = try number(node)
      numbers = try located(at: place) { () throws(LanguageError) in
        try RangeExpansion.numbers(from: first, through: last, by: step)
      }
    case nil:
      numbers = try located(at: place) { () throws(LanguageError) in
        try RangeExpansion.numbers(from: first, through: last, by: 1)
      }
    }
    return .numbers(numbers)
  }

  private func number(_ node: ValueExpression) throws(Diagnostic) -> Double {
    let value = try evaluate(node)
    guard case .number(let number) = value, number.isFinite else {
      let error = LanguageError.notANumber(found: value.briefDescription)
      throw Diagnostic(error, source: source, range: node.range)
    }
    return number
  }

  // MARK: Operators

  /// Returns the value of a condition.
  func condition(_ node: ValueExpression) throws(Diagnostic) -> Bool {
    let value = try evaluate(node)
    guard case .boolean(let flag) = value else {
      let error = LanguageError.conditionNotBoolean(found: value.briefDescription)
      throw Diagnostic(error, source: source, range: node.range)
    }
    return flag
  }

  private func apply(
    _ operation: UnaryOperator,
    to node: ValueExpression
  ) throws(Diagnostic) -> Value {
    switch operation {
    case .not: return .boolean(try !condition(node))
    case .negate:
      let value = try evaluate(node)
      guard case .number(let number) = value else {
        let error = LanguageError.notANumber(found: value.briefDescription)
        throw Diagnostic(error, source: source, range: node.range)
      }
      return .number(-number)
    }
  }

  private func apply(
    _ operation: BinaryOperator,
    to left: ValueExpression,
    _ right: ValueExpression,
    at range: SourceRange
  ) throws(Diagnostic) -> Value {
    switch operation {
    case .and: return .boolean(try condition(left) ? condition(right) : false)
    case .or: return .boolean(try condition(left) ? true : condition(right))
    default:
      let first = try evaluate(left)
      let second = try evaluate(right)
      return try located(at: range) { () throws(LanguageError) in
        try Arithmetic.apply(operation, to: first, second, text: source.text(in: range))
      }
    }
  }
}
