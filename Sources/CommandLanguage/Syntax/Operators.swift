/// How strongly operators bind, weakest first.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, sign, power, operand

  static func < (first: Precedence, second: Precedence) -> Bool {
    first.rawValue < second.rawValue
  }

  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .operand }
}

/// The operators before an operand.
package enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not

  var precedence: Precedence { self == .not ? .not : .sign }
}

/// The operators between two operands.
package enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case unequal = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"

  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .unequal, .lessOrEqual, .greaterOrEqual, .less, .greater: .comparison
    case .add, .subtract: .sum
    case .multiply, .divide, .remainder: .product
    case .power: .power
    }
  }

  var isComparison: Bool { precedence == .comparison }

  /// What the right operand must bind at least as strongly as.
  var rightPrecedence: Precedence { self == .power ? .sign : precedence.next }
}

/// The functions of expressions.
package enum BuiltinFunction: String, Sendable, CaseIterable {
  case min, max, abs, round, floor, ceil, sqrt, log2, log, exp, length

  /// Whether it takes one value or more instead of exactly one.
  package var takesMany: Bool { self == .min || self == .max }

  /// What it computes.
  package var summary: String {
    switch self {
    case .min: "the smallest of its values; lists count as their elements"
    case .max: "the largest of its values; lists count as their elements"
    case .abs: "the absolute value"
    case .round: "the nearest whole number, halves away from zero"
    case .floor: "the next whole number down"
    case .ceil: "the next whole number up"
    case .sqrt: "the square root"
    case .log2: "the logarithm to base 2"
    case .log: "the natural logarithm"
    case .exp: "the exponential"
    case .length: "how many elements a list or fields a record has, or characters a text"
    }
  }
}

/// The words that start a statement other than a command.
package enum Keyword: String, Sendable, CaseIterable {
  case `let`, param, `for`, `if`, `else`, assert, time
}

/// The words that have a meaning of their own in expressions, so that no variable is called so.
package enum ReservedWord: String, Sendable, CaseIterable {
  case `true`, `false`, not, and, or
}
