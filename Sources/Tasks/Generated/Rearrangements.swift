import Tensors

/// Sorting of numbers in ascending order.
package struct Sorting: Rearrangement {
  package let symbols: Int
  package let name = "sort"
  package let summary = "sort numbers in ascending order"

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] {
    sortedGroups(input, unit: 1, largest: symbols - 1)
  }
}

/// Sorting of pairs by their keys; the sort is stable.
package struct PairSorting: Rearrangement {
  package let symbols: Int
  package let name = "kvsort"
  package let summary = "sort pairs of key and value by their keys"
  package static let unit = 2

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] {
    sortedGroups(input, unit: 2, largest: symbols - 1)
  }
}

/// Identity: the output is the input.
package struct Identity: Rearrangement {
  package let symbols: Int
  package let name = "id"
  package let summary = "repeat a sequence as it is"

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] { input }
}

/// Reversal of the order.
package struct Reversal: Rearrangement {
  package let symbols: Int
  package let name = "rev"
  package let summary = "reverse a sequence"

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] { input.reversed() }
}

/// Reversal of the order of pairs.
package struct PairReversal: Rearrangement {
  package let symbols: Int
  package let name = "rev2"
  package let summary = "reverse a sequence of pairs, each kept as it is"
  package static let unit = 2

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] {
    let count = input.count / 2 * 2
    return [Int32](unsafeUninitializedCapacity: count) { output, filled in
      input.withUnsafeBufferPointer { input in
        for i in 0..<count { output[i] = input[count - 2 - (i & ~1) + (i & 1)] }
      }
      filled = count
    }
  }
}

/// Addition of 1 to a number, least significant digit first, whose digits are the symbols; the largest number becomes
/// the smallest.
package struct Increment: Rearrangement {
  package let symbols: Int
  package let name = "incr"
  package let summary = "add 1 to a number whose first symbol is its lowest digit"
  package static let fewestSymbols = 3

  package init(symbols: Int) { self.symbols = symbols }

  /// A question with a carry.
  package var sampleQuestion: String { "\(symbols - 1) 1 2" }

  package var details: String {
    """
    The symbols 1 to \(symbols - 1), all equally frequent, are the digits 0 to \(symbols - 2) of a number, the \
    lowest first. The output has the same length; the largest number becomes the smallest.
    """
  }

  package func target(of input: [Int32]) -> [Int32] {
    var output = input
    let largest = Int32(symbols - 1)
    for i in output.indices {
      if output[i] < largest {
        output[i] += 1
        break
      }
      output[i] = 1
    }
    return output
  }
}

/// The first symbol.
package struct FirstSymbol: Rearrangement {
  package let symbols: Int
  package let name = "left"
  package let summary = "give the first symbol"

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] { Array(input.prefix(1)) }
}

/// The last symbol.
package struct LastSymbol: Rearrangement {
  package let symbols: Int
  package let name = "right"
  package let summary = "give the last symbol"

  package init(symbols: Int) { self.symbols = symbols }

  package func target(of input: [Int32]) -> [Int32] { Array(input.suffix(1)) }
}

/// The permutation that reverses the bits of a position.
///
/// Output i is the input at position r(i) mod n, where r reverses the ⌈log₂ n⌉ bits of i. For a power of two this is
/// a permutation; for other lengths some symbols occur twice and others never, as in the reference code.
package struct BitReversal: Rearrangement {
  package let symbols: Int
  package let name = "shuffle"
  package let summary = "reorder a sequence by the reversed bits of the positions"

  package init(symbols: Int) { self.symbols = symbols }

  package var sampleQuestion: String { NumberList.fitted("1 2 3 4 5 6 7 8", to: symbols) }

  package var details: String {
    """
    Symbols 1 to \(symbols - 1), all equally frequent. Symbol i of the output is the one at the position that \
    has the bits of i in reverse, counted from 0, modulo the length where that is no power of two.
    """
  }

  package func target(of input: [Int32]) -> [Int32] {
    let count = input.count
    guard count > 1 else { return input }
    let unusedBits = (count - 1).leadingZeroBitCount
    return [Int32](unsafeUninitializedCapacity: count) { output, filled in
      input.withUnsafeBufferPointer { input in
        for i in 0..<count {
          output[i] = input[Int(UInt64(i).bitSwapped >> UInt64(unusedBits)) % count]
        }
      }
      filled = count
    }
  }
}

extension UInt64 {
  /// The bits in reverse order.
  fileprivate var bitSwapped: UInt64 {
    var value = byteSwapped
    value = (value & 0x0F0F_0F0F_0F0F_0F0F) << 4 | (value >> 4) & 0x0F0F_0F0F_0F0F_0F0F
    value = (value & 0x3333_3333_3333_3333) << 2 | (value >> 2) & 0x3333_3333_3333_3333
    return (value & 0x5555_5555_5555_5555) << 1 | (value >> 1) & 0x5555_5555_5555_5555
  }
}
