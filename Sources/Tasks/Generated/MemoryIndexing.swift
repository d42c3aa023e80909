import Tensors

/// Lookup of bits in a memory at many addresses: `memory_indexing`.
///
/// The input has 2h symbols for h = requested div 2: h different addresses, each with a bit, then the same addresses
/// in another order; the target is the bits in that order. An alphabet of N symbols has (N − 1) div 3 addresses:
/// address k with bit d is 3k + d + 1, the query for it 3k + 3; bit d of the target is d + 1. Addresses, bits and
/// orders are equally frequent.
package struct MemoryIndexing: FreeAlphabetTask {
  package static let usualSymbols = 388
  package static let fewestSymbols = 4

  private let symbols: Int
  package let name = "memory_indexing"
  package let summary = "read the bits of a memory at the addresses asked for"
  package let outputSymbols = 3

  package init(symbols: Int) { self.symbols = symbols }

  package var inputSymbols: Int { symbols }

  package var sampleQuestion: String {
    switch addresses {
    case 1: "0=1 ? 0"
    case 2...3: "0=1 1=0 ? 1 0"
    default: "0=1 3=0 2=1 ? 3 0 2"
    }
  }

  private var addresses: Int { (symbols - 1) / 3 }

  package var details: String {
    """
    Different addresses, each with a bit, then the same addresses in another order; the output is the bits in \
    that order, 0 as 1 and 1 as 2. Address k with bit d is the symbol 3k + d + 1, the question for it 3k + 3. \
    An alphabet of N symbols has (N − 1) / 3 addresses, which limits the length to twice as many.
    """
  }

  package func inputLength(requesting length: Int) -> Int? {
    length < 2 || length / 2 > addresses ? nil : length / 2 * 2
  }

  package func symbolsNeeded(forLength length: Int) -> Int? {
    length / 2 > addresses ? 3 * (length / 2) + 1 : nil
  }

  package func distinctInputs(length: Int) -> Double {
    var product = 1.0
    var index = 0
    while index < length / 2, product < 1e15 {
      product *= 2 * Double(addresses - index) * Double(index + 1)
      index += 1
    }
    return product
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let count = length / 2
    var memory = [Int32](unsafeUninitializedCapacity: addresses) { buffer, filled in
      for address in 0..<addresses { buffer[address] = Int32(address) }
      filled = addresses
    }
    // The first part of a permutation of all addresses.
    shuffle(&memory, first: count, using: &random)
    let bits = random.symbols(count, bits: 1)
    var queries = Array(memory[..<count])
    shuffle(&queries, first: count, using: &random)
    return [Int32](unsafeUninitializedCapacity: 2 * count) { input, filled in
      for i in 0..<count {
        input[i] = 3 * memory[i] + bits[i]
        input[count + i] = 3 * queries[i] + 3
      }
      filled = 2 * count
    }
  }

  /// Replaces the first numbers by those of a random permutation (Fisher and Yates).
  private func shuffle(_ numbers: inout [Int32], first: Int, using random: inout RandomStream) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      for i in 0..<first {
        let other = i + random.index(below: numbers.count - i)
        let number = numbers[i]
        numbers[i] = numbers[other]
        numbers[other] = number
      }
    }
  }

  package func target(of input: [Int32]) -> [Int32] {
    var memory = [Int32](repeating: 0, count: addresses)
    var output: [Int32] = []
    for symbol in input {
      let address = Int(symbol - 1) / 3
      if symbol % 3 == 0 {
        output.append(memory[address])
      } else {
        memory[address] = symbol % 3
      }
    }
    return output
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write addresses with bits, `?` and addresses, as in `try \(sampleQuestion)`"
    let parts = text.split(separator: "?", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw QuestionError("`\(text)` does not say what is asked for", remedy: remedy)
    }
    var known: Set<Int32> = []
    var input: [Int32] = []
    for word in parts[0].split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      let sides = word.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let bit = Int32(sides[1]), bit == 0 || bit == 1 else {
        throw QuestionError("`\(word)` is not an address with a bit", remedy: remedy)
      }
      let address = try address(sides[0], remedy)
      guard known.insert(address).inserted else {
        throw QuestionError("the address \(address) has two bits", remedy: remedy)
      }
      input.append(3 * address + bit + 1)
    }
    let queries = parts[1].split(whereSeparator: { $0.isWhitespace || $0 == "," })
    guard !queries.isEmpty else { throw QuestionError("nothing is asked for", remedy: remedy) }
    for word in queries {
      let address = try address(word, remedy)
      guard known.contains(address) else {
        throw QuestionError("the address \(address) has no bit", remedy: remedy)
      }
      input.append(3 * address + 3)
    }
    return input
  }

  private func address(_ word: Substring, _ remedy: String) throws(QuestionError) -> Int32 {
    guard let address = Int32(word), address >= 0, Int(address) < addresses else {
      throw QuestionError(
        "`\(word)` is not an address from 0 to \(addresses - 1)",
        remedy: remedy
      )
    }
    return address
  }

  package func question(_ input: [Int32]) -> String {
    let entries = input.filter { $0 % 3 != 0 }.map { "\(($0 - 1) / 3)=\($0 % 3 - 1)" }
    let queries = input.filter { $0 % 3 == 0 }.map { String($0 / 3 - 1) }
    return "\(entries.joined(separator: " ")) ? \(queries.joined(separator: " "))"
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty
      ? "(nothing)"
      : symbols.map(outputName).joined(separator: " ")
  }

  package func inputName(_ symbol: Int32) -> String {
    if symbol == 0 { return "_" }
    let address = (symbol - 1) / 3
    return symbol % 3 == 0 ? String(address) : "\(address)=\(symbol % 3 - 1)"
  }

  package func outputName(_ symbol: Int32) -> String {
    symbol == 0 ? "_" : String(symbol - 1)
  }
}
