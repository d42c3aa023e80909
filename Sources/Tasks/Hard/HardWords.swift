import Tensors

/// Lists of words as symbols, with patterns that users choose.
private struct HardWords {
  let letters: Int
  let delimiter: Int32

  /// Returns a list of exactly `count` symbols.
  ///
  /// - Parameter word: returns a word, given the number of words before it; the last one is truncated as necessary.
  func list(_ count: Int, _ word: (Int) -> [Int32]) -> [Int32] {
    var list: [Int32] = []
    var number = 0
    while list.count < count {
      list += word(number) + [delimiter]
      number += 1
    }
    list = Array(list[..<count])
    // The last word must not be empty: if the list would end in a delimiter, the word before it is extended.
    if list[count - 1] == delimiter { list[count - 1] = count > 1 ? list[count - 2] : 1 }
    return list
  }

  /// Returns the kinds of lists with their names.
  func kinds(
    _ joined: @escaping @Sendable (_ length: Int, (_ count: Int) -> [Int32]) -> [Int32]
  ) -> [HardKind] {
    func kind(
      _ name: String,
      _ make: @escaping @Sendable (_ count: Int, inout RandomStream) -> [Int32]
    ) -> HardKind {
      HardKind(name) { length, random in
        joined(length) { make($0, &random) }
      }
    }
    return [
      kind("words of a single letter") { count, random in
        list(count) { _ in random.symbols(1, upTo: letters) }
      },
      kind("equal words") { count, random in
        let word = random.symbols(random.number(upTo: max(1, count / 3)), upTo: letters)
        return list(count) { _ in word }
      },
      kind("words that differ in their last letter only") { count, random in
        let begin = random.symbols(random.index(below: max(1, count / 3)), upTo: letters)
        return list(count) { _ in begin + random.symbols(1, upTo: letters) }
      },
      kind("words that begin with the word before, in either order") { count, random in
        let letters = random.symbols(count, upTo: self.letters)
        let isAscending = random.coin()
        // Words of increasing length, 1 + 2 + …, with the delimiters between.
        let longest = max(1, Int((2 * Double(count)).squareRoot()) - 1)
        return list(count) { number in
          Array(letters[..<max(1, isAscending ? number + 1 : longest - number % longest)])
        }
      },
      kind("one long word among short ones") { count, random in
        let long = random.index(below: 3)
        return list(count) { number in
          random.symbols(number == long ? max(1, count / 2) : 1, upTo: letters)
        }
      },
    ]
  }
}

extension WordSorting {
  package var hardKinds: [HardKind] {
    HardWords(letters: inputSymbols - 2, delimiter: Int32(inputSymbols - 1))
      .kinds { length, make in make(length) }
  }
}

extension Merging {
  package var hardKinds: [HardKind] {
    let words = HardWords(letters: inputSymbols - 3, delimiter: Int32(inputSymbols - 1))
    let kinds = words.kinds { length, make in joined(make(length - 2)) }
    return kinds + [
      HardKind("lists of which one comes before the other as a whole") { length, random in
        let list = words.list(length - 2) { _ in
          random.symbols(random.number(upTo: 3), upTo: words.letters)
        }
        let isFirst = random.coin()
        return separated(list, isFirst: isFirst)
      }
    ]
  }
}
