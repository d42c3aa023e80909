import Synchronization
import Tensors

/// Finite sets of examples, as in the reference code: for every requested length up to `count` different inputs. The
/// search for another one ends after 20 repeats in a row.
///
/// A set is a function of seed and length. It is made on first use, and stores of each example only the number of the
/// random stream that generates it and a hash of its input.
final class StoredExamples: Sendable {
  /// The examples of one requested length.
  struct Set: Sendable {
    fileprivate(set) var attempts: [UInt32] = []
    /// The hashes of the inputs in ascending order.
    fileprivate(set) var hashes: [UInt64] = []

    var count: Int { attempts.count }

    /// Returns true if the set has an input with a hash.
    func contains(_ hash: UInt64) -> Bool {
      var (low, high) = (0, hashes.count)
      while low < high {
        let middle = (low + high) / 2
        if hashes[middle] < hash { low = middle + 1 } else { high = middle }
      }
      return low < hashes.count && hashes[low] == hash
    }
  }

  private struct Cache {
    var seed: UInt64?
    var sets: [Int: Set] = [:]
    var tables: [Int: LengthTable] = [:]
  }

  private let task: any GeneratedTask
  private let count: Int
  /// The longest requested length.
  private let longest: Int
  private let cache = Mutex(Cache())

  private static let patience = 20
  /// The ratio of different inputs to stored ones from which on a set counts as full.
  private static let plenty = 4.0

  init(task: any GeneratedTask, count: Int, longest: Int) {
    self.task = task
    self.count = count
    self.longest = longest
  }

  /// Returns an example whose input is longer than `above` and fits `bin`, all stored ones equally often.
  func draw(
    above: Int,
    upTo bin: Int,
    using random: inout RandomStream,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Example {
    let table = try table(above: above, upTo: bin, source: source, interruption: interruption)
    let request = table.draw(using: &random)
    let set = try set(of: request, source: source, interruption: interruption)
    return example(request, set.attempts[random.index(below: set.count)], source)
  }

  /// Returns true if an input is stored for any of the requested lengths.
  func contains(
    _ input: [Int32],
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Bool {
    let hash = input.hashOfSymbols
    var request = input.count
    while request <= longest {
      let length = task.inputLength(requesting: request) ?? 0
      if length > input.count { return false }
      if length == input.count,
        try set(of: request, source: source, interruption: interruption).contains(hash)
      {
        return true
      }
      request += 1
    }
    return false
  }

  /// Returns the examples of a requested length that has any.
  func set(
    of request: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> Set {
    if let set = cached(source, { $0.sets[request] }) { return set }
    var set = Set()
    var seen: Swift.Set<UInt64> = []
    var attempt: UInt32 = 0
    var repeats = 0
    while set.count < count, repeats < Self.patience {
      try interruption?()
      if seen.insert(example(request, attempt, source).input.hashOfSymbols).inserted {
        set.attempts.append(attempt)
        repeats = 0
      } else {
        repeats += 1
      }
      attempt += 1
    }
    set.hashes = seen.sorted()
    let finished = set
    change(source) { $0.sets[request] = finished }
    return set
  }

  /// Returns the requested lengths whose inputs belong to a bin, with the numbers of their examples.
  private func table(
    above: Int,
    upTo bin: Int,
    source: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) rethrows -> LengthTable {
    if let table = cached(source, { $0.tables[bin] }) { return table }
    var weights: [LengthWeight] = []
    var isPlenty = false
    for request in above + 1...longest {
      guard let length = task.inputLength(requesting: request), length > above else { continue }
      if length > bin { break }
      isPlenty = isPlenty || task.distinctInputs(length: length) >= Self.plenty * Double(count)
      let size =
        isPlenty
        ? count : try set(of: request, source: source, interruption: interruption).count
      weights.append(LengthWeight(length: request, weight: Double(size)))
    }
    let table = LengthTable(weights[...])
    change(source) { $0.tables[bin] = table }
    return table
  }

  private func example(_ request: Int, _ attempt: UInt32, _ source: RandomSource) -> Example {
    var stream = source.stream(.storedExamples, UInt64(attempt), UInt32(request))
    return task.example(length: task.inputLength(requesting: request) ?? request, using: &stream)
  }

  private func cached<Value: Sendable>(
    _ source: RandomSource,
    _ find: @Sendable (Cache) -> Value?
  ) -> Value? {
    cache.withLock { $0.seed == source.seed ? find($0) : nil }
  }

  private func change(_ source: RandomSource, _ body: @Sendable (inout Cache) -> Void) {
    cache.withLock { cache in
      if cache.seed != source.seed { cache = Cache(seed: source.seed) }
      body(&cache)
    }
  }
}

extension [Int32] {
  /// A hash that is the same for equal sequences on every machine (FNV-1a).
  var hashOfSymbols: UInt64 {
    reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x100_0000_01B3 }
  }
}
