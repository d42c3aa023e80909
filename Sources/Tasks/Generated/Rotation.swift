import Tensors

/// Rotation of a binary number: `rol`.
///
/// The input has 2k − 1 symbols for k = requested div 2: a number of k bits, lowest first, bit b as b + 1, then the
/// rotation r < k in unary, r times 4, and 3 up to the end. The target is the number with each bit moved up by r
/// positions, wrapping around. All numbers are equally frequent, and so are all r in 0 … k − 1.
package struct Rotation: GeneratedTask {
  package let name = "rol"
  package let summary = "rotate the bits of a binary number to the left"
  package let inputSymbols = 5
  package let outputSymbols = 5
  package let sampleQuestion = "1011 <<< 2"
  package let details = """
    The number has its lowest bit first, 0 as 1 and 1 as 2. Behind it 4 stands once for each place to rotate \
    by, then 3 up to the end. All numbers and all rotations by less than the number of bits are equally \
    frequent.
    """

  private static let digits = Digits(base: .binary)
  private static let place: Int32 = 4
  private static let filler: Int32 = 3

  package init() {}

  package func inputLength(requesting length: Int) -> Int? {
    length < 2 ? nil : 2 * (length / 2) - 1
  }

  package func distinctInputs(length: Int) -> Double {
    manyAtMost(2, power: (length + 1) / 2, times: Double((length + 1) / 2))
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let bits = (length + 1) / 2
    let number = random.symbols(bits, bits: 1)
    return joined(number, places: random.index(below: bits))
  }

  /// Returns the input of a number that is rotated by fewer positions than it has bits.
  func joined(_ number: [Int32], places: Int) -> [Int32] {
    number + [Int32](repeating: Self.place, count: places)
      + [Int32](repeating: Self.filler, count: number.count - 1 - places)
  }

  package func target(of input: [Int32]) -> [Int32] {
    let bits = (input.count + 1) / 2
    let places = input[bits...].prefix { $0 == Self.place }.count
    return Array(input[(bits - places)..<bits] + input[..<(bits - places)])
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write a binary number and a number of places, as in `try \(sampleQuestion)`"
    let parts = text.split(separator: "<<<", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw QuestionError("`\(text)` is not a rotation", remedy: remedy)
    }
    let number = try Self.digits.symbols(of: parts[0], in: text, remedy: remedy)
    let words = parts[1].split(whereSeparator: \.isWhitespace)
    guard words.count == 1, let places = Int(words[0]), places >= 0 else {
      throw QuestionError("the number of places is missing in `\(text)`", remedy: remedy)
    }
    guard places < number.count else {
      throw QuestionError(
        "a number of \(number.count) bits is rotated by less than \(number.count) places",
        remedy: "write more bits, or fewer places"
      )
    }
    return joined(number, places: places)
  }

  package func question(_ input: [Int32]) -> String {
    let bits = (input.count + 1) / 2
    let places = input[bits...].prefix { $0 == Self.place }.count
    return "\(Self.digits.text(input[..<bits])) <<< \(places)"
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : Self.digits.text(symbols)
  }

  package var isWrittenBackwards: Bool { true }

  package func inputName(_ symbol: Int32) -> String {
    switch symbol {
    case Self.place: "<"
    case Self.filler: "-"
    default: Self.digits.name(symbol)
    }
  }

  package func outputName(_ symbol: Int32) -> String { Self.digits.name(symbol) }
}
