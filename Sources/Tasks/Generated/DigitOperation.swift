import Tensors

/// An operation on two numbers with equally many digits.
///
/// The input has 2k + 1 symbols for k = (requested − 1) div 2: the digits of the first number, least significant
/// first, digit d as symbol d + 1, a separator, and the second number likewise. All digits are equally frequent, so a
/// number may have leading zeros.
package protocol DigitOperation: GeneratedTask {
  /// The base of the numbers.
  var base: NumberBase { get }
  /// The symbol between the numbers.
  var separator: Int32 { get }
  /// The operator sign between the numbers in questions.
  var sign: Character { get }
  /// The name of the result.
  var resultName: String { get }
}

extension DigitOperation {
  package var inputSymbols: Int { 13 }

  /// The number in the reference code for base 2 and 4; for base 10 the digits and the blank.
  package var outputSymbols: Int {
    switch base {
    case .binary: 4
    case .quaternary: 5
    case .decimal: 11
    }
  }

  var digits: Digits { Digits(base: base) }

  package func inputLength(requesting length: Int) -> Int? {
    length < 3 ? nil : 2 * ((length - 1) / 2) + 1
  }

  package func distinctInputs(length: Int) -> Double {
    manyAtMost(Double(base.rawValue), power: length - 1)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    // The symbol in the middle is drawn like the others and replaced.
    var input =
      base == .decimal
      ? random.symbols(length, upTo: 10)
      : random.symbols(length, bits: base.rawValue.trailingZeroBitCount)
    input[length / 2] = separator
    return input
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write two \(base.adjective) numbers, as in `try \(sampleQuestion)`"
    let (first, second) = try operands(of: text, around: sign, called: resultName, remedy: remedy)
    let left = try digits.symbols(of: first, in: text, remedy: remedy)
    let right = try digits.symbols(of: second, in: text, remedy: remedy)
    let count = max(left.count, right.count)
    return digits.padded(left, to: count) + [separator] + digits.padded(right, to: count)
  }

  package func question(_ input: [Int32]) -> String {
    input.split(separator: separator).map(digits.text).joined(separator: " \(sign) ")
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : digits.text(symbols)
  }

  package var isWrittenBackwards: Bool { true }

  package func inputName(_ symbol: Int32) -> String {
    symbol == separator ? String(sign) : digits.name(symbol)
  }

  package func outputName(_ symbol: Int32) -> String { digits.name(symbol) }
}

/// Addition: `badd`, `qadd` and `add`. The sum is written like the numbers, without leading zeros (0 is one digit).
package struct Addition: DigitOperation {
  package let base: NumberBase
  package let separator: Int32 = 11
  package let sign: Character = "+"
  package let resultName = "sum"

  package init(_ base: NumberBase) { self.base = base }

  package var name: String { base.prefix + "add" }
  package var summary: String { "add two \(base.adjective) numbers" }

  package var sampleQuestion: String {
    switch base {
    case .binary: "1011 + 110"
    case .quaternary: "1032 + 213"
    case .decimal: "407 + 95"
    }
  }

  package var details: String {
    """
    Numbers are written least significant digit first, digit d as symbol d + 1; 11 stands between them. \
    Both have equally many digits, all digits equally frequent. The sum has no zeros before it.
    """
  }

  package func target(of input: [Int32]) -> [Int32] {
    let count = input.count / 2
    let base = Int32(base.rawValue)
    return [Int32](unsafeUninitializedCapacity: count + 1) { sum, filled in
      input.withUnsafeBufferPointer { input in
        var carry: Int32 = 0
        var used = 1
        for i in 0..<count {
          var digit = input[i] + input[count + 1 + i] - 2 + carry
          carry = digit >= base ? 1 : 0
          digit -= carry * base
          sum[i] = digit + 1
          if digit > 0 { used = i + 1 }
        }
        sum[count] = carry + 1
        filled = carry > 0 ? count + 1 : used
      }
    }
  }
}

/// Multiplication: `bmul`, `qmul` and `mul`. Products in base 2 and 4 have 2k + 1 digits, as many as the input has
/// symbols; decimal ones have no leading zeros (0 is one digit).
package struct Multiplication: DigitOperation {
  package let base: NumberBase
  package let separator: Int32 = 12
  package let sign: Character = "*"
  package let resultName = "product"

  package init(_ base: NumberBase) { self.base = base }

  package var name: String { base.prefix + "mul" }
  package var summary: String { "multiply two \(base.adjective) numbers" }

  package var sampleQuestion: String {
    switch base {
    case .binary: "1101 * 1011"
    case .quaternary: "32 * 13"
    case .decimal: "13 * 11"
    }
  }

  package var details: String {
    """
    Numbers are written least significant digit first, digit d as symbol d + 1; 12 stands between them. \
    Both have equally many digits, all digits equally frequent. The product has \
    \(base == .decimal ? "no zeros before it" : "as many digits as the input has symbols").
    """
  }

  package func target(of input: [Int32]) -> [Int32] {
    let middle = input.count / 2
    let product =
      BigNumber(input[..<middle], digits) * BigNumber(input[(middle + 1)...], digits)
    let symbols = product.symbols(digits)
    return base == .decimal ? symbols : digits.padded(symbols, to: input.count)
  }
}
