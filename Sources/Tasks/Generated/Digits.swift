/// The base of the numbers of a task.
package enum NumberBase: Int, Sendable {
  case binary = 2
  case quaternary = 4
  case decimal = 10

  /// The first letter of the task names in the reference code.
  var prefix: String {
    switch self {
    case .binary: "b"
    case .quaternary: "q"
    case .decimal: ""
    }
  }

  /// The name of its digits.
  var digitName: String {
    switch self {
    case .binary: "binary digit"
    case .quaternary: "digit from 0 to 3"
    case .decimal: "digit"
    }
  }

  /// The adjective for its numbers.
  var adjective: String {
    switch self {
    case .binary: "binary"
    case .quaternary: "base-4"
    case .decimal: "decimal"
    }
  }
}

/// Conversion between numbers and symbols, least significant digit first: digit d is the symbol d + `zero`.
struct Digits {
  let base: NumberBase
  var zero: Int32 = 1

  private static let ascii0 = UInt8(ascii: "0")

  /// Returns the number, most significant digit first; `?` for a symbol that is not a digit.
  func text(_ symbols: ArraySlice<Int32>) -> String {
    let largest = Int32(base.rawValue)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(symbols.count)
    for symbol in symbols.reversed() {
      let digit = symbol - zero
      let isDigit = digit >= 0 && digit < largest
      bytes.append(isDigit ? Self.ascii0 + UInt8(digit) : UInt8(ascii: "?"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the name of a symbol: its digit, `_` for the blank, `?` for others.
  func name(_ symbol: Int32) -> String { symbol == 0 ? "_" : text([symbol]) }

  /// Returns the symbols of a number that is written most significant digit first; white space between digits is ignored.
  ///
  /// - Throws: `QuestionError` for other characters, or if there are no digits.
  func symbols(
    of text: Substring,
    in question: String,
    remedy: String
  ) throws(QuestionError) -> [Int32] {
    var symbols: [Int32] = []
    for character in text where !character.isWhitespace {
      guard character.isASCII, let digit = character.wholeNumberValue, digit < base.rawValue else {
        throw QuestionError("`\(character)` is not a \(base.digitName)", remedy: remedy)
      }
      symbols.append(Int32(digit) + zero)
    }
    guard !symbols.isEmpty else {
      throw QuestionError("a number is missing in `\(question)`", remedy: remedy)
    }
    return symbols.reversed()
  }

  /// Pads a number to a number of digits with zeros at its upper end.
  func padded(_ symbols: [Int32], to count: Int) -> [Int32] {
    symbols + [Int32](repeating: zero, count: max(0, count - symbols.count))
  }
}

/// Returns the operands at both sides of a sign in a question.
func operands(
  of text: String,
  around sign: Character,
  called name: String,
  remedy: String
) throws(QuestionError) -> (Substring, Substring) {
  let parts = text.split(separator: sign, omittingEmptySubsequences: false)
  guard parts.count == 2 else {
    throw QuestionError("`\(text)` is not a \(name) of two numbers", remedy: remedy)
  }
  return (parts[0], parts[1])
}
