import Tensors

/// Endless examples of a task in bins, with the original's distribution of lengths.
///
/// The original stores, for every requested length 1 … largest bin, up to 10,000 different inputs; lengths
/// with fewer different inputs hold fewer. Each example goes into the smallest bin that holds its input, and
/// every bin but the first holds 5 % more, drawn from the shorter bins. Here examples are drawn with
/// these probabilities when they are needed, as a function of (seed, purpose, index).
package struct SymbolData: Sendable {
  package let task: any SymbolTask
  /// Lengths of the batches, ascending powers of two.
  package let bins: [Int]
  /// Examples of each bin in a training step.
  package let batchSize: Int
  private let lengths: [LengthTable]

  /// The longest bin, and the most examples of a bin in a step.
  package static let largestLength = 1 << 20
  package static let largestBatch = 1 << 16

  private static let extraShare = 0.05 / 1.05

  /// - Throws: `SymbolDataError` if a bin can hold no example.
  package init(task: any SymbolTask, bins: [Int], batchSize: Int) throws(SymbolDataError) {
    let bins = bins.sorted()
    self.task = task
    self.bins = bins
    self.batchSize = batchSize
    let weights = task.lengthWeights(upTo: bins.last ?? 0)
    var tables: [LengthTable] = []
    var above = 0
    for bin in bins {
      let table = LengthTable(weights.filter { $0.key > above && $0.key <= bin })
      above = bin
      guard !table.isEmpty else { throw .emptyBin(task: task.name, bin: bin) }
      tables.append(table)
    }
    lengths = tables
  }

  /// Data without examples: of a model whose file is missing.
  package init(withoutExamplesOf task: any SymbolTask, bins: [Int], batchSize: Int) {
    self.task = task
    self.bins = bins.sorted()
    self.batchSize = batchSize
    lengths = []
  }

  /// Whether there is anything to train on.
  package var hasExamples: Bool { !lengths.isEmpty }

  /// Whether there is anything to test on at these lengths.
  package var hasHeldOutExamples: Bool { !testedBins.isEmpty }

  /// The bins that there are test examples for.
  package var testedBins: [Int] {
    bins.filter { task.testCount(above: length(below: $0), upTo: $0) != 0 }
  }

  /// The longest length below a bin; 0 for the first.
  package func length(below bin: Int) -> Int { bins.last { $0 < bin } ?? 0 }

  /// The batch of one training step: `batchSize` examples of every bin.
  ///
  /// - Throws: What `interruption` throws, which is called before each example.
  package func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Batch {
    var examples: [Int: [Example]] = [:]
    for (index, bin) in bins.enumerated() {
      var stream = source.stream(.trainingData, UInt64(step), UInt32(index))
      examples[bin] = try (0..<batchSize).map { _ in
        try interruption?()
        return example(bin: index, using: &stream)
      }
    }
    return Batch(examples)
  }

  /// Fresh examples of a bin's own lengths that training never sees; fewer where there are no more.
  ///
  /// - Parameter index: of the first example.
  package func freshExamples(
    bin: Int,
    from index: Int,
    count: Int,
    source: RandomSource
  ) -> [Example] {
    guard let number = bins.firstIndex(of: bin) else { return [] }
    let above = length(below: bin)
    if let available = task.testCount(above: above, upTo: bin) {
      return (index..<max(index, min(index + count, available))).map {
        task.testExample(above: above, upTo: bin, index: $0, source: source)
      }
    }
    return (index..<index + count).map {
      var stream = source.stream(.examples, UInt64($0), UInt32(number))
      return drawExample(ofBin: number, using: &stream)
    }
  }

  private func example(bin: Int, using stream: inout RandomStream) -> Example {
    var bin = bin
    if bin > 0, stream.uniformDouble() < Self.extraShare { bin = stream.index(below: bin) }
    return drawExample(ofBin: bin, using: &stream)
  }

  private func drawExample(ofBin bin: Int, using stream: inout RandomStream) -> Example {
    task.example(length: lengths[bin].draw(using: &stream), using: &stream)
  }
}

extension GeneratedTask {
  /// A test example of the requested length, from a stream that training never sees.
  ///
  /// - Parameter length: one for which `inputLength(requesting:)` is not nil.
  package func testExample(length: Int, index: Int, source: RandomSource) -> Example {
    precondition(length > 0, "a length is positive")
    var stream = source.stream(
      .testData,
      UInt64(index),
      UInt32(truncatingIfNeeded: length)
    )
    let fitting = inputLength(requesting: length) ?? length
    let input = input(length: fitting, using: &stream)
    return Example(input: input, target: target(of: input))
  }
}

/// The input lengths of one bin with their probabilities.
private struct LengthTable {
  private var lengths: [Int] = []
  private var cumulative: [Double] = []

  init(_ weights: [Int: Double]) {
    var sum = 0.0
    for (length, weight) in weights.sorted(by: { $0.key < $1.key }) {
      sum += weight
      lengths.append(length)
      cumulative.append(sum)
    }
  }

  var isEmpty: Bool { lengths.isEmpty }

  func draw(using stream: inout RandomStream) -> Int {
    let point = stream.uniformDouble() * (cumulative.last ?? 1)
    // The first length whose cumulative weight lies above the point.
    var (low, high) = (0, lengths.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if point < cumulative[middle] { high = middle } else { low = middle + 1 }
    }
    return lengths[low]
  }
}

/// Why examples cannot be drawn.
package enum SymbolDataError: Error, Equatable {
  /// No input of the task is long enough for this bin and too long for the one before.
  case emptyBin(task: String, bin: Int)
}
