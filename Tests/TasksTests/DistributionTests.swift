import Tensors
import Testing

@testable import Tasks

/// A number that tells something about an input.
private struct Statistic: Sendable, CustomStringConvertible {
  let task: String
  let name: String
  let value: @Sendable ([Int32]) -> Double

  init(_ task: String, _ name: String, _ value: @escaping @Sendable ([Int32]) -> Double) {
    self.task = task
    self.name = name
    self.value = value
  }

  var description: String { "\(task): \(name)" }

  static func words(_ input: [Int32]) -> [Int] { input.split(separator: 99).map(\.count) }

  private static func bits(_ input: [Int32]) -> Double {
    Double((input[(input.count / 2 + 1)...].lastIndex(of: 4) ?? 0) - input.count / 2)
  }

  static let all: [Statistic] =
    [
      .init("div", "size of the divisor", bits),
      .init("div", "highest bit of the dividend") { Double($0[$0.count / 2 - 1]) },
      .init("search", "hits") { Search().target(of: $0) == [0] ? 0 : 1 },
      .init("rol", "places") { Double($0.count { $0 == 4 }) },
      .init("rol", "bits") { Double($0.count { $0 == 2 }) },
      .init("dyck", "balanced") { Double(Brackets().target(of: $0)[0]) },
      .init("dyck", "opening brackets") { Double($0.count(where: Bracket.opens)) },
      .init("dyck", "round brackets") { Double($0.count { $0 < 3 }) },
      .init("dyck", "most that are open at once") { input in
        var depth = 0
        return Double(
          input.map {
            depth += Bracket.opens($0) ? 1 : -1; return depth
          }.max() ?? 0
        )
      },
      .init("dyck_continue", "left open") { Double(BracketCompletion().target(of: $0).count) },
      .init("dyck_continue", "round brackets") { Double($0.count { $0 < 3 }) },
      .init("w_sort", "words") { Double(words($0).count) },
      .init("w_sort", "longest word") { Double(words($0).max() ?? 0) },
      .init("w_sort", "odd letters") { Double($0.count { $0 != 99 && $0 & 1 == 1 }) },
      .init("memory_indexing", "first address") { Double($0[0]) },
      .init("memory_indexing", "bits") { Double($0.count { $0 % 3 == 2 }) },
      .init("memory_indexing", "place of the first query") { input in
        Double(input.firstIndex { ($0 - 1) / 3 == (input[input.count / 2] - 1) / 3 } ?? 0)
      },
    ]
    + ["add", "qadd", "mul", "qmul", "badd", "bmul", "mulbcd"].flatMap { task in
      [
        Statistic(task, "highest digit of the first") { Double($0[$0.count / 2 - 1]) },
        Statistic(task, "mean symbol", mean),
      ]
    }
    + ["sort", "kvsort", "id", "rev", "rev2", "incr", "left", "right", "dup", "shuffle", "search"]
    .flatMap { task in
      [
        Statistic(task, "mean symbol", mean), Statistic(task, "first symbol") { Double($0[0]) },
        Statistic(task, "repeated symbols") { Double($0.count - Set($0).count) },
      ]
    }

  private static let mean: @Sendable ([Int32]) -> Double = { input in
    Double(input.reduce(0, +)) / Double(input.count)
  }
}

@Suite("Distributions of inputs") struct DistributionTests {
  @Test("drawn inputs are like the original's", arguments: Statistic.all)
  private func likeSamples(statistic: Statistic) throws {
    let task = try #require(TaskCatalog.task(named: statistic.task))
    let samples = try Dictionary(grouping: Samples.pairs(statistic.task), by: \.requested)
    #expect(samples.count >= 3)
    for (request, pairs) in samples {
      let length = try #require(task.inputLength(requesting: request))
      var random = RandomSource(seed: 10).stream(.testData, UInt64(request))
      let drawn = (0..<1000).map { _ in statistic.value(task.input(length: length, using: &random))
      }
      let mean = drawn.reduce(0, +) / 1000
      let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
      let original = pairs.map { statistic.value($0.input) }
      let difference = original.reduce(0, +) / Double(original.count) - mean
      let error = (variance / Double(original.count)).squareRoot()
      #expect(abs(difference) <= 4 * error, "length \(length): \(difference / max(error, 1e-9))")
    }
  }

  @Test("symbols are equally frequent where they are free", arguments: ["sort", "add", "qmul"])
  func uniform(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    var random = RandomSource(seed: 11).stream(.testData)
    var counts: [Int32: Int] = [:]
    for _ in 0..<100 {
      for symbol in task.input(length: 101, using: &random).enumerated() where symbol.offset != 50 {
        counts[symbol.element, default: 0] += 1
      }
    }
    let expected = 10_000 / Double(counts.count)
    #expect(counts.count == ["sort": 11, "add": 10, "qmul": 4][name])
    #expect(counts.values.allSatisfy { abs(Double($0) - expected) < 5 * expected.squareRoot() })
  }

  @Test("lists to merge are sorted, of halves of the words, around the mark")
  func merging() throws {
    let task = Merging()
    var random = RandomSource(seed: 12).stream(.testData)
    for length in [3, 4, 5, 13, 64, 300] {
      for _ in 0..<20 {
        let input = task.input(length: length, using: &random)
        #expect(input.count == length)
        let words = input.split(separator: 99).map { $0.map(Int.init) }
        let middle = try #require(words.firstIndex(of: [98]))
        let halves = [Array(words[..<middle]), Array(words[(middle + 1)...])]
        #expect(halves[1].count - halves[0].count == (words.count - 1) % 2)
        #expect(words.joined().count { $0 == 98 } == 1)
        let sorted = words.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(task.target(of: input).split(separator: 99).map { $0.map(Int.init) } == sorted)
        for half in halves {
          #expect(half == half.sorted { $0.lexicographicallyPrecedes($1) })
        }
      }
    }
  }

  @Test("half of the brackets are balanced; in the others at most four are wrong")
  func brackets() {
    var random = RandomSource(seed: 13).stream(.testData)
    let targets = (0..<2000).map { _ in
      Brackets().target(of: Brackets().input(length: 32, using: &random))[0]
    }
    #expect(abs(targets.count { $0 == 2 } - 1000) < 110)
  }

  @Test("a few fixed draws stay what they are on every machine")
  func fixed() {
    func draw(_ task: some GeneratedTask) -> String {
      task.question(
        task.testExample(above: 0, upTo: 8, index: 0, source: RandomSource(seed: 1)).input
      )
    }
    #expect(draw(Addition(.binary)) == "010 + 011")
    #expect(draw(Sorting()) == "10 1 2 6 4 2 5 1")
    #expect(draw(Reversal()) == "10 1 2 6 4 2 5 1")
    #expect(draw(Brackets()) == "[][][()]")
    #expect(draw(WordSorting()) == "86 | 11 46 29 | 43 9")
  }
}
