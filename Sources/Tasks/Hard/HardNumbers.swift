import Tensors

/// Numbers with patterns that users choose, as symbols: digit d is d + 1, lowest first.
struct HardNumbers {
  let base: Int

  /// The symbols of the digit 0 and of the largest digit.
  var zero: Int32 { 1 }
  var nine: Int32 { Int32(base) }

  /// Returns a number with one of the patterns, padded with zeros at its upper end to `count` digits.
  func any(_ count: Int, using random: inout RandomStream) -> [Int32] {
    switch random.index(below: 6) {
    case 0: zeros(count)
    case 1: power(count, using: &random)
    case 2: nines(count, using: &random)
    case 3: sparse(count, using: &random)
    case 4: repeated(count, using: &random)
    default: short(count, using: &random)
    }
  }

  func zeros(_ count: Int) -> [Int32] { [Int32](repeating: zero, count: count) }

  /// Returns a number with one digit that is not 0, at any position.
  func power(_ count: Int, using random: inout RandomStream) -> [Int32] {
    var number = zeros(count)
    number[random.index(below: count)] = 1 + Int32(random.number(upTo: base - 1))
    return number
  }

  /// Returns a number whose lowest digits are the largest digit.
  func nines(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let length = random.number(upTo: count)
    return [Int32](repeating: nine, count: length) + zeros(count - length)
  }

  /// Returns a number with two to four digits that are not 0.
  func sparse(_ count: Int, using random: inout RandomStream) -> [Int32] {
    var number = zeros(count)
    for _ in 0...random.number(upTo: 3) {
      number[random.index(below: count)] = 1 + Int32(random.number(upTo: base - 1))
    }
    return number
  }

  /// Returns a group of one to four digits, repeated.
  func repeated(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let group = random.symbols(random.number(upTo: 4), upTo: base)
    let length = random.number(upTo: count)
    return (0..<length).map { group[$0 % group.count] } + zeros(count - length)
  }

  /// Returns a number of any digits, few or many.
  func short(_ count: Int, using random: inout RandomStream) -> [Int32] {
    let length = random.number(upTo: count)
    return random.symbols(length, upTo: base) + zeros(count - length)
  }

  /// Returns two numbers in whose sum a carry starts at any digit and propagates over any number of digits.
  ///
  /// - Parameter hasCarry: false for the same numbers without the digits that start the carry.
  func chain(
    _ count: Int,
    hasCarry: Bool,
    using random: inout RandomStream
  ) -> (first: [Int32], second: [Int32]) {
    let length = random.number(upTo: count)
    let start = random.index(below: count - length + 1)
    let end = start + length
    // Either all other digits are random, or they are 0 and the run consists of largest digits: 9999 + 1.
    let isPlain = random.coin()
    var first = isPlain ? zeros(count) : random.symbols(count, upTo: base)
    var second = isPlain ? zeros(count) : random.symbols(count, upTo: base)
    for place in start..<end {
      first[place] = isPlain ? nine : Int32(random.number(upTo: base))
      second[place] = nine + zero - first[place]
    }
    // A pair of digits whose sum is at least the base starts the carry; a pair after the run absorbs it.
    if hasCarry {
      first[start] = 1 + Int32(random.number(upTo: base - 1))
      second[start] = nine + 2 - first[start] + Int32(random.index(below: Int(first[start]) - 1))
      if isPlain { (first[start], second[start]) = (nine, 2) }
    } else if start > 0 {
      (first[start - 1], second[start - 1]) = (zero, zero)
    }
    if end < count, !isPlain {
      first[end] = Int32(random.number(upTo: base - 1))
      second[end] = Int32(random.number(upTo: base - Int(first[end])))
    }
    return (first, second)
  }
}

/// Kinds of two numbers with equally many digits.
private struct HardOperands {
  let base: Int
  /// Returns the input of two numbers.
  let joined: @Sendable (_ first: [Int32], _ second: [Int32]) -> [Int32]
  /// Returns the number of digits of each number in an input of a length.
  let digits: @Sendable (_ length: Int) -> Int

  func kind(
    _ name: String,
    _ make: @escaping @Sendable (HardNumbers, Int, inout RandomStream) -> ([Int32], [Int32])
  ) -> HardKind {
    let (numbers, joined, digits) = (HardNumbers(base: base), joined, digits)
    return HardKind(name) { length, random in
      let (first, second) = make(numbers, digits(length), &random)
      return random.coin() ? joined(first, second) : joined(second, first)
    }
  }

  /// A number of few digits with one of many.
  var unequal: HardKind {
    kind("a number of few digits with one of many") { numbers, count, random in
      (numbers.short(count, using: &random), random.symbols(count, upTo: numbers.base))
    }
  }

  /// Zeros, powers and other patterns.
  var forms: HardKind {
    kind("zeros, powers of the base, largest digits, groups of digits repeated") {
      numbers,
      count,
      random in
      let first = numbers.any(count, using: &random)
      let isOther = random.coin()
      return (
        first,
        isOther ? numbers.any(count, using: &random) : random.symbols(count, upTo: numbers.base)
      )
    }
  }

  /// A number with itself.
  var equal: HardKind {
    kind("a number with itself") { numbers, count, random in
      let isForm = random.coin()
      let number =
        isForm ? numbers.any(count, using: &random) : numbers.short(count, using: &random)
      return (number, number)
    }
  }

  var factors: [HardKind] {
    [
      unequal, forms, equal,
      kind("powers of the base with each other") { numbers, count, random in
        (numbers.power(count, using: &random), numbers.power(count, using: &random))
      },
      kind("numbers of largest digits with each other") { numbers, count, random in
        (numbers.nines(count, using: &random), numbers.nines(count, using: &random))
      },
    ]
  }
}

extension DigitOperation {
  fileprivate var hardOperands: HardOperands {
    let separator = separator
    return HardOperands(
      base: base.rawValue,
      joined: { $0 + [separator] + $1 },
      digits: { $0 / 2 }
    )
  }
}

extension Addition {
  package var hardKinds: [HardKind] {
    let operands = hardOperands
    return [
      operands.kind("carries that run on over any number of places, from any place on") {
        $0.chain($1, hasCarry: true, using: &$2)
      },
      operands.kind("runs of places that would pass a carry on, and get none") {
        $0.chain($1, hasCarry: false, using: &$2)
      },
      operands.unequal, operands.forms,
    ]
  }
}

extension Multiplication {
  package var hardKinds: [HardKind] { hardOperands.factors }
}

extension CodedMultiplication {
  package var hardKinds: [HardKind] {
    HardOperands(
      base: 10,
      joined: { self.joined($0, $1) },
      digits: { $0 / 8 }
    ).factors
  }
}

extension Division {
  package var hardKinds: [HardKind] {
    let numbers = HardNumbers(base: 2)
    func kind(
      _ name: String,
      _ make: @escaping @Sendable (Int, inout RandomStream) -> ([Int32], [Int32])
    ) -> HardKind {
      HardKind(name) { length, random in
        var (dividend, divisor) = make(length / 2, &random)
        if !divisor.contains(numbers.nine) { divisor[0] = numbers.nine }
        return joined(dividend, divisor)
      }
    }
    return [
      kind("dividends without a remainder") { count, random in
        let bits = random.number(upTo: count)
        let divisor = random.symbols(bits, upTo: 2)
        let quotient = random.symbols(count - bits, upTo: 2)
        return (product(quotient, divisor, count), divisor + numbers.zeros(count - bits))
      },
      kind("a number divided by itself") { count, random in
        let number = numbers.short(count, using: &random)
        return (number, number)
      },
      kind("a divisor larger than the dividend, or of as many digits") { count, random in
        let bits = random.number(upTo: count)
        let (dividend, divisor) = (random.symbols(bits, upTo: 2), random.symbols(bits, upTo: 2))
        let zeros = numbers.zeros(count - bits)
        return (dividend + zeros, divisor + zeros)
      },
      kind("divisors of 1 and other powers of two") { count, random in
        (numbers.short(count, using: &random), numbers.power(count, using: &random))
      },
      kind("zeros, powers of two, ones, groups of digits repeated") { count, random in
        (numbers.any(count, using: &random), numbers.any(count, using: &random))
      },
    ]
  }
}

extension Increment {
  package var hardKinds: [HardKind] {
    let largest = symbols - 1
    return [
      HardKind("carries that run on over any number of places") { length, random in
        let run = random.number(upTo: length)
        return [Int32](repeating: Int32(largest), count: run)
          + random.symbols(length - run, upTo: largest)
      },
      HardKind("numbers of largest digits with one smaller digit") { length, random in
        var number = [Int32](repeating: Int32(largest), count: length)
        number[random.index(below: length)] = Int32(random.number(upTo: largest - 1))
        return number
      },
      HardKind("zeros and numbers of largest digits alone") { length, random in
        [Int32](repeating: random.coin() ? 1 : Int32(largest), count: length)
      },
    ]
  }
}

extension Rotation {
  package var hardKinds: [HardKind] {
    let numbers = HardNumbers(base: 2)
    func kind(_ name: String, _ places: @escaping @Sendable (Int) -> Int) -> HardKind {
      HardKind(name) { length, random in
        let bits = (length + 1) / 2
        let number = numbers.any(bits, using: &random)
        return joined(number, places: places(bits))
      }
    }
    return [
      kind("numbers that stay where they are") { _ in 0 },
      kind("numbers that are rotated by one place") { min(1, $0 - 1) },
      kind("numbers that are rotated as far as can be") { $0 - 1 },
      HardKind("single bits, runs, groups of bits repeated") { length, random in
        let bits = (length + 1) / 2
        let number = numbers.any(bits, using: &random)
        return joined(number, places: random.index(below: bits))
      },
    ]
  }
}
