import Tensors

/// Endless examples of a task in bins, with the reference code's distribution of lengths.
///
/// The reference code stores, for every requested length 1 … largest bin, up to 10,000 different inputs, or all if
/// there are fewer. Each example belongs to the smallest bin that holds its input, and every bin but the first has an
/// extra 5 %, drawn from the shorter bins. Here examples are drawn on demand with these probabilities, as a function
/// of (seed, purpose, index).
package struct SymbolData: Sendable {
  package let task: any SymbolTask
  /// The lengths of the batches, ascending powers of two.
  package let bins: [Int]
  /// The number of examples of each bin in a training step.
  package let batchSize: Int
  /// The options for making training examples.
  package let options: DataOptions
  private let lengths: [LengthTable]
  /// The finite sets of examples, if there are any.
  private let stored: StoredExamples?

  /// The longest bin, and the maximum number of examples of a bin in a step.
  package static let largestLength = 1 << 20
  package static let largestBatch = 1 << 16

  private static let extraShare = 0.05 / 1.05

  /// The maximum number of redraws of a test example that is stored.
  private static let mostRedraws = 64

  /// - Throws: `SymbolDataError` if a bin can hold no example, the alphabet is too small for it, or too many examples
  ///   would have to be stored.
  package init(
    task: any SymbolTask,
    bins: [Int],
    batchSize: Int,
    options: DataOptions = DataOptions()
  ) throws(SymbolDataError) {
    let bins = bins.sorted()
    let longest = bins.last ?? 0
    if let generated = task as? any GeneratedTask,
      let symbols = generated.symbolsNeeded(forLength: longest)
    {
      throw .alphabetTooSmall(task: task.name, bin: longest, symbols: symbols)
    }
    self.task = task
    self.bins = bins
    self.batchSize = batchSize
    self.options = options
    var weights = task.lengthWeights(upTo: longest)[...]
    guard !weights.isEmpty || task.testCount(above: 0, upTo: longest) ?? 0 == 0 else {
      // All examples are held out.
      lengths = []
      stored = nil
      return
    }
    var tables: [LengthTable] = []
    for bin in bins {
      // The weights are in ascending order of their lengths.
      let end = weights.firstIndex { $0.length > bin } ?? weights.endIndex
      let table = LengthTable(weights[..<end])
      weights = weights[end...]
      guard !table.isEmpty else { throw .emptyBin(task: task.name, bin: bin) }
      tables.append(table)
    }
    lengths = tables
    guard let count = options.count, let generated = task as? any GeneratedTask else {
      stored = nil
      return
    }
    guard count * longest <= DataOptions.largestTotal else {
      throw .tooManyStored(count: DataOptions.largestTotal / longest, bin: longest)
    }
    stored = StoredExamples(task: generated, count: count, longest: longest)
  }

  /// Creates data without examples, for a model whose file is missing.
  package init(withoutExamplesOf task: any SymbolTask, bins: [Int], batchSize: Int) {
    self.task = task
    self.bins = bins.sorted()
    self.batchSize = batchSize
    options = DataOptions()
    lengths = []
    stored = nil
  }

  /// True if there is anything to train on.
  package var hasExamples: Bool { !lengths.isEmpty }

  /// True if there is anything to test on at these lengths.
  package var hasHeldOutExamples: Bool { !testedBins.isEmpty }

  /// The bins for which there are test examples.
  package var testedBins: [Int] {
    bins.filter { task.testCount(above: length(below: $0), upTo: $0) != 0 }
  }

  /// Returns the longest length below a bin, or 0 for the first.
  package func length(below bin: Int) -> Int { bins.last { $0 < bin } ?? 0 }

  /// Returns the batch of a training step: `batchSize` examples of every bin.
  ///
  /// - Throws: Whatever `interruption` throws, which is called before each example.
  package func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Batch {
    var examples: [Int: [Example]] = [:]
    for (index, bin) in bins.enumerated() {
      var stream = source.stream(.trainingData, UInt64(step), UInt32(index))
      var paddingStream = source.stream(.padding, UInt64(step), UInt32(index))
      examples[bin] = try (0..<batchSize).map { _ in
        try interruption?()
        let example = try example(
          bin: index,
          using: &stream,
          source: source,
          interruption: interruption
        )
        return options.padding.applied(to: example, length: bin, using: &paddingStream)
      }
    }
    return Batch(examples)
  }

  /// Returns fresh examples of a bin's own lengths that training never uses; fewer if there are no more.
  ///
  /// If examples are stored, those among them are redrawn as far as possible.
  ///
  /// - Parameter index: The index of the first example.
  /// - Throws: Whatever `interruption` throws.
  package func freshExamples(
    bin: Int,
    from index: Int,
    count: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> [Example] {
    guard let number = bins.firstIndex(of: bin) else { return [] }
    let above = length(below: bin)
    if let available = task.testCount(above: above, upTo: bin) {
      return (index..<max(index, min(index + count, available))).map {
        task.testExample(above: above, upTo: bin, index: $0, source: source)
      }
    }
    return try (index..<index + count).map { index in
      try unstored(source: source, interruption: interruption) { attempt in
        var stream = source.stream(.examples, Self.counter(index, attempt), UInt32(number))
        return drawExample(ofBin: number, using: &stream)
      }
    }
  }

  /// Returns a test example for a length that a shorter one does not hold, see `SymbolTask`.
  ///
  /// If examples are stored, those among them are redrawn as far as possible.
  ///
  /// - Parameter isHard: True for an example of a hard kind; generated tasks only.
  /// - Throws: Whatever `interruption` throws.
  package func testExample(
    above: Int,
    upTo length: Int,
    index: Int,
    isHard: Bool = false,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Example {
    guard stored != nil || isHard, let task = task as? any GeneratedTask else {
      return task.testExample(above: above, upTo: length, index: index, source: source)
    }
    return try unstored(source: source, interruption: interruption) { attempt in
      task.testExample(
        length: length,
        counter: Self.counter(index, attempt),
        isHard: isHard,
        source: source
      )
    }
  }

  /// Returns the first of several attempts that gives an example that is not stored, else the last.
  private func unstored(
    source: RandomSource,
    interruption: (() throws -> Void)?,
    draw: (Int) -> Example
  ) rethrows -> Example {
    var example = draw(0)
    guard let stored else { return example }
    var attempt = 1
    while attempt <= Self.mostRedraws,
      try stored.contains(example.input, source: source, interruption: interruption)
    {
      example = draw(attempt)
      attempt += 1
    }
    return example
  }

  /// Returns the counter of a stream for an example and the number of rejected ones before it.
  private static func counter(_ index: Int, _ attempt: Int) -> UInt64 {
    UInt64(index) | UInt64(attempt) << 40
  }

  private func example(
    bin: Int,
    using stream: inout RandomStream,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) rethrows -> Example {
    var bin = bin
    if bin > 0, stream.uniformDouble() < Self.extraShare { bin = stream.index(below: bin) }
    guard let stored else { return drawExample(ofBin: bin, using: &stream) }
    if let hard = hardExample(ofBin: bin, using: &stream) { return hard }
    return try stored.draw(
      above: bin == 0 ? 0 : bins[bin - 1],
      upTo: bins[bin],
      using: &stream,
      source: source,
      interruption: interruption
    )
  }

  private func drawExample(ofBin bin: Int, using stream: inout RandomStream) -> Example {
    if let hard = hardExample(ofBin: bin, using: &stream) { return hard }
    return task.example(length: lengths[bin].draw(using: &stream), using: &stream)
  }

  /// Returns an example of a hard kind with probability `options.hard`; draws nothing if the data have none.
  private func hardExample(ofBin bin: Int, using stream: inout RandomStream) -> Example? {
    guard options.hard > 0, let task = task as? any GeneratedTask,
      stream.uniformDouble() < options.hard
    else { return nil }
    return task.hardExample(length: lengths[bin].draw(using: &stream), using: &stream)
  }
}

/// The reason that examples cannot be drawn.
package enum SymbolDataError: Error, Equatable {
  /// No input of the task is long enough for this bin and too long for the one before.
  case emptyBin(task: String, bin: Int)
  /// Inputs of this length need an alphabet of at least `symbols` symbols.
  case alphabetTooSmall(task: String, bin: Int, symbols: Int)
  /// At most `count` inputs of each length can be stored up to this bin.
  case tooManyStored(count: Int, bin: Int)
}
