import Autograd
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite(.serialized) struct TraceTests {
  private static let switchNetworks: [ModelSpec] = {
    var specs = [ModelSpec(maps: 8, blocks: 2, inputSymbols: 6, outputSymbols: 6)]
    specs.append(specs[0])
    specs[1].norm = .features
    specs.append(specs[0])
    specs[2].tying = .plain
    return specs
  }()

  private static let input: [Int32] = [3, 1, 4, 1, 5, 2, 2, 3, 5, 4, 1]

  private func tracer(
    _ spec: ModelSpec,
    _ input: [Int32] = Self.input,
    length: Int = 16
  ) -> Tracer {
    Tracer(spec.makeModel(seed: 4), input: input, length: length, symbols: spec.inputSymbols)
  }

  @Test(
    "the states after all layers are those of the released code",
    arguments: GoldenTests.symbolic
  )
  func releasedStates(golden: GoldenFile) throws {
    guard try golden.spec().network == .rse else { return }
    let model = try golden.makeModel()
    for suffix in golden.binSuffixes {
      let shape = try #require(golden.file.entries["input.x\(suffix)"]?.shape)
      let (batch, n) = (shape[0], shape[1])
      let inputs = try golden.file.integers("input.x\(suffix)").map(Int32.init)
      let memory = try golden.file.tensor("out.all_mem\(suffix)")
      let (layers, m) = (memory.shape[0], memory.shape[3])
      for example in 0..<batch {
        let trace = try Tracer(
          model,
          input: Array(inputs[example * n..<(example + 1) * n]),
          length: n,
          symbols: try golden.integer("n_input")
        ).trace()
        #expect(trace.layers == layers && trace.columns.count == layers)
        for layer in 0..<layers {
          // The plain network's are told behind the shuffles.
          let shuffle = try golden.spec().tying == .plain ? trace.shuffle(behind: layer) : .none
          let first = (layer * batch + example) * n * m
          let expected = Tensor(Array(memory.elements[first..<first + n * m]), [n, m])
          expectClose(
            trace.states[layer + 1].elements,
            expected.unshuffled(shuffle, length: n).elements,
            absolute: 1e-6,
            relative: 1e-5,
            "layer \(layer) of example \(example)"
          )
        }
      }
    }
  }

  @Test("held at their own statistics norms change nothing", arguments: switchNetworks)
  func ownStatistics(spec: ModelSpec) throws {
    for length in [16, 2048] {
      let model = spec.makeModel(seed: 4)
      let input = (0..<length).map { Int32($0 % 6) }
      let batch = Batch([length: [Example(input: input, target: [])]])
      func pass(_ held: LayerProbe.NormStatistics?) throws -> (LayerProbe, [Tensor], Tensor) {
        var states: [Tensor] = []
        let probe = LayerProbe(holding: held) { states.append($0) }
        let logits = try model.forward(batch, monitor: nil, probe: probe).logits.value
        return (probe, states, logits)
      }
      let first = try pass(nil)
      #expect(try model.forward(batch, monitor: nil).logits.value == first.2)
      #expect(first.0.statistics.isEmpty == (spec.norm == .features))
      guard spec.norm == .positions else { continue }
      let second = try pass(first.0.statistics)
      #expect(second.1 == first.1 && second.2 == first.2)
    }
  }

  @Test(
    "by the wiring an input reaches 2, 4, 8, … positions, and no others",
    arguments: switchNetworks
  )
  func cone(spec: ModelSpec) throws {
    let influence = try #require(try tracer(spec).trace().influence)
    #expect(influence.reach(after: 0) == Array(repeating: 1, count: 16))
    for layers in 0..<influence.wired.count {
      let reached = min(16, 1 << layers)
      for input in 0..<16 {
        let row = influence.wired[layers].elements[input * 16..<(input + 1) * 16]
        #expect(row.count { $0 != 0 } == reached, "input \(input) after \(layers) layers")
      }
    }
    // The first layer works on pairs of neighbours.
    for input in 0..<16 {
      let row = influence.wired[1].elements[input * 16..<(input + 1) * 16]
      #expect(row[row.startIndex + input] > 0 && row[row.startIndex + (input ^ 1)] > 0)
    }
  }

  @Test("statistics over positions carry every input to every position at once")
  func sharedStatistics() throws {
    let influence = try #require(try tracer(Self.switchNetworks[0]).trace().influence)
    #expect(influence.shared.count == influence.wired.count)
    #expect(influence.shared[0].elements.allSatisfy { $0 == 0 })
    #expect(influence.shared[1].elements.allSatisfy { $0 > 0 })
    let features = try #require(try tracer(Self.switchNetworks[1]).trace().influence)
    #expect(features.shared.isEmpty)
  }

  @Test("a change is the share of the state that a layer replaces")
  func changes() throws {
    let trace = try tracer(Self.switchNetworks[0]).trace()
    #expect(trace.changes.count == 13 && trace.states.count == 14)
    let (before, after) = (trace.states[0].elements, trace.states[1].elements)
    for position in 0..<16 {
      let place = position * 8..<(position + 1) * 8
      let size = place.reduce(0) { $0 + Double(before[$1] * before[$1]) }.squareRoot()
      let distance = place.reduce(0) {
        $0 + Double((after[$1] - before[$1]) * (after[$1] - before[$1]))
      }.squareRoot()
      expectClose([trace.changes[0][position]], [Float(distance / size)], absolute: 1e-5, "change")
    }
  }

  @Test("any number of threads and of examples in a pass give the same trace")
  func threads() throws {
    defer { WorkerPool.shared.resize(threads: 2) }
    var results: [[Tensor]] = []
    for threads in [1, 2, 3] {
      WorkerPool.shared.resize(threads: threads)
      let trace = try tracer(Self.switchNetworks[0]).trace()
      let influence = try #require(trace.influence)
      results.append(trace.states + influence.wired + influence.shared + [influence.answers])
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test(
    "networks without switches are traced, too",
    arguments: [NetworkKind.transformer, .lstm, .conv, .se]
  )
  func otherNetworks(kind: NetworkKind) throws {
    var spec = ModelSpec(kind, maps: 8, inputSymbols: 6, outputSymbols: 6)
    spec.layers = 2
    let trace = try tracer(spec).trace()
    let influence = try #require(trace.influence)
    #expect(trace.columns.isEmpty == (kind != .se) && influence.shared.isEmpty)
    #expect(trace.layers == (kind == .se ? 13 : 2))
    #expect(trace.states.allSatisfy { $0.shape == [16, 8] })
    if kind == .transformer { #expect(influence.reach(after: 1).allSatisfy { $0 == 16 }) }
    if kind == .se { #expect(influence.reach(after: 2).allSatisfy { $0 == 4 }) }
    if kind == .conv { #expect(influence.reach(after: 1).max() == 3) }
  }

  @Test("a long input is traced without influences")
  func longInput() throws {
    let long = try tracer(Self.switchNetworks[0], length: 512).trace()
    #expect(long.influence == nil && long.changes.allSatisfy { $0.count == 512 })
  }

  @Test("a symbol is replaced by another one of the input")
  func replacements() {
    #expect(Tracer.replacements(of: [3, 1, 5, 3, 0], symbols: 12) == [5, 3, 1, 5, 1])
    #expect(Tracer.replacements(of: [2, 2, 0], symbols: 4) == [3, 3, 2])
    #expect(Tracer.replacements(of: [3, 0], symbols: 4) == [2, 3])
    #expect(Tracer.replacements(of: [0, 0], symbols: 4) == [1, 1])
  }
}
