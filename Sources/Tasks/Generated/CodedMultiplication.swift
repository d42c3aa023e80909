import Tensors

/// Multiplication of decimal numbers with binary-coded digits: `mulbcd`.
///
/// k = (requested − 1) div 8 digits each, least significant first. A digit is four symbols: its bits, lowest first,
/// as bit + 1, the last as bit + 3; 12 separates the numbers. The product has 2k digits. All digits are equally
/// frequent.
package struct CodedMultiplication: GeneratedTask {
  package let name = "mulbcd"
  package let summary = "multiply two decimal numbers whose digits are coded in binary"
  package let inputSymbols = 13
  package let outputSymbols = 5
  package let sampleQuestion = "13 * 11"
  package let usualBins = [16, 32, 64]
  package let details = """
    Numbers are written least significant digit first; a digit is four symbols, its bits from the lowest on, \
    0 as 1 and 1 as 2, in the last of the four 0 as 3 and 1 as 4. 12 stands between the numbers. Both have \
    equally many digits, all digits equally frequent. The product has twice as many.
    """

  private static let separator: Int32 = 12
  private static let decimal = Digits(base: .decimal)

  package init() {}

  package func inputLength(requesting length: Int) -> Int? {
    length < 9 ? nil : 8 * ((length - 1) / 8) + 1
  }

  package func distinctInputs(length: Int) -> Double { manyAtMost(100, power: length / 8) }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let digits = random.symbols(length / 4, upTo: 10)
    return joined(Array(digits[..<(length / 8)]), Array(digits[(length / 8)...]))
  }

  /// Returns the input of two numbers with equally many digits, digit d as d + 1.
  func joined(_ first: [Int32], _ second: [Int32]) -> [Int32] {
    coded(first[...]) + [Self.separator] + coded(second[...])
  }

  package func target(of input: [Int32]) -> [Int32] {
    let middle = input.count / 2
    let product =
      BigNumber(decoded(input[..<middle])[...], Self.decimal)
      * BigNumber(decoded(input[(middle + 1)...])[...], Self.decimal)
    let digits = Self.decimal.padded(product.symbols(Self.decimal), to: input.count / 4)
    return coded(digits[...])
  }

  /// Returns four symbols for each decimal digit.
  private func coded(_ digits: ArraySlice<Int32>) -> [Int32] {
    var symbols: [Int32] = []
    symbols.reserveCapacity(4 * digits.count)
    for symbol in digits {
      let digit = symbol - Self.decimal.zero
      for bit in 0..<4 as Range<Int32> {
        symbols.append((digit >> bit & 1) + (bit == 3 ? 3 : 1))
      }
    }
    return symbols
  }

  /// Returns the decimal digits; 0, which is not a digit, where the symbols encode none.
  private func decoded(_ symbols: ArraySlice<Int32>) -> [Int32] {
    stride(from: symbols.startIndex, to: symbols.endIndex, by: 4).map { first in
      var digit: Int32 = 0
      for bit in 0..<4 {
        guard first + bit < symbols.endIndex else { return 0 }
        let value = symbols[first + bit] - (bit == 3 ? 3 : 1)
        guard value == 0 || value == 1 else { return 0 }
        digit |= value << Int32(bit)
      }
      return digit < 10 ? digit + Self.decimal.zero : 0
    }
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write two decimal numbers, as in `try \(sampleQuestion)`"
    let (first, second) = try operands(of: text, around: "*", called: "product", remedy: remedy)
    let left = try Self.decimal.symbols(of: first, in: text, remedy: remedy)
    let right = try Self.decimal.symbols(of: second, in: text, remedy: remedy)
    let count = max(left.count, right.count)
    return joined(Self.decimal.padded(left, to: count), Self.decimal.padded(right, to: count))
  }

  package func question(_ input: [Int32]) -> String {
    input.split(separator: Self.separator)
      .map { Self.decimal.text(decoded($0)[...]) }.joined(separator: " * ")
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : Self.decimal.text(decoded(symbols)[...])
  }

  package func inputName(_ symbol: Int32) -> String {
    symbol == Self.separator ? "*" : outputName(symbol)
  }

  /// Returns the name of a bit; that of a digit's last bit has a prime.
  package func outputName(_ symbol: Int32) -> String {
    switch symbol {
    case 0: "_"
    case 1...2: String(symbol - 1)
    case 3...4: "\(symbol - 3)'"
    default: "?"
    }
  }
}
