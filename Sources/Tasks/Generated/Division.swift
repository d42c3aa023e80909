import Tensors

/// Division of binary numbers with remainder: `div`.
///
/// k = (requested − 1) div 2 digits each, least significant first: the dividend in symbols 1 and 2, then 12, then the
/// divisor in symbols 3 and 4. The target is the quotient in 1 and 2, then 5, then the remainder in 3 and 4. All
/// dividends are equally frequent. Divisors of all sizes occur (inferred from the samples): b is uniform in 1 … k,
/// the divisor uniform in 1 … 2^b − 1.
package struct Division: GeneratedTask {
  package let name = "div"
  package let summary = "divide a binary number by another, with remainder"
  package let inputSymbols = 13
  package let outputSymbols = 6
  package let sampleQuestion = "17 / 5"
  package let details = """
    Numbers are binary, least significant digit first, all with equally many digits: the dividend in symbols \
    1 and 2, then 12, then the divisor in 3 and 4. The output is the quotient in 1 and 2, then 5, then the \
    remainder in 3 and 4. Divisors of few and of many digits are equally frequent. `try` takes decimal \
    numbers; `17 / 5 in 8 bits` says how many digits the network sees.
    """

  private static let division: Int32 = 12
  private static let end: Int32 = 5
  private static let upper = Digits(base: .binary)
  private static let lower = Digits(base: .binary, zero: 3)

  package init() {}

  package func inputLength(requesting length: Int) -> Int? {
    length < 3 ? nil : 2 * ((length - 1) / 2) + 1
  }

  package func distinctInputs(length: Int) -> Double {
    let numbers = manyAtMost(2, power: length / 2)
    return numbers * (numbers - 1)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let count = length / 2
    let dividend = random.symbols(count, bits: 1)
    let bits = random.index(below: count) + 1
    var divisor: [Int32]
    repeat {
      divisor = random.symbols(bits, bits: 1)
    } while !divisor.contains(2)
    return joined(dividend, Self.upper.padded(divisor, to: count))
  }

  /// Returns the input of two numbers with equally many digits, both in the symbols 1 and 2.
  func joined(_ dividend: [Int32], _ divisor: [Int32]) -> [Int32] {
    dividend + [Self.division] + divisor.map { $0 + 2 }
  }

  /// Returns the product of two numbers in the symbols 1 and 2, padded with zeros to `count` digits.
  func product(_ first: [Int32], _ second: [Int32], _ count: Int) -> [Int32] {
    let product = BigNumber(first[...], Self.upper) * BigNumber(second[...], Self.upper)
    return Self.upper.padded(product.symbols(Self.upper), to: count)
  }

  package func target(of input: [Int32]) -> [Int32] {
    let count = input.count / 2
    let (quotient, remainder) = BigNumber(input[..<count], Self.upper)
      .quotientAndRemainder(dividingBy: BigNumber(input[(count + 1)...], Self.lower))
    return Self.upper.padded(quotient.symbols(Self.upper), to: count) + [Self.end]
      + Self.lower.padded(remainder.symbols(Self.lower), to: count)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write two decimal numbers, as in `try \(sampleQuestion)`"
    let (first, rest) = try operands(of: text, around: "/", called: "quotient", remedy: remedy)
    let words = rest.split(whereSeparator: \.isWhitespace)
    var second = rest
    var wanted: Int?
    if let place = words.firstIndex(of: "in") {
      guard words.count == place + 3, ["bit", "bits"].contains(words[place + 2]),
        let bits = Int(words[place + 1]), bits > 0, bits <= SymbolData.largestLength
      else {
        throw QuestionError("`\(text)` has a number of bits that is not clear", remedy: remedy)
      }
      wanted = bits
      second = rest[..<words[place].startIndex]
    }
    let decimal = Digits(base: .decimal)
    let dividend = BigNumber(
      try decimal.symbols(of: first, in: text, remedy: remedy)[...],
      decimal
    )
    let divisor = BigNumber(
      try decimal.symbols(of: second, in: text, remedy: remedy)[...],
      decimal
    )
    guard !divisor.isZero else {
      throw QuestionError("nothing can be divided by 0", remedy: remedy)
    }
    let (upper, lower) = (dividend.symbols(Self.upper), divisor.symbols(Self.lower))
    let needed = max(upper.count, lower.count)
    let count = wanted ?? needed
    guard count >= needed else {
      throw QuestionError("these numbers do not fit \(count) bits", remedy: "they need \(needed)")
    }
    return Self.upper.padded(upper, to: count) + [Self.division]
      + Self.lower.padded(lower, to: count)
  }

  package func question(_ input: [Int32]) -> String {
    let count = input.count / 2
    let dividend = BigNumber(input[..<count], Self.upper).text(base: 10)
    let divisor = BigNumber(input[(count + 1)...], Self.lower).text(base: 10)
    let short = "\(dividend) / \(divisor)"
    let isWhole = input[count - 1] == 2 || input.last == 4 || count == 1
    return isWhole ? short : "\(short) in \(count) bits"
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    if symbols.isEmpty { return "(nothing)" }
    guard let middle = symbols.firstIndex(of: Self.end) else {
      return Self.upper.text(symbols) + " without remainder mark"
    }
    return "\(Self.number(symbols[..<middle], Self.upper)) remainder "
      + Self.number(symbols[(middle + 1)...], Self.lower)
  }

  package func inputName(_ symbol: Int32) -> String {
    switch symbol {
    case Self.division: "/"
    case 3...4: Self.lower.name(symbol)
    default: Self.upper.name(symbol)
    }
  }

  /// Returns 0 and 1 for digits of the quotient, `|` for the mark after it, r0 and r1 for digits of the remainder.
  package func outputName(_ symbol: Int32) -> String {
    switch symbol {
    case Self.end: "|"
    case 3...4: "r" + Self.lower.name(symbol)
    default: Self.upper.name(symbol)
    }
  }

  /// Returns a decimal number, or binary digits with `?` if not all symbols are digits.
  private static func number(_ symbols: ArraySlice<Int32>, _ digits: Digits) -> String {
    let text = digits.text(symbols)
    return text.isEmpty
      ? "?" : text.contains("?") ? text : BigNumber(text: text, base: 2).text(base: 10)
  }
}
