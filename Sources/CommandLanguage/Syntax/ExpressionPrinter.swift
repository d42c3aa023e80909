/// Writes expressions with as few parentheses as they need.
enum ExpressionPrinter {
  /// Writes an expression in which arithmetic is allowed but lists and ranges need parentheses.
  static func expression(_ node: ValueExpression) -> String { operand(node, atLeast: .or) }

  /// Writes an expression in which lists and ranges need no parentheses either.
  static func sequence(_ node: ValueExpression) -> String {
    switch node.kind {
    case .list(let elements) where !elements.isEmpty:
      let texts = elements.map { element(of: $0, isArgument: false) }
      return texts.joined(separator: ", ") + (texts.count == 1 ? "," : "")
    case .range(let range):
      return text(of: range)
    default:
      return expression(node)
    }
  }

  /// Writes the value of `for` or `param`, which starts with a word or is a sequence.
  static func value(_ node: ValueExpression) -> String {
    switch node.kind {
    case .word: return argument(node)
    case .list(let elements):
      if case .word = elements.first?.kind { return argument(node) }
      return sequence(node)
    default: return sequence(node)
    }
  }

  /// Writes the value of an argument, without spaces outside parentheses except around `by`.
  ///
  /// With `isBeforeBy` the next argument is the word `by`, which must not become the step of a range.
  static func argument(_ node: ValueExpression, isBeforeBy: Bool = false) -> String {
    switch node.kind {
    case .list(let elements) where !elements.isEmpty:
      let texts = elements.map { element(of: $0, isArgument: true) }
      let endsOpen = isBeforeBy && elements.last.map(isRangeWithoutStep) == true
      return texts.joined(separator: ",") + (texts.count == 1 || endsOpen ? "," : "")
    default:
      return isBeforeBy && isRangeWithoutStep(node)
        ? parenthesized(node) : element(of: node, isArgument: true)
    }
  }

  private static func isRangeWithoutStep(_ node: ValueExpression) -> Bool {
    guard case .range(let range) = node.kind else { return false }
    return range.step == nil
  }

  private static func element(of node: ValueExpression, isArgument: Bool) -> String {
    switch node.kind {
    case .range(let range): text(of: range)
    case .list: parenthesized(node)
    case .unary, .binary, .call: isArgument ? parenthesized(node) : expression(node)
    default: expression(node)
    }
  }

  private static func parenthesized(_ node: ValueExpression) -> String { "(\(sequence(node)))" }

  private static func text(of range: RangeExpression) -> String {
    let bounds = bound(range.first) + ".." + bound(range.last)
    switch range.step {
    case nil: return bounds
    case .add(let step): return "\(bounds) by \(bound(step))"
    case .multiply(let step): return "\(bounds) by *\(bound(step))"
    }
  }

  private static func bound(_ node: ValueExpression) -> String {
    switch node.kind {
    case .number, .reference: expression(node)
    default: parenthesized(node)
    }
  }

  private static func precedence(of node: ValueExpression) -> Precedence {
    switch node.kind {
    case .unary(let operation, _): operation.precedence
    case .binary(let operation, _, _): operation.precedence
    case .number(let literal): literal.spelling.hasPrefix("-") ? .sign : .operand
    default: .operand
    }
  }

  private static func operand(_ node: ValueExpression, atLeast minimum: Precedence) -> String {
    if precedence(of: node) < minimum { return parenthesized(node) }
    switch node.kind {
    case .number(let literal): return literal.spelling
    case .boolean(let value): return value ? "true" : "false"
    case .word(let template): return word(template)
    case .string(let template): return quoted(template)
    case .reference(let reference): return text(of: reference)
    case .list(let elements): return elements.isEmpty ? "()" : parenthesized(node)
    case .range: return parenthesized(node)
    case .comprehension(let comprehension): return "(\(text(of: comprehension)))"
    case .unary(let operation, let value):
      let space = operation == .not ? " " : ""
      return operation.rawValue + space + operand(value, atLeast: operation.precedence)
    case .binary(let operation, let left, let right):
      let minimum = operation.isComparison ? operation.precedence.next : operation.precedence
      let leftMinimum = operation == .power ? Precedence.operand : minimum
      return operand(left, atLeast: leftMinimum) + " \(operation.rawValue) "
        + operand(right, atLeast: operation.rightPrecedence)
    case .call(let function, let arguments):
      if arguments.count == 1, arguments[0].name == nil,
        case .comprehension(let comprehension) = arguments[0].value.kind,
        !comprehension.element.isSequence
      {
        return function.rawValue + "(" + text(of: comprehension) + ")"
      }
      let texts = arguments.map { argument in
        (argument.name.map { $0.text + "=" } ?? "") + expression(argument.value)
      }
      return function.rawValue + "(" + texts.joined(separator: ", ") + ")"
    }
  }

  private static func text(of comprehension: Comprehension) -> String {
    let names = comprehension.names.map(\.text).joined(separator: ", ")
    let condition = comprehension.condition.map { " if " + expression($0) } ?? ""
    return "\(sequence(comprehension.element)) for \(names) in "
      + sequence(comprehension.values) + condition
  }

  static func text(of reference: VariableReference) -> String {
    reference.layout == nil ? "$" + path(of: reference) : braced(reference)
  }

  private static func braced(_ reference: VariableReference) -> String {
    "${" + path(of: reference) + (reference.layout?.spelling ?? "") + "}"
  }

  private static func path(of reference: VariableReference) -> String {
    reference.path.reduce(reference.name.text) { text, step in
      switch step {
      case .field(let name): text + "." + name.text
      case .index(let index): text + "[" + sequence(index) + "]"
      }
    }
  }

  // MARK: Templates

  static func word(_ template: Template) -> String { text(of: template) { $0 } }

  static func quoted(_ template: Template) -> String {
    "\"" + text(of: template, escape: escapedForQuotes) + "\""
  }

  static func rawText(of template: Template) -> String {
    text(of: template) { escapedDollars($0) }
  }

  private static func text(of template: Template, escape: (String) -> String) -> String {
    var result = ""
    for (index, part) in template.parts.enumerated() {
      switch part {
      case .text(let text):
        result += escape(text)
      case .reference(let reference):
        let isClear =
          reference.path.isEmpty && reference.layout == nil
          && endsName(template.parts.dropFirst(index + 1).first)
        result += isClear ? "$" + reference.name.text : braced(reference)
      }
    }
    return result
  }

  /// Returns true if a name directly before a part ends there without braces around it.
  private static func endsName(_ next: Template.Part?) -> Bool {
    guard case .text(let text) = next, let scalar = text.unicodeScalars.first else { return true }
    let isNamePart = scalar == "_" || !scalar.isASCII || scalar.properties.isAlphabetic
    return !isNamePart && !("0"..."9").contains(scalar) && scalar != "." && scalar != "["
  }

  private static func escapedForQuotes(_ text: String) -> String {
    replacing(in: text) { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\t": "\\t"
      case "\"", "\\", "$": "\\" + String(scalar)
      default: nil
      }
    }
  }

  private static func escapedDollars(_ text: String) -> String {
    replacing(in: text) { $0 == "$" ? "\\$" : nil }
  }

  private static func replacing(
    in text: String,
    by escape: (Unicode.Scalar) -> String?
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let replacement = escape(scalar) {
        result.append(contentsOf: replacement.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension ValueExpression {
  /// True if the expression needs parentheses as one of several values.
  fileprivate var isSequence: Bool {
    switch kind {
    case .list, .range: true
    default: false
    }
  }
}
