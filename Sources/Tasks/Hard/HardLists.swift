import Tensors

/// Lists of symbols 1 … `largest` with patterns that users choose.
struct HardLists {
  let largest: Int

  /// Returns a list with one of the patterns.
  func any(_ count: Int, using random: inout RandomStream) -> [Int32] {
    switch random.index(below: 7) {
    case 0: equal(count, using: &random)
    case 1: exception(count, using: &random)
    case 2: ordered(count, using: &random)
    case 3: two(count, using: &random)
    case 4: runs(count, using: &random)
    case 5: repeated(count, using: &random)
    default: palindrome(count, using: &random)
    }
  }

  /// Returns a list of one symbol.
  func equal(_ count: Int, using random: inout RandomStream) -> [Int32] {
    [Int32](repeating: Int32(random.number(upTo: largest)), count: count)
  }

  /// Returns a list of one symbol, with another at one position.
  func exception(_ count: Int, using random: inout RandomStream) -> [Int32] {
    var list = equal(count, using: &random)
    guard !list.isEmpty else { return list }
    list[random.index(below: count)] = random.symbol(upTo: largest, not: list[0])
    return list
  }

  /// Returns a list in ascending or descending order, sometimes with two symbols exchanged.
  func ordered(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let drawn = random.symbols(count, upTo: largest)
    var list = sortedGroups(drawn, unit: 1, largest: largest)
    if random.coin() { list.reverse() }
    if count > 1, random.coin() {
      list.swapAt(random.index(below: count), random.index(below: count))
    }
    return list
  }

  /// Returns a list of two symbols.
  func two(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let first = Int32(random.number(upTo: largest))
    let second = random.symbol(upTo: largest, not: first)
    return random.symbols(count, upTo: 2).map { $0 == 1 ? first : second }
  }

  /// Returns a list in which each symbol occurs several times in a row.
  func runs(_ count: Int, using random: inout RandomStream) -> [Int32] {
    var list: [Int32] = []
    while list.count < count {
      let run = random.number(upTo: max(1, count / 2))
      list += [Int32](repeating: Int32(random.number(upTo: largest)), count: run)
    }
    return Array(list[..<count])
  }

  /// Returns a group of two to four symbols, repeated.
  func repeated(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let group = random.symbols(1 + random.number(upTo: 3), upTo: largest)
    return (0..<count).map { group[$0 % group.count] }
  }

  /// Returns a palindrome.
  func palindrome(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let half = random.symbols((count + 1) / 2, upTo: largest)
    return half + half[..<(count / 2)].reversed()
  }

  /// Returns the kinds of lists with their names.
  ///
  /// - Parameter joined: returns the input of a list that has one symbol for each unit.
  func kinds(
    of count: @escaping @Sendable (_ length: Int) -> Int,
    _ joined: @escaping @Sendable ([Int32], _ length: Int, inout RandomStream) -> [Int32]
  ) -> [HardKind] {
    func kind(
      _ name: String,
      _ make: @escaping @Sendable (Int, inout RandomStream) -> [Int32]
    ) -> HardKind {
      HardKind(name) { length, random in
        let list = make(count(length), &random)
        return joined(list, length, &random)
      }
    }
    return [
      kind("equal symbols") { equal($0, using: &$1) },
      kind("equal symbols with a single other one") { exception($0, using: &$1) },
      kind("ascending or descending order, some with two symbols exchanged") {
        ordered($0, using: &$1)
      },
      kind("two different symbols in any order") { two($0, using: &$1) },
      kind("each symbol many times in a row") { runs($0, using: &$1) },
      kind("groups of symbols repeated") { repeated($0, using: &$1) },
      kind("palindromes") { palindrome($0, using: &$1) },
    ]
  }
}

extension Rearrangement {
  package var hardKinds: [HardKind] {
    let lists = HardLists(largest: symbols - 1)
    guard Self.unit == 2 else { return lists.kinds(of: { $0 }) { list, _, _ in list } }
    // The keys have the pattern; the values are random or have their own pattern.
    let kinds = lists.kinds(of: { $0 / 2 }) { keys, _, random in
      let isDrawn = random.coin()
      let values =
        isDrawn
        ? random.symbols(keys.count, upTo: lists.largest) : lists.any(keys.count, using: &random)
      return zip(keys, values).flatMap { [$0, $1] }
    }
    return kinds
  }
}

extension Duplication {
  package var hardKinds: [HardKind] {
    HardLists(largest: inputSymbols - 1).kinds(of: { $0 / 2 }) { word, length, _ in
      word + [Int32](repeating: 0, count: length - word.count)
    }
  }
}

extension Search {
  package var hardKinds: [HardKind] {
    let largest = inputSymbols - 1
    /// Returns a kind of random pairs whose keys differ from the one to look up, before `change` modifies them.
    func kind(
      _ name: String,
      _ change:
        @escaping @Sendable (_ pairs: inout [Int32], _ key: Int32, inout RandomStream) -> Void
    ) -> HardKind {
      HardKind(name) { length, random in
        let key = Int32(random.number(upTo: largest))
        var pairs = random.symbols(length - 1, upTo: largest)
        for place in stride(from: 0, to: pairs.count, by: 2) {
          pairs[place] = random.symbol(upTo: largest, not: key)
        }
        change(&pairs, key, &random)
        return pairs + [key]
      }
    }
    return [
      kind("keys that are missing, with their symbol among the values") { pairs, key, random in
        pairs[2 * random.index(below: pairs.count / 2) + 1] = key
      },
      kind("keys that only one pair has") { pairs, key, random in
        pairs[2 * random.index(below: pairs.count / 2)] = key
      },
      kind("keys that only the last pair has") { pairs, key, _ in
        pairs[pairs.count - 2] = key
      },
      kind("keys that several pairs have") { pairs, key, random in
        for _ in 0...random.number(upTo: pairs.count / 2) {
          pairs[2 * random.index(below: pairs.count / 2)] = key
        }
      },
    ]
  }
}

extension MemoryIndexing {
  package var hardKinds: [HardKind] {
    let addresses = (inputSymbols - 1) / 3
    func kind(
      _ name: String,
      _ asked: @escaping @Sendable ([Int32], inout RandomStream) -> [Int32]
    ) -> HardKind {
      HardKind(name) { length, random in
        let count = length / 2
        // Consecutive addresses, ascending or descending.
        let start = random.index(below: addresses - count + 1)
        var memory = (0..<count).map { Int32(start + $0) }
        if random.coin() { memory.reverse() }
        // Equal bits, some with a single other one, alternating bits, and the like.
        let bits = HardLists(largest: 2).any(count, using: &random)
        let queries = asked(memory, &random)
        return zip(memory, bits).map { 3 * $0 + $1 } + queries.map { 3 * $0 + 3 }
      }
    }
    return [
      kind("addresses in a row, asked for in the same order") { memory, _ in memory },
      kind("addresses in a row, asked for backwards") { memory, _ in memory.reversed() },
      kind("addresses in a row, asked for from the middle on") { memory, random in
        let first = random.index(below: memory.count)
        return Array(memory[first...] + memory[..<first])
      },
    ]
  }
}
