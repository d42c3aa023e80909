/// The examples of a file in line order, with all symbols in one array: files have millions of short ones.
package struct PairExamples: Sendable {
  private var numbers: [Int32] = []
  /// The ends of the input and the target of each example.
  private var ends: [UInt32] = []

  /// The number of examples.
  var count: Int { ends.count / 2 }

  /// Creates an empty list.
  init() {}

  /// Encodes the examples of a file in the numbers of two alphabets.
  ///
  /// - Throws: `PairFileError` for symbols that are not in the alphabets.
  package init(
    _ file: PairFile,
    inputs: Alphabet,
    outputs: Alphabet
  ) throws(PairFileError) {
    let lines = file.lines
    ends.reserveCapacity(2 * lines.count)
    for line in lines {
      append(
        Example(
          input: try file.numbers(of: \.input, in: line, inputs),
          target: try file.numbers(of: \.target, in: line, outputs)
        )
      )
    }
  }

  mutating func append(_ example: Example) {
    for side in [example.input, example.target] {
      numbers += side
      ends.append(UInt32(numbers.count))
    }
  }

  mutating func append(_ others: PairExamples) {
    for index in 0..<others.count { append(others[index]) }
  }

  subscript(index: Int) -> Example {
    let (start, middle, end) = places(index)
    return Example(input: Array(numbers[start..<middle]), target: Array(numbers[middle..<end]))
  }

  /// Returns the length of the longer side of an example.
  func size(_ index: Int) -> Int {
    let (start, middle, end) = places(index)
    return max(middle - start, end - middle)
  }

  /// Returns the smallest power of two, at least 4, that holds an example.
  func bin(_ index: Int) -> Int {
    var bin = 4
    while bin < size(index) { bin *= 2 }
    return bin
  }

  /// Returns the target of the first example with an input.
  func target(of input: [Int32]) -> [Int32]? {
    let found = (0..<count).first { index in
      let (start, middle, _) = places(index)
      return numbers[start..<middle].elementsEqual(input)
    }
    return found.map { self[$0].target }
  }

  private func places(_ index: Int) -> (start: Int, middle: Int, end: Int) {
    let start = index == 0 ? 0 : Int(ends[2 * index - 1])
    return (start, Int(ends[2 * index]), Int(ends[2 * index + 1]))
  }
}
