/// The reason why a value does not fit a parameter.
enum KindMismatch: Error {
  case expected(String, found: String, hint: String?)
  case notAChoice(found: String, choices: [String])
}

extension ParameterKind {
  /// Returns the value in the form that the kind prescribes.
  ///
  /// `spelling` is the original text of a number or a range of numbers, so that it can also serve as a text.
  ///
  /// - Throws: A description of the expected and the found value.
  func checked(_ value: Value, spelling: String? = nil) throws(KindMismatch) -> Value {
    switch self {
    case .value: return value
    case .table:
      guard let table = value.rows else { throw mismatch(value) }
      return .table(table)
    case .number, .integer, .powerOfTwo, .interval: return .number(try checkedNumber(value))
    case .boolean: return .boolean(try checkedBoolean(value))
    case .list(let kind): return .list(try checkedElements(of: value, as: kind, spelling: spelling))
    case .lengths(let bounds):
      return .list(try checkedElements(of: value, as: .integer(bounds), spelling: nil))
    default: return .text(try checkedText(value, spelling: spelling))
    }
  }

  private func mismatch(_ found: Value, hint: String? = nil) -> KindMismatch {
    .expected(expectation, found: found.briefDescription, hint: hint)
  }

  // MARK: Numbers

  private func checkedNumber(_ value: Value) throws(KindMismatch) -> Double {
    guard let number = Self.number(in: value) else {
      throw mismatch(value, hint: Self.rangeHint(value))
    }
    switch self {
    case .integer(let bounds), .interval(let bounds):
      guard Int(exactly: number) != nil, bounds.contains(number) else { throw mismatch(value) }
    case .powerOfTwo(let bounds):
      guard let whole = Int(exactly: number), whole > 0, whole & (whole - 1) == 0 else {
        throw mismatch(value, hint: Self.neighbours(of: number, in: bounds))
      }
      guard bounds.contains(number) else { throw mismatch(value) }
    case .number(let bounds):
      guard number.isFinite, bounds.contains(number) else { throw mismatch(value) }
    default: throw mismatch(value)
    }
    return number
  }

  /// Returns a hint on the notation of a range that was written with a minus, such as `8-64`.
  private static func rangeHint(_ value: Value) -> String? {
    guard case .text(let text) = value else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]) else { return nil }
    return "a range is written \(first)..\(last), or \(first)..\(last) by *2"
  }

  /// Returns a number, or the number that a text spells.
  private static func number(in value: Value) -> Double? {
    switch value {
    case .number(let number): return number
    case .text(let text):
      var cursor = Cursor(Array(text.utf8))
      let literal = cursor.takeNumber(signed: true)
      return cursor.isAtEnd ? literal?.value : nil
    default: return nil
    }
  }

  private static func neighbours(of number: Double, in bounds: NumericBounds) -> String? {
    guard number >= 1, number < 1e15 else { return nil }
    var below = 1.0
    while below * 2 < number { below *= 2 }
    let near = [below, below * 2].filter(bounds.contains).map(NumberFormat.short)
    switch near.count {
    case 2: return "the nearest powers of two are \(near[0]) and \(near[1])"
    case 1: return "the nearest power of two is \(near[0])"
    default: return nil
    }
  }

  // MARK: Other kinds

  private func checkedBoolean(_ value: Value) throws(KindMismatch) -> Bool {
    switch value {
    case .boolean(let flag): return flag
    case .text("on"), .text("yes"), .text("true"): return true
    case .text("off"), .text("no"), .text("false"): return false
    default: throw mismatch(value)
    }
  }

  private func checkedElements(
    of value: Value,
    as kind: ParameterKind,
    spelling: String?
  ) throws(KindMismatch) -> [Value] {
    var checked: [Value] = []
    for element in value.elements ?? [value] {
      checked.append(try kind.checked(element, spelling: value.elements == nil ? spelling : nil))
    }
    if checked.isEmpty { throw mismatch(value) }
    return checked
  }

  private func checkedText(_ value: Value, spelling: String?) throws(KindMismatch) -> String {
    let text: String
    switch value {
    case .text(let content): text = content
    case .number, .boolean: text = spelling ?? value.description
    case .list where self == .text && spelling != nil: text = spelling ?? ""
    default: throw mismatch(value)
    }
    switch self {
    case .word:
      if text.isEmpty || text.contains(where: \.isWhitespace) { throw mismatch(value) }
    case .name: if text.isEmpty { throw mismatch(value) }
    case .choice(let choices) where !choices.contains(text):
      throw .notAChoice(found: text, choices: choices)
    case .variableName:
      var cursor = Cursor(Array(text.utf8))
      if cursor.takeName() == nil || !cursor.isAtEnd { throw mismatch(value) }
    case .fileToRead, .directory:
      if text.isEmpty || text.contains("\0") { throw mismatch(value) }
    case .fileToWrite(let extensions):
      if text.isEmpty || text.contains("\0") { throw mismatch(value) }
      let lowered = text.lowercased()
      let hasExtension = extensions.contains { lowered.hasSuffix("." + $0.lowercased()) }
      if !extensions.isEmpty, !hasExtension { throw mismatch(value) }
    default: break
    }
    return text
  }
}
