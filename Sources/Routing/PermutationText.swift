/// A permutation as users write it.
package enum PermutationText: Hashable, Sendable {
  /// `3 1 0 2`: the target of the element at each place.
  case targets([Int])
  /// `(0 3)(1 2)`: each element goes to the place of the next one in its brackets, the last to that of the first.
  case cycles([[Int]])
  /// The words of the other forms.
  case identity
  case reverse
  case shuffle
  case bitReversal
  case rotate(Int)
  case random

  /// The words for permutations of any length.
  package static let words = [
    "identity", "reverse", "shuffle", "bitreversal", "rotate", "random",
  ]

  /// The default number of elements.
  package static let usualCount = 8

  /// The largest number of elements that is routed.
  package static let largestCount = 1 << 22

  /// Reads a text without options.
  ///
  /// - Throws: `PermutationError` if it has none of the forms; the numbers are checked once the length is known.
  package init(_ text: String) throws(PermutationError) {
    if text.contains(where: { "()".contains($0) }) {
      self = .cycles(try Self.cycles(in: text))
      return
    }
    let words = text.split { $0.isWhitespace || ",[]".contains($0) }.map(String.init)
    guard let first = words.first else { throw .empty }
    if Int(first) != nil || first.first?.isNumber == true {
      var targets: [Int] = []
      for word in words { targets.append(try Self.number(word)) }
      self = .targets(targets)
      return
    }
    var rest = words.dropFirst()
    switch first {
    case "identity": self = .identity
    case "reverse": self = .reverse
    case "shuffle": self = .shuffle
    case "bitreversal": self = .bitReversal
    case "random": self = .random
    case "rotate":
      guard let word = rest.popFirst() else { throw .noSteps }
      self = .rotate(try Self.number(word))
    default: throw .unknownWord(first)
    }
    if let more = rest.first { throw .tooMuch(more, behind: first) }
  }

  private static func number(_ word: String) throws(PermutationError) -> Int {
    guard let number = Int(word) else { throw .notANumber(word) }
    return number
  }

  private static func cycles(in text: String) throws(PermutationError) -> [[Int]] {
    var cycles: [[Int]] = []
    var rest = text[...]
    while let start = rest.first(where: { !$0.isWhitespace }) {
      guard start == "(", let open = rest.firstIndex(of: "("),
        let close = rest.firstIndex(of: ")")
      else { throw .brackets }
      var cycle: [Int] = []
      for word in rest[rest.index(after: open)..<close].split(whereSeparator: {
        $0.isWhitespace || $0 == ","
      }) {
        cycle.append(try number(String(word)))
      }
      cycles.append(cycle)
      rest = rest[rest.index(after: close)...]
    }
    return cycles
  }

  // MARK: The permutation

  /// Returns the permutation.
  ///
  /// - Parameters:
  ///   - count: the number of elements; nil for as many as the numbers imply, or 8.
  ///   - isPadded: true to pad to the next power of two with elements that stay in their places.
  ///   - generator: the random source of `random`.
  /// - Returns: a permutation of 2^b elements, b ≥ 1.
  package func permutation(
    count: Int? = nil,
    isPadded: Bool = false,
    using generator: inout some RandomNumberGenerator
  ) throws(PermutationError) -> Permutation {
    if let count, !(2...Self.largestCount).contains(count) { throw .badCount(count) }
    let permutation: Permutation
    switch self {
    case .targets(let targets):
      if let count, count != targets.count { throw .otherCount(count, numbers: targets.count) }
      permutation = try Self.checked(targets)
    case .cycles(let cycles): permutation = try Self.permutation(of: cycles, count: count)
    case .shuffle, .bitReversal:
      let count = count ?? Self.usualCount
      guard count.nonzeroBitCount == 1 else { throw .needsPowerOfTwo(count) }
      let levels = count.trailingZeroBitCount
      permutation = self == .shuffle ? .shuffle(levels: levels) : .bitReversal(levels: levels)
    case .identity: permutation = .identity(count ?? Self.usualCount)
    case .reverse: permutation = .reversal(count ?? Self.usualCount)
    case .rotate(let steps):
      let count = count ?? Self.usualCount
      permutation = .rotation(count, by: steps % count)
    case .random: permutation = .random(count ?? Self.usualCount, using: &generator)
    }
    guard permutation.count < 2 || permutation.count.nonzeroBitCount > 1 else { return permutation }
    let padded = permutation.padded
    guard isPadded else { throw .notPowerOfTwo(permutation.count, padded: padded) }
    return padded
  }

  private static func checked(_ targets: [Int]) throws(PermutationError) -> Permutation {
    guard targets.count <= largestCount else { throw .badCount(targets.count) }
    if let permutation = Permutation(targets) { return permutation }
    var counts = [Int](repeating: 0, count: targets.count)
    for target in targets where targets.indices.contains(target) { counts[target] += 1 }
    let missing = counts.indices.filter { counts[$0] == 0 }
    if let outside = targets.first(where: { !targets.indices.contains($0) }) {
      let isFromOne = Permutation(targets.map { $0 &- 1 }) != nil
      throw .outside(outside, count: targets.count, isFromOne: isFromOne, missing: missing)
    }
    throw .twice(counts.indices.filter { counts[$0] > 1 }, missing: missing)
  }

  private static func permutation(
    of cycles: [[Int]],
    count: Int?
  ) throws(PermutationError) -> Permutation {
    let numbers = cycles.joined()
    let largest = numbers.max() ?? 0
    if let negative = numbers.first(where: { $0 < 0 }) {
      throw .outside(negative, count: count ?? usualCount, isFromOne: false, missing: [])
    }
    guard largest < largestCount else { throw .badCount(largest) }
    var next = numbers.isEmpty ? usualCount : 2
    while next <= largest { next *= 2 }
    let count = count ?? next
    guard largest < count else {
      throw .outside(largest, count: count, isFromOne: false, missing: [])
    }
    var targets = Array(0..<count)
    var isTaken = [Bool](repeating: false, count: count)
    for cycle in cycles {
      for (place, element) in cycle.enumerated() {
        guard !isTaken[element] else { throw .twiceInCycles(element) }
        isTaken[element] = true
        targets[element] = cycle[(place + 1) % cycle.count]
      }
    }
    return Permutation(trusted: targets)
  }
}

extension Permutation {
  /// The permutation padded to a power of two, at least 2, with elements that stay in their places.
  package var padded: Permutation {
    var next = 2
    while next < count { next *= 2 }
    return Permutation(trusted: targets + Array(count..<next))
  }
}
