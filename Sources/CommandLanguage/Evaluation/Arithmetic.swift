import Numerics

/// The computations of operators and functions.
enum Arithmetic {
  /// Applies an operator; `text` is the expression, for messages.
  static func apply(
    _ operation: BinaryOperator,
    to left: Value,
    _ right: Value,
    text: @autoclosure () -> String
  ) throws(LanguageError) -> Value {
    if operation.isComparison { return .boolean(try compare(operation, left, right)) }
    if operation == .add, let joined = joinedText(left, right) {
      try ValueSize.check(.text(joined))
      return .text(joined)
    }
    guard case .number(let a) = left, case .number(let b) = right else {
      throw wrongOperands(operation, left, right)
    }
    let result: Double
    switch operation {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a * b
    case .divide, .remainder:
      if b == 0 { throw .divisionByZero }
      result = operation == .divide ? a / b : remainder(a, b)
    case .power: result = Real.pow(a, b)
    default: throw wrongOperands(operation, left, right)
    }
    return .number(try finite(result, from: [a, b], text: text()))
  }

  /// Applies a function; `text` is the call, for messages.
  static func call(
    _ function: BuiltinFunction,
    on arguments: [TableFunctions.Argument],
    text: @autoclosure () -> String
  ) throws(LanguageError) -> Value {
    let values = arguments.map(\.value)
    switch function {
    case .record: return try TableFunctions.record(arguments)
    case .table: return try TableFunctions.table(arguments)
    case .group:
      guard let table = values[0].rows else {
        throw .wrongOperands(operation: "group", kinds: [values[0].kindName])
      }
      return try TableFunctions.grouped(table, by: Array(values.dropFirst()))
    case .names: return .texts(try names(of: values[0]))
    case .sort where values[0].isTable:
      return try TableFunctions.sorted(values[0].rows ?? Table(), by: Array(values.dropFirst()))
    case .length: return .number(Double(try length(of: values[0])))
    case .sort: return .list(try sorted(values.flatMap { $0.elements ?? [$0] }))
    case .min, .max, .sum, .mean, .std, .median:
      let operands = try samples(in: values)
      let result = try Statistics.value(of: function, operands)
      return .number(try finite(result, from: operands, text: text()))
    case .percentile:
      let operands = try samples(in: [values[0]])
      let share = try numbers(in: [values[1]])[0]
      return .number(try Statistics.percentile(share, of: operands))
    case .round where values.count == 2:
      let operands = try numbers(in: values)
      guard let digits = Int(exactly: operands[1]), (0...15).contains(digits) else {
        throw .notANumberOfDigits(found: values[1].briefDescription)
      }
      return .number(rounded(operands[0], digits: digits))
    default:
      let number = try numbers(in: values)[0]
      return .number(try finite(apply(function, to: number), from: [number], text: text()))
    }
  }

  private static func apply(_ function: BuiltinFunction, to number: Double) -> Double {
    switch function {
    case .abs: Swift.abs(number)
    case .round: number.rounded()
    case .floor: number.rounded(.down)
    case .ceil: number.rounded(.up)
    case .sqrt: number.squareRoot()
    case .log2: Real.log2(number)
    case .log: Real.log(number)
    case .exp: Real.exp(number)
    case .min, .max, .sum, .mean, .std, .median, .percentile, .sort, .length, .record, .table,
      .group,
      .names:
      number
    }
  }

  /// Rounds a number to `digits` digits after the point, halves away from zero.
  private static func rounded(_ number: Double, digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = number * scale
    // A number this large has no further digits.
    return scaled.isFinite && Swift.abs(scaled) < 0x1p52 ? scaled.rounded() / scale : number
  }

  /// Returns numbers or texts in ascending order.
  private static func sorted(_ values: [Value]) throws(LanguageError) -> [Value] {
    if case .text = values.first {
      var texts: [String] = []
      for value in values {
        guard case .text(let text) = value else {
          throw .wrongOperands(operation: "sort", kinds: ["a text", value.kindName])
        }
        texts.append(text)
      }
      return texts.sorted().map { .text($0) }
    }
    return try numbers(in: values).sorted().map { .number($0) }
  }

  // MARK: Parts

  private static func compare(
    _ operation: BinaryOperator,
    _ left: Value,
    _ right: Value
  ) throws(LanguageError) -> Bool {
    guard left.kindName == right.kindName else { throw wrongOperands(operation, left, right) }
    switch (operation, left, right) {
    case (.equal, _, _): return left == right
    case (.unequal, _, _): return left != right
    case (_, .number(let a), .number(let b)): return isOrdered(operation, a, b)
    case (_, .text(let a), .text(let b)): return isOrdered(operation, a, b)
    default: throw wrongOperands(operation, left, right)
    }
  }

  private static func isOrdered<T: Comparable>(_ operation: BinaryOperator, _ a: T, _ b: T) -> Bool
  {
    switch operation {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    default: a >= b
    }
  }

  private static func joinedText(_ left: Value, _ right: Value) -> String? {
    switch (left, right) {
    case (.text(let a), .text(let b)): a + b
    case (.text(let a), .number): a + right.description
    case (.number, .text(let b)): left.description + b
    default: nil
    }
  }

  /// Returns the remainder with the sign of the divisor.
  private static func remainder(_ a: Double, _ b: Double) -> Double {
    let rest = a.truncatingRemainder(dividingBy: b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  private static func length(of value: Value) throws(LanguageError) -> Int {
    switch value {
    case .list(let elements): return elements.count
    case .table(let table): return table.count
    case .labelled(let labelled): return labelled.entries.count
    case .record(let record): return record.fields.count
    case .text(let text): return text.count
    default: throw .wrongOperands(operation: "length", kinds: [value.kindName])
    }
  }

  private static func names(of value: Value) throws(LanguageError) -> [String] {
    if case .record(let record) = value, !value.isTable { return record.names }
    guard let table = value.rows, value.isTable else {
      throw .wrongOperands(operation: "names", kinds: [value.kindName])
    }
    return table.names
  }

  private static func numbers(in values: [Value]) throws(LanguageError) -> [Double] {
    var numbers: [Double] = []
    for value in values {
      guard case .number(let number) = value else {
        throw .notANumber(found: value.briefDescription)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Returns the numbers among the values and the elements of lists, without empty cells.
  private static func samples(in values: [Value]) throws(LanguageError) -> [Double] {
    var samples: [Double] = []
    for value in values {
      let elements = value.elements ?? [value]
      samples.reserveCapacity(samples.count + elements.count)
      for element in elements {
        switch element {
        case .number(let number): samples.append(number)
        case .nothing: continue
        default: throw .notANumber(found: element.briefDescription)
        }
      }
    }
    return samples
  }

  /// Returns a result; throws an error if it is not finite although all operands are.
  private static func finite(
    _ result: Double,
    from operands: [Double],
    text: @autoclosure () -> String
  ) throws(LanguageError) -> Double {
    if !result.isFinite, operands.allSatisfy(\.isFinite) { throw .notFinite(text: text()) }
    return result
  }

  private static func wrongOperands(
    _ operation: BinaryOperator,
    _ left: Value,
    _ right: Value
  ) -> LanguageError {
    .wrongOperands(operation: operation.rawValue, kinds: [left.kindName, right.kindName])
  }
}
