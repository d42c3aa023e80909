/// The precedence of operators, weakest first.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, sign, power, operand

  static func < (first: Precedence, second: Precedence) -> Bool {
    first.rawValue < second.rawValue
  }

  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .operand }
}

/// The prefix operators.
package enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not

  var precedence: Precedence { self == .not ? .not : .sign }
}

/// The binary operators.
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

  /// The lowest precedence that the right operand may have.
  var rightPrecedence: Precedence { self == .power ? .sign : precedence.next }
}

/// The functions of expressions.
package enum BuiltinFunction: String, Sendable, CaseIterable {
  case min, max, sum, mean, std, median, percentile, sort
  case abs, round, floor, ceil, sqrt, log2, log, exp, length
  case record, table, group, names

  /// The number of values that the function takes.
  package var valueCount: ClosedRange<Int> {
    switch self {
    case .min, .max, .sum, .mean, .std, .median, .sort: 1...Int.max
    case .record, .table: 0...Int.max
    case .group: 2...Int.max
    case .percentile: 2...2
    case .round: 1...2
    case .abs, .floor, .ceil, .sqrt, .log2, .log, .exp, .length, .names: 1...1
    }
  }

  /// True if the values of the function may have names.
  package var takesNames: Bool { self == .record || self == .table }

  /// A description of what the function computes.
  package var summary: String {
    switch self {
    case .min: "the smallest of its values; lists count as their elements, empty cells do not"
    case .max: "the largest of its values; lists count as their elements"
    case .sum: "the sum of its values; lists count as their elements"
    case .mean: "the mean of its values; lists count as their elements"
    case .std: "the standard deviation of a sample, n - 1 in the denominator; of two values or more"
    case .median: "the value in the middle, or the mean of the two in the middle"
    case .percentile:
      "the value that b percent of the list a lie below, between its elements in proportion"
    case .sort:
      """
      the list of its values, all numbers or all texts, in ascending order; of a table its rows in the order of the \
      columns that are named, descending where the name begins with a minus
      """
    case .abs: "the absolute value"
    case .round:
      "the nearest number with b digits after the point, 0 without b; halves away from zero"
    case .floor: "the next whole number down"
    case .ceil: "the next whole number up"
    case .sqrt: "the square root"
    case .log2: "the logarithm to base 2"
    case .log: "the natural logarithm"
    case .exp: "the exponential"
    case .length:
      "how many elements a list, rows a table, fields a record or characters a text has"
    case .record: "a record of the fields of records, and then of named values"
    case .table:
      """
      a table of the rows of tables, records and lists of records, and then of named columns: lists of one length, or one \
      value for all rows
      """
    case .group:
      """
      a row for each combination of values in the columns that are named: how many rows of the table have it, and \
      the mean and standard deviation of every other column of numbers but `seed`
      """
    case .names: "the list of the columns of a table, or the fields of a record"
    }
  }
}

/// The words that start a statement other than a command.
package enum Keyword: String, Sendable, CaseIterable {
  case `let`, param, `for`, `if`, `else`, assert, time, def
}

/// The words that have a meaning of their own in expressions and cannot name variables.
package enum ReservedWord: String, Sendable, CaseIterable {
  case `true`, `false`, not, and, or
}
