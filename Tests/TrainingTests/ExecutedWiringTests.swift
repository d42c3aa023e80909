import Autograd
import Networks
import Routing
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// Whether the wires of trained networks are those that routing tells of.
///
/// The networks run as they always do, with values for which every switch unit passes on exactly
/// what comes in; what moves then are the shuffles.
@Suite(.serialized) struct ExecutedWiringTests {
  private static let networks: [ModelSpec] = {
    var plain = ModelSpec(maps: 4, blocks: 2, tying: .plain, inputSymbols: 17, outputSymbols: 17)
    plain.norm = .features
    var gated = ModelSpec(.se, maps: 4, inputSymbols: 17, outputSymbols: 17)
    gated.blocks = 2
    return [ModelSpec(maps: 4, blocks: 2, inputSymbols: 17, outputSymbols: 17), plain, gated]
  }()

  /// The states that a network passes on from layer to layer, each as its rows; every input symbol
  /// is another one.
  private func states(_ spec: ModelSpec, length: Int) throws -> [[[Float]]] {
    let model = spec.makeModel(seed: 3)
    for (name, parameter) in model.parameters {
      let constants: [(suffix: String, value: Float)] = [
        // y = σ(2 · residual) ∘ x + 0.108972 · c, where σ = 1 and c = 0.
        (".residual", 100), (".contract", 0), (".bias", 0),
        // y = z ∘ swap(x) + (1 − z) ∘ c, where z = 1.
        (".gate.weight", 0), (".gate.bias", 100),
      ]
      for constant in constants where name.hasSuffix(constant.suffix) {
        parameter.value = Tensor(repeating: constant.value, parameter.shape)
      }
    }
    let batch = Batch([length: [Example(input: (1...length).map { Int32($0) }, target: [])]])
    var states: [[[Float]]] = []
    let probe = LayerProbe { state in
      let values = state.elements
      states.append((0..<length).map { Array(values[$0 * spec.maps..<($0 + 1) * spec.maps]) })
    }
    _ = try model.forward(batch, monitor: nil, probe: probe)
    return states
  }

  /// For each layer of the network where it sends what comes to each position, if all its switches
  /// stay straight.
  private func wires(_ spec: ModelSpec, length: Int) throws -> [[Int]] {
    // The gated unit exchanges the first half of the maps, and passes on the others.
    let states = try states(spec, length: length).map { $0.map { Array($0[(spec.maps / 2)...]) } }
    return try zip(states, states.dropFirst()).map { before, after in
      try before.map { try #require(after.firstIndex(of: $0)) }
    }
  }

  @Test("at length 8 wires lead where the released network's gather says", arguments: networks)
  func released(spec: ModelSpec) throws {
    // out[j] = in[rol(j)]: places 0, 1, 2, … get what was at 0, 2, 4, 6, 1, 3, 5, 7.
    let left = [0, 4, 1, 5, 2, 6, 3, 7]
    let right = [0, 2, 4, 6, 1, 3, 5, 7]
    let block = [left, left, right, right]
    #expect(try wires(spec, length: 8) == block + block + [Array(0..<8)])
  }

  @Test(
    "random settings of a network's switches give the permutation that routing tells",
    arguments: networks,
    [8, 16]
  )
  func settings(spec: ModelSpec, length: Int) throws {
    let wires = try wires(spec, length: length)
    let network = BenesNetwork(levels: length.trailingZeroBitCount)
    let inBlock = network.columns - 1
    #expect(wires.count == 2 * inBlock + 1)
    for seed in 0..<20 {
      var random = SeededRandom(seed: UInt64(seed))
      var settings = BenesNetwork.Settings(straight: network)
      for column in 0..<network.columns {
        for number in 0..<length / 2 {
          settings.crosses[column][number] = Bool.random(using: &random)
        }
      }
      let told = network.trace(Array(0..<length), settings)
      let permutation = network.permutation(of: settings)
      // Each block with the switches of the layer behind it.
      for first in [0, inBlock] {
        var elements = Array(0..<length)
        for column in 0..<network.columns {
          #expect(told[column] == elements, "in front of column \(column)")
          for number in 0..<length / 2 where settings.crosses[column][number] {
            elements.swapAt(2 * number, 2 * number + 1)
          }
          guard column < inBlock else { continue }
          let before = elements
          for (position, next) in wires[first + column].enumerated() {
            elements[next] = before[position]
          }
        }
        #expect(elements == permutation.applied(to: Array(0..<length)))
      }
    }
  }

  @Test("a routed permutation arrives over a network's wires", arguments: networks, [8, 16])
  func routed(spec: ModelSpec, length: Int) throws {
    let wires = try wires(spec, length: length)
    for seed in 0..<20 {
      var random = SeededRandom(seed: UInt64(seed))
      let permutation = Permutation.random(length, using: &random)
      let crosses = Route(permutation, through: .benes) {}.crosses
      for element in 0..<length {
        var position = element
        for (column, switches) in crosses.enumerated() {
          if switches[position / 2] { position ^= 1 }
          if column + 1 < crosses.count { position = wires[column][position] }
        }
        #expect(position == permutation.targets[element])
      }
    }
  }

  @Test("what crosses at every switch of a network goes as routing tells", arguments: [8, 16])
  func crossed(length: Int) throws {
    var spec = Self.networks[2]
    spec.blocks = 1
    let states = try states(spec, length: length).map { $0.map { Array($0[..<(spec.maps / 2)]) } }
    let network = BenesNetwork(levels: length.trailingZeroBitCount)
    var settings = BenesNetwork.Settings(straight: network)
    for column in 0..<network.columns {
      settings.crosses[column] = settings.crosses[column].map { !$0 }
    }
    let (first, last) = (try #require(states.first), try #require(states.last))
    #expect(last == network.permutation(of: settings).applied(to: first))
  }

  @Test(
    "a symbol has an influence where the wiring leads it, and exactly none elsewhere",
    arguments: networks,
    [8, 16]
  )
  func influence(spec: ModelSpec, length: Int) throws {
    let trace = try Tracer(
      spec.makeModel(seed: 4),
      input: (1...length).map { Int32($0) },
      length: length,
      symbols: spec.inputSymbols
    ).trace()
    let influence = try #require(trace.influence)
    let wiring = NetworkWiring(.benes, levels: length.trailingZeroBitCount)
    for input in 0..<length {
      var reached: Set<Int> = [input]
      for layer in 0..<trace.layers {
        reached.formUnion(reached.map { $0 ^ 1 })
        let row = influence.wired[layer + 1].elements[input * length..<(input + 1) * length]
        let found = Set((0..<length).filter { row[row.startIndex + $0] != 0 })
        #expect(found == reached, "input \(input) behind layer \(layer)")
        let column = layer % (wiring.columns - 1)
        reached = Set(reached.map { wiring.next(from: $0, behind: column) })
      }
    }
  }

  @Test(
    "at length 8 the first three layers carry a symbol where a pencil leads it",
    arguments: networks
  )
  func pencil(spec: ModelSpec) throws {
    let trace = try Tracer(
      spec.makeModel(seed: 4),
      input: (1...8).map { Int32($0) },
      length: 8,
      symbols: spec.inputSymbols
    ).trace()
    let influence = try #require(trace.influence)
    // From 5: switch 4/5, then 4 → 2 and 5 → 6, so switches 2/3 and 6/7.
    let reached: [Int: [[Int]]] = [
      0: [[0, 1], [0, 1, 4, 5], Array(0..<8)], 5: [[4, 5], [2, 3, 6, 7], Array(0..<8)],
    ]
    for (input, layers) in reached {
      for (layer, positions) in layers.enumerated() {
        let row = Array(influence.wired[layer + 1].elements[input * 8..<(input + 1) * 8])
        #expect((0..<8).filter { row[$0] != 0 } == positions, "from \(input), layer \(layer + 1)")
      }
    }
  }
}
