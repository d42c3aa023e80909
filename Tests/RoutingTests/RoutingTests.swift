import TestSupport
import Testing

@testable import Routing

@Suite("Routing")
struct RoutingTests {
  /// All rearrangements of n elements.
  private static func all(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return all(count - 1).flatMap { rest in
      (0...rest.count).map { place in
        Array(rest[..<place]) + [count - 1] + Array(rest[place...])
      }
    }
  }

  private func check(_ permutation: Permutation, fixesSwitches: Bool = false) {
    let network = BenesNetwork(levels: permutation.count.trailingZeroBitCount)
    let settings = Looping(permutation, fixesSwitches: fixesSwitches) {}.settings
    #expect(network.permutation(of: settings) == permutation)
  }

  @Test("settings realise every permutation of up to 8 elements", arguments: [1, 2, 3])
  func small(levels: Int) throws {
    let network = BenesNetwork(levels: levels)
    for targets in Self.all(network.count) {
      let permutation = try #require(Permutation(targets))
      let settings = Looping(permutation) {}.settings
      guard network.permutation(of: settings) == permutation else {
        Issue.record("\(targets) is not realised")
        return
      }
    }
  }

  @Test("settings realise random permutations", arguments: [4, 5, 7, 10, 13, 16])
  func large(levels: Int) {
    var random = SeededRandom(seed: UInt64(levels))
    check(.random(1 << levels, using: &random))
    check(.random(1 << levels, using: &random), fixesSwitches: true)
  }

  @Test("named permutations", arguments: 1...6)
  func named(levels: Int) {
    let count = 1 << levels
    for permutation in [
      .identity(count), .reversal(count), .shuffle(levels: levels), .bitReversal(levels: levels),
      .rotation(count, by: 3), .rotation(count, by: -1),
    ] as [Permutation] {
      check(permutation)
    }
    let straight = BenesNetwork.Settings(straight: BenesNetwork(levels: levels))
    #expect(
      BenesNetwork(levels: levels).permutation(of: straight) == .identity(count)
    )
    #expect(Looping(.identity(count)) {}.settings == straight)
  }

  @Test("Waksman's switches stay straight, one in each inner network")
  func waksman() {
    for seed in 0..<50 {
      var random = SeededRandom(seed: UInt64(seed))
      let levels = 1 + seed % 6
      let network = BenesNetwork(levels: levels)
      let permutation = Permutation.random(network.count, using: &random)
      let settings = Looping(permutation, fixesSwitches: true) {}.settings
      #expect(network.permutation(of: settings) == permutation)
      var fixed = 0
      for depth in 0..<max(0, levels - 1) {
        let column = network.columns - 1 - depth
        // The first exit of each inner network: all other index bits are 0.
        let settled = (0..<depth).map { 1 << network.bit(of: $0) }
        for subset in 0..<1 << depth {
          let place = settled.enumerated().reduce(0) { $0 | (subset >> $1.offset & 1) * $1.element }
          let position = network.position(of: place, before: column)
          #expect(!settings.crosses[column][position / 2])
          fixed += 1
        }
      }
      let counts = NetworkCounts(levels: levels)
      #expect(counts.benes - Double(fixed) == counts.waksman)
    }
  }

  @Test("the textbook's network with the same switches does the same", arguments: 1...7)
  func recursive(levels: Int) {
    let network = BenesNetwork(levels: levels)
    for seed in 0..<20 {
      var random = SeededRandom(seed: UInt64(seed))
      var settings = BenesNetwork.Settings(straight: network)
      for column in 0..<network.columns {
        for number in 0..<network.count / 2 {
          settings.crosses[column][number] = Bool.random(using: &random)
        }
      }
      let permutation = network.permutation(of: settings)
      let textbook = RecursiveBenes(settings, of: network)
      let elements = Array(0..<network.count)
      #expect(textbook.applied(to: elements) == permutation.applied(to: elements))
    }
  }

  @Test("loops close, and part the elements of each switch")
  func loops() {
    var random = SeededRandom(seed: 5)
    let permutation = Permutation.random(32, using: &random)
    let loops = Looping(permutation, keepsLoops: true) {}.loops
    for depth in 0..<4 {
      let steps = loops.filter { $0.depth == depth }.flatMap(\.steps)
      #expect(Set(steps.map(\.entrance)) == Set(0..<32) && Set(steps.map(\.exit)) == Set(0..<32))
      let mask = 1 << BenesNetwork(levels: 5).bit(of: depth)
      let halves = Dictionary(uniqueKeysWithValues: steps.map { ($0.entrance, $0.half) })
      let exits = Dictionary(uniqueKeysWithValues: steps.map { ($0.exit, $0.half) })
      for place in 0..<32 {
        #expect(halves[place] != halves[place ^ mask] && exits[place] != exits[place ^ mask])
      }
    }
  }

  @Test("half of the network makes as many permutations as it has settings", arguments: [1, 2, 3])
  func omega(levels: Int) throws {
    let network = OmegaNetwork(levels: levels)
    var routed = 0
    for targets in Self.all(network.count) {
      let permutation = try #require(Permutation(targets))
      let routing = network.route(permutation)
      if routing.conflicts.isEmpty {
        routed += 1
        // The same switches behind straight ones, which lead each element to where a perfect
        // shuffle would.
        let whole = BenesNetwork(levels: levels)
        var settings = BenesNetwork.Settings(straight: whole)
        for (column, switches) in routing.crosses.enumerated() {
          settings.crosses[levels - 1 + column] = switches
        }
        let shuffle = Permutation.shuffle(levels: levels)
        let around = shuffle.followed(by: permutation).followed(by: shuffle.inverse)
        #expect(whole.permutation(of: settings) == around)
      }
      for conflict in routing.conflicts {
        #expect(conflict.elements[0] != conflict.elements[1])
        #expect(conflict.column == routing.crosses.count - 1)
      }
    }
    #expect(Double(routed) == [1: 2, 2: 16, 3: 4096][levels])
    #expect(NetworkCounts(levels: levels).omega == [1: 1, 2: 4, 3: 12][levels])
  }

  @Test("counts")
  func counts() {
    let eight = NetworkCounts(levels: 3)
    #expect(eight.benes == 20 && eight.waksman == 17 && eight.omega == 12)
    #expect(abs(eight.bits - 15.2992) < 1e-4)
  }

  @Test("permutations say what they are")
  func permutations() throws {
    #expect(
      Permutation([0, 0]) == nil && Permutation([0, 2]) == nil && Permutation([-1, 0]) == nil
    )
    let permutation = try #require(Permutation([3, 1, 0, 2]))
    #expect(permutation.applied(to: ["a", "b", "c", "d"]) == ["c", "b", "d", "a"])
    #expect(permutation.cycles == [[0, 3, 2]])
    #expect(permutation.followed(by: permutation.inverse) == .identity(4))
    #expect(Permutation.shuffle(levels: 3).targets == [0, 2, 4, 6, 1, 3, 5, 7])
    #expect(Permutation.bitReversal(levels: 3).targets == [0, 4, 2, 6, 1, 5, 3, 7])
    #expect(Permutation.rotation(4, by: 1).targets == [1, 2, 3, 0])
  }
}
