import Tensors
import Wiring

/// The division of a switch layer's pairs into parts of work.
/// The layout alone determines it, so that results do not depend on the number of threads.
struct SwitchPlan {
  /// Returns the number of pairs of a chunk of several examples: enough to make use of the weights that it reads, and
  /// few enough that threads do not wait long for the last chunk.
  private static func chunkPairs(ofAll pairs: Int) -> Int { max(32, min(128, pairs / 2)) }
  /// The number of pairs of the longest example that is not divided.
  static let wholePairs = 512
  /// The number of pairs of each part of a longer example.
  static let partPairs = 128
  /// The number of pairs over which a tile of a weight gradient stays in registers: one panel of them fits the nearest
  /// cache.
  static let runPairs = 256
  /// The number of pairs whose intermediate gradients are held at a time in the backward pass, at least one example.
  static let slabPairs = 2048

  /// Consecutive pairs of one segment: whole examples, or a part of one example.
  struct Chunk {
    let segment: SequenceLayout.Segment
    /// The index of the first pair in the array of [T/2, 2m].
    let firstPair: Int
    let pairs: Int
    /// The index of the first example within the layout.
    let firstExample: Int
    /// The number of whole examples in the chunk; 0 if it is a part of example `firstExample`.
    let examples: Int

    var isPart: Bool { examples == 0 }
  }

  /// Chunks whose backward passes run together.
  struct Slab {
    let chunks: Range<Int>
    let firstPair: Int
    let pairs: Int
  }

  let chunks: [Chunk]
  let slabs: [Slab]
  /// True if some example is divided among chunks.
  let hasParts: Bool

  /// - Parameter active: the segments that take part; a prefix of the layout's.
  init(_ layout: SequenceLayout, active: ArraySlice<SequenceLayout.Segment>) {
    let chunkPairs = Self.chunkPairs(ofAll: active.reduce(0) { $0 + $1.rows / 2 })
    var chunks: [Chunk] = []
    var example = 0
    for segment in active {
      let pairs = segment.length / 2
      if pairs > Self.wholePairs {
        for index in 0..<segment.batch {
          for start in stride(from: 0, to: pairs, by: Self.partPairs) {
            chunks.append(
              Chunk(
                segment: segment,
                firstPair: segment.firstRow / 2 + index * pairs + start,
                pairs: Self.partPairs,
                firstExample: example + index,
                examples: 0
              )
            )
          }
        }
      } else {
        // At least two chunks if there are two examples, so that two threads have work.
        let whole = max(1, min(chunkPairs / pairs, (segment.batch + 1) / 2))
        for index in stride(from: 0, to: segment.batch, by: whole) {
          let count = min(whole, segment.batch - index)
          chunks.append(
            Chunk(
              segment: segment,
              firstPair: segment.firstRow / 2 + index * pairs,
              pairs: count * pairs,
              firstExample: example + index,
              examples: count
            )
          )
        }
      }
      example += segment.batch
    }
    self.chunks = chunks
    hasParts = chunks.contains { $0.isPart }
    slabs = Self.slabs(of: chunks)
  }

  private static func slabs(of chunks: [Chunk]) -> [Slab] {
    var slabs: [Slab] = []
    var start = 0
    var pairs = 0
    for (index, chunk) in chunks.enumerated() {
      let continuesExample =
        chunk.isPart && index > 0 && chunks[index - 1].firstExample == chunk.firstExample
      if pairs + chunk.pairs > slabPairs && !continuesExample && index > start {
        slabs.append(Slab(chunks: start..<index, firstPair: chunks[start].firstPair, pairs: pairs))
        (start, pairs) = (index, 0)
      }
      pairs += chunk.pairs
    }
    if start < chunks.count {
      slabs.append(
        Slab(chunks: start..<chunks.count, firstPair: chunks[start].firstPair, pairs: pairs)
      )
    }
    return slabs
  }
}

extension SwitchPlan {
  /// Calls `body` for each example that is divided among some of the chunks, with its chunks.
  func forEachDividedExample(
    among range: Range<Int>,
    _ body: (_ example: Int, _ parts: Range<Int>) -> Void
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let first = index
      index += 1
      guard chunks[first].isPart else { continue }
      let example = chunks[first].firstExample
      while index < range.upperBound, chunks[index].firstExample == example { index += 1 }
      body(example, first..<index)
    }
  }

  /// Calls `body` for the chunks of a slab in blocks of about `slabPairs`: one block, unless an example is longer.
  func forEachBlock(of slab: Slab, _ body: (_ chunks: Range<Int>) -> Void) {
    var start = slab.chunks.lowerBound
    var pairs = 0
    for index in slab.chunks {
      pairs += chunks[index].pairs
      if pairs >= Self.slabPairs || index == slab.chunks.upperBound - 1 {
        body(start..<index + 1)
        (start, pairs) = (index + 1, 0)
      }
    }
  }

  /// Calls `body` for runs of chunks of equal size, each of at most `runPairs` pairs or one chunk.
  func forEachEvenRun(
    of chunks: Range<Int>,
    _ body: (_ first: Chunk, _ pairs: Int) -> Void
  ) {
    var index = chunks.lowerBound
    while index < chunks.upperBound {
      let first = self.chunks[index]
      var pairs = 0
      repeat {
        pairs += first.pairs
        index += 1
      } while index < chunks.upperBound && self.chunks[index].pairs == first.pairs
        && pairs + first.pairs <= Self.runPairs
      body(first, pairs)
    }
  }
}

extension SwitchPlan.Chunk {
  /// Calls `body` for the runs of the chunk's pairs whose shuffled places advance evenly, relative to the chunk.
  func forEachRun(
    _ shuffle: Shuffle,
    maps: Int,
    _ body: (_ pairs: Range<Int>, _ layout: rse_pair_layout) -> Void
  ) {
    let size = segment.length / 2
    let runs = shuffle.runs(length: segment.length)
    let chunkInSegment = firstPair - segment.firstRow / 2
    for exampleStart in stride(
      from: chunkInSegment / size * size,
      to: chunkInSegment + pairs,
      by: size
    ) {
      let row = segment.firstRow + 2 * exampleStart
      for run in runs {
        let low = max(run.pairs.lowerBound, chunkInSegment - exampleStart)
        let high = min(run.pairs.upperBound, chunkInSegment + pairs - exampleStart)
        guard low < high else { continue }
        let advance = (low - run.pairs.lowerBound) * run.stride
        body(
          exampleStart + low - chunkInSegment..<exampleStart + high - chunkInSegment,
          rse_pair_layout(
            first: (row + run.first + advance) * maps,
            second: (row + run.second + advance) * maps,
            stride: run.stride * maps
          )
        )
      }
    }
  }
}
