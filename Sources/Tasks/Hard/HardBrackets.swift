import Tensors

extension Bracket {
  /// Returns an opening bracket of either kind.
  fileprivate static func opening(using random: inout RandomStream) -> Int32 {
    random.coin() ? 1 : 3
  }

  /// Returns the same bracket of the other kind.
  fileprivate static func ofOtherKind(_ symbol: Int32) -> Int32 {
    symbol < 3 ? symbol + 2 : symbol - 2
  }

  /// Returns as many pairs as fit, each within the one before.
  fileprivate static func nested(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let open = (0..<count / 2).map { _ in opening(using: &random) }
    return open + open.reversed().map { $0 + 1 }
  }
}

extension Brackets {
  package var hardKinds: [HardKind] {
    [
      HardKind("nested as deep as the length allows") { Bracket.nested($0, using: &$1) },
      HardKind("nested as deep as the length allows, one bracket of the wrong kind") {
        length,
        random in
        var input = Bracket.nested(length, using: &random)
        let place = random.index(below: length)
        input[place] = Bracket.ofOtherKind(input[place])
        return input
      },
      HardKind("balanced but for the kind of one bracket") { length, random in
        var input = Bracket.valid(length, isClosed: true, using: &random)
        let place = random.index(below: length)
        input[place] = Bracket.ofOtherKind(input[place])
        return input
      },
      HardKind("balanced before two brackets changed places") { length, random in
        var input = Bracket.valid(length, isClosed: true, using: &random)
        input.swapAt(random.index(below: length), random.index(below: length))
        return input
      },
      HardKind("balanced before the last bracket became the first") { length, random in
        let input = Bracket.valid(length, isClosed: true, using: &random)
        return input.suffix(1) + input.dropLast()
      },
      HardKind("pairs side by side") { length, random in
        (0..<length / 2).flatMap { _ in
          let open = Bracket.opening(using: &random)
          return [open, open + 1]
        }
      },
      HardKind("balanced but for the first and the last bracket, which may not match") {
        length,
        random in
        let open = Bracket.opening(using: &random)
        let close = random.coin() ? open : Bracket.ofOtherKind(open)
        return [open] + Bracket.valid(length - 2, isClosed: true, using: &random) + [close + 1]
      },
    ]
  }
}

extension BracketCompletion {
  package var hardKinds: [HardKind] {
    [
      HardKind("brackets that are all open") { length, random in
        (0..<length).map { _ in Bracket.opening(using: &random) }
      },
      HardKind("brackets that are all open, of one kind") { length, random in
        [Int32](repeating: Bracket.opening(using: &random), count: length)
      },
      HardKind("nested as deep as the length allows, the outermost still open") { length, random in
        let open = (0..<length / 2 + 1).map { _ in Bracket.opening(using: &random) }
        return open + open.reversed().prefix(length - open.count).map { $0 + 1 }
      },
      HardKind("one or two open at the beginning, all others closed") { length, random in
        let first = (0..<(length % 2 == 0 ? 2 : 1)).map { _ in Bracket.opening(using: &random) }
        return first + Bracket.valid(length - first.count, isClosed: true, using: &random)
      },
    ]
  }
}
