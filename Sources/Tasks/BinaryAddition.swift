import Tensors

/// Addition of two binary numbers of equally many digits.
///
/// Input: the digits of the first number, least significant first, digit d as symbol d + 1, then 11, then
/// the second number. Target: the sum likewise without leading zeros (0 is one digit).
package struct BinaryAddition: GeneratedTask {
  private static let plus: Int32 = 11

  package let name = "badd"
  package let summary = "add two binary numbers"
  package let inputSymbols = 13
  package let outputSymbols = 4
  package let sampleQuestion = "1011 + 110"

  package init() {}

  package func inputLength(requesting length: Int) -> Int? {
    length < 3 ? nil : 2 * ((length - 1) / 2) + 1
  }

  package func distinctInputs(length: Int) -> Double {
    Double(sign: .plus, exponent: min(length - 1, 1000), significand: 1)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    var input = (0..<length).map { _ in Int32(random.next32() & 1) + 1 }
    input[length / 2] = Self.plus
    return input
  }

  package func target(of input: [Int32]) -> [Int32] {
    let digits = input.count / 2
    var sum: [Int32] = []
    var carry: Int32 = 0
    for i in 0..<digits {
      let total = input[i] - 1 + input[digits + 1 + i] - 1 + carry
      sum.append(total & 1)
      carry = total >> 1
    }
    sum.append(carry)
    while sum.count > 1, sum.last == 0 { sum.removeLast() }
    return sum.map { $0 + 1 }
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write two binary numbers, as in `try \(sampleQuestion)`"
    let parts = text.split(separator: "+", omittingEmptySubsequences: false).map {
      $0.filter { !$0.isWhitespace }
    }
    guard parts.count == 2 else {
      throw QuestionError("`\(text)` is not a sum of two numbers", remedy: remedy)
    }
    for part in parts {
      if part.isEmpty { throw QuestionError("a number is missing in `\(text)`", remedy: remedy) }
      if let odd = part.first(where: { $0 != "0" && $0 != "1" }) {
        throw QuestionError("`\(odd)` is not a binary digit", remedy: remedy)
      }
    }
    let digits = max(parts[0].count, parts[1].count)
    func symbols(_ number: String) -> [Int32] {
      let bits: [Int32] = number.reversed().map { $0 == "1" ? 2 : 1 }
      return bits + Array(repeating: 1, count: digits - bits.count)
    }
    return symbols(parts[0]) + [Self.plus] + symbols(parts[1])
  }

  package func question(_ input: [Int32]) -> String {
    input.split(separator: Self.plus).map { digits in
      digits.reversed().map { $0 == 2 ? "1" : "0" }.joined()
    }.joined(separator: " + ")
  }

  /// The number, most significant digit first; `?` where the output has a symbol that is no digit.
  package func answer(_ output: [Int32]) -> String {
    let digits = trimmed(output).reversed().map { $0 == 1 ? "0" : $0 == 2 ? "1" : "?" }
    return digits.isEmpty ? "(nothing)" : digits.joined()
  }
}
