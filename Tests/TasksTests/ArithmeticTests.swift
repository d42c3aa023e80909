import Tensors
import Testing

@testable import Tasks

/// Arithmetic on digits, least significant first, as it is done by hand.
private enum ByHand {
  static func product(_ a: [Int], _ b: [Int], base: Int) -> [Int] {
    var digits = [Int](repeating: 0, count: a.count + b.count)
    for (i, x) in a.enumerated() {
      var carry = 0
      for j in 0..<(digits.count - i) {
        let value = digits[i + j] + carry + (j < b.count ? x * b[j] : 0)
        digits[i + j] = value % base
        carry = value / base
      }
    }
    return digits
  }

  static func sum(_ a: [Int], _ b: [Int], base: Int) -> [Int] {
    var carry = 0
    let digits = zip(a, b).map { x, y in
      let value = x + y + carry
      carry = value / base
      return value % base
    }
    return digits + [carry]
  }
}

@Suite struct ArithmeticTests {
  private func digits(_ symbols: ArraySlice<Int32>, zero: Int32 = 1) -> [Int] {
    symbols.map { Int($0 - zero) }
  }

  private func trimmed(_ digits: [Int]) -> [Int] {
    let last = digits.lastIndex { $0 != 0 } ?? 0
    return Array(digits[...last])
  }

  @Test(
    "sums and products are those of arithmetic by hand",
    arguments: [NumberBase.binary, .quaternary, .decimal],
    [3, 8, 65, 300]
  )
  func operations(base: NumberBase, request: Int) throws {
    var random = RandomSource(seed: 6).stream(.testData, UInt64(request))
    for _ in 0..<4 {
      for isSum in [true, false] {
        let task: any DigitOperation = isSum ? Addition(base) : Multiplication(base)
        let length = try #require(task.inputLength(requesting: request))
        let input = task.input(length: length, using: &random)
        #expect(input[length / 2] == task.separator)
        let (a, b) = (digits(input[..<(length / 2)]), digits(input[(length / 2 + 1)...]))
        let result =
          isSum
          ? ByHand.sum(a, b, base: base.rawValue) : ByHand.product(a, b, base: base.rawValue)
        let expected = isSum || base == .decimal ? trimmed(result) : result + [0]
        #expect(digits(task.target(of: input)[...]) == expected)
      }
    }
  }

  @Test("products have 2^14 symbols, and a residue of both sides agrees")
  func longProducts() throws {
    var random = RandomSource(seed: 7).stream(.testData)
    for base in [NumberBase.binary, .quaternary, .decimal] {
      let task = Multiplication(base)
      let length = try #require(task.inputLength(requesting: 1 << 14))
      let input = task.input(length: length, using: &random)
      let product = digits(task.target(of: input)[...])
      for modulus in [1_000_003, 998_244_353] {
        func residue(_ digits: [Int]) -> Int {
          digits.reversed().reduce(0) { ($0 * base.rawValue + $1) % modulus }
        }
        let (a, b) = (digits(input[..<(length / 2)]), digits(input[(length / 2 + 1)...]))
        #expect(residue(product) == residue(a) * residue(b) % modulus)
      }
    }
  }

  @Test("quotient times divisor and remainder is the dividend", arguments: [3, 9, 64, 1 << 14])
  func division(request: Int) throws {
    let task = Division()
    var random = RandomSource(seed: 8).stream(.testData, UInt64(request))
    let length = try #require(task.inputLength(requesting: request))
    let count = length / 2
    for _ in 0..<(request > 100 ? 2 : 30) {
      let input = task.input(length: length, using: &random)
      let target = task.target(of: input)
      #expect(target.count == length && target[count] == 5)
      #expect(input[(count + 1)...].allSatisfy { $0 == 3 || $0 == 4 })
      let parts = [
        digits(input[..<count]), digits(input[(count + 1)...], zero: 3),
        digits(target[..<count]), digits(target[(count + 1)...], zero: 3),
      ]
      for modulus in [1_000_003, 998_244_353] {
        let residues = parts.map { $0.reversed().reduce(0) { ($0 * 2 + $1) % modulus } }
        #expect((residues[2] * residues[1] + residues[3]) % modulus == residues[0])
      }
      let isSmaller = parts[3].reversed().lexicographicallyPrecedes(parts[1].reversed())
      #expect(isSmaller, "the remainder is smaller than the divisor")
    }
  }

  @Test("coded products are those of arithmetic by hand")
  func coded() throws {
    let task = CodedMultiplication()
    var random = RandomSource(seed: 9).stream(.testData)
    for request in [9, 17, 64, 200] {
      let length = try #require(task.inputLength(requesting: request))
      let input = task.input(length: length, using: &random)
      func decimal(_ symbols: ArraySlice<Int32>) -> [Int] {
        stride(from: symbols.startIndex, to: symbols.endIndex, by: 4).map { i in
          (0..<3).reduce(8 * Int(symbols[i + 3] - 3)) { $0 + Int(symbols[i + $1] - 1) << $1 }
        }
      }
      let (a, b) = (decimal(input[..<(length / 2)]), decimal(input[(length / 2 + 1)...]))
      #expect(decimal(task.target(of: input)[...]) == ByHand.product(a, b, base: 10))
    }
  }
}
