/// The reason why a text or a length gives no permutation that can be routed.
package enum PermutationError: Error, Hashable, Sendable {
  case empty
  case unknownWord(String)
  case notANumber(String)
  case noSteps
  case tooMuch(String, behind: String)
  case brackets
  /// Numbers that occur more than once, and those that are missing.
  case twice([Int], missing: [Int])
  case twiceInCycles(Int)
  /// A number that is not a place, whether the numbers count from one, and the places that are missing.
  case outside(Int, count: Int, isFromOne: Bool, missing: [Int])
  case otherCount(Int, numbers: Int)
  case badCount(Int)
  case needsPowerOfTwo(Int)
  case notPowerOfTwo(Int, padded: Permutation)

  /// The problem.
  package var message: String {
    switch self {
    case .empty: "no permutation is given"
    case .unknownWord(let word): "`\(word)` is no permutation"
    case .notANumber(let word): "`\(word)` is no whole number"
    case .noSteps: "`rotate` needs the number of places that elements move up"
    case .tooMuch(let word, let first): "`\(word)` cannot stand behind `\(first)`"
    case .brackets: "the brackets of the cycles are not closed"
    case .twice(let numbers, let missing):
      "this is not a permutation: \(Self.listing(numbers)) \(numbers.count == 1 ? "is" : "are") there "
        + "more than once, \(Self.listing(missing)) \(missing.count == 1 ? "is" : "are") missing"
    case .twiceInCycles(let number): "\(number) stands in the cycles twice"
    case .outside(let number, let count, _, let missing):
      "this is not a permutation: \(number) is no place of \(count) elements, 0 to \(count - 1)"
        + (missing.isEmpty
          ? "" : "; \(Self.listing(missing)) \(missing.count == 1 ? "is" : "are") missing")
    case .otherCount(let count, let numbers): "n=\(count), but these are \(numbers) numbers"
    case .badCount(let count):
      count < 2
        ? "\(count) elements cannot be rearranged"
        : "\(count) elements are too many, the limit is \(PermutationText.largestCount)"
    case .needsPowerOfTwo(let count): "\(count) is not a power of two"
    case .notPowerOfTwo(let count, _):
      "\(count) elements: a network of switches for two needs a power of two"
    }
  }

  /// The remedy.
  package var remedy: String {
    switch self {
    case .empty, .unknownWord, .notANumber, .brackets:
      "write where each element goes (3 1 0 2), cycles ((0 3)(1 2)), or one of "
        + "\(PermutationText.words.joined(separator: ", "))"
    case .noSteps: "for example `rotate 3`"
    case .tooMuch(_, let first): "`\(first)` stands alone, with options such as n=16 behind it"
    case .twice, .twiceInCycles: "name each place from 0 on once"
    case .outside(_, _, let isFromOne, _):
      isFromOne
        ? "places are counted from 0: take 1 off each number" : "name each place from 0 on once"
    case .otherCount: "leave n= out, the numbers say how many elements there are"
    case .badCount: "choose from 2 to \(PermutationText.largestCount) elements"
    case .needsPowerOfTwo: "choose n=2, 4, 8, 16, …"
    case .notPowerOfTwo(_, let padded):
      "pad=true adds elements that stay in their places, up to \(padded.count)"
        + (padded.count <= 32
          ? ": " + padded.targets.map(String.init).joined(separator: " ") : "")
    }
  }

  /// Returns the first of some numbers, and how many more there are.
  private static func listing(_ numbers: [Int]) -> String {
    let shown = numbers.prefix(6).map(String.init)
    if numbers.count > 6 { return shown.joined(separator: ", ") + " and \(numbers.count - 6) more" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "none" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}
