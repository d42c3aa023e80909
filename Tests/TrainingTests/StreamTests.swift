import Autograd
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

/// Every use of randomness in networks has numbers of its own.
@Suite("Random numbers of networks") struct StreamTests {
  @Test("each layer, step and seed has a key of its own; all is kept where keep is 1")
  func keys() {
    var keys: [UInt64: String] = [:]
    for seed: UInt64 in [0, 1, 2] {
      for step in 0..<30 {
        let dropout = DropoutSource(keep: 0.9, source: RandomSource(seed: seed), step: step)
        for layer in 0..<40 {
          let what = "seed \(seed), step \(step), layer \(layer)"
          guard let key = dropout.layer(layer)?.key else {
            Issue.record("nothing is dropped at \(what)")
            continue
          }
          #expect(key == dropout.wholeLayer(layer)?.key)
          let other = keys.updateValue(what, forKey: key)
          #expect(other == nil, "\(what) and \(other ?? "")")
        }
      }
    }
    let dropout = DropoutSource(keep: 1, source: RandomSource(seed: 0), step: 1)
    #expect(dropout.layer(0) == nil && dropout.wholeLayer(0) == nil)
  }

  /// Which elements of ones the dropout of a layer lets pass.
  private func mask(_ layout: SequenceLayout, width: Int, layer: Int, step: Int) throws -> [Bool] {
    let source = DropoutSource(keep: 0.5, source: RandomSource(seed: 3), step: step)
    let tape = Tape(isRecording: false)
    let ones = tape.constant(Tensor(repeating: 1, [layout.rows, width]))
    let dropout = try #require(source.wholeLayer(layer))
    return tape.dropout(ones, layout: layout, dropout).value.elements.map { $0 != 0 }
  }

  @Test("masks differ from layer to layer, from step to step and from position to position")
  func masks() throws {
    let layout = SequenceLayout([(16, 3), (4, 5)])
    let width = 64
    var rows: [[Bool]] = []
    for layer in 0..<3 {
      for step in 1...3 {
        let mask = try mask(layout, width: width, layer: layer, step: step)
        rows += stride(from: 0, to: mask.count, by: width).map { Array(mask[$0..<$0 + width]) }
      }
    }
    #expect(rows.count == 9 * 68 && Set(rows).count == rows.count)
    // Nor is one the other's complement, and each drops about half.
    #expect(Set(rows.map { row in row.map { $0 == row[0] } }).count == rows.count)
    #expect(rows.allSatisfy { (12...52).contains($0.count { $0 }) })
  }

  /// Where the output of a layer is unchanged or zero, so that it tells the layer's mask.
  private enum Trace { case zeros, unchanged }

  /// The masks of the layers of a pass through a network of that many layers.
  private func masks(_ spec: ModelSpec, step: Int, _ trace: Trace) throws -> [[Bool]] {
    var states: [[Float]] = []
    let probe = LayerProbe { states.append($0.elements) }
    let tape = Tape(isRecording: false, probe: probe)
    let layout = SequenceLayout(length: 32, batch: 2)
    _ = try spec.makeModel(seed: 3).logits(
      of: .symbols((0..<layout.rows).map { Int32($0 % 11 + 1) }),
      layout: layout,
      dropout: DropoutSource(keep: 0.4, source: RandomSource(seed: 3), step: step),
      on: tape
    )
    return zip(states, states.dropFirst()).map { before, after in
      zip(before, after).map { trace == .zeros ? $1 == 0 : $0 == $1 }
    }
  }

  @Test(
    "each layer of a network drops other elements, and others at each step",
    arguments: [NetworkKind.rse, .se, .lstm, .gru, .conv, .transformer]
  )
  func networks(kind: NetworkKind) throws {
    var spec = ModelSpec(kind, maps: 16, inputSymbols: 12, outputSymbols: 12)
    if spec.network.settings.contains(.layers) { spec.layers = 5 }
    let trace = kind == .conv || kind == .transformer ? Trace.unchanged : .zeros
    var seen: [[Bool]] = []
    for step in [1, 2] { seen += try masks(spec, step: step, trace) }
    #expect(seen.count >= 10 && Set(seen).count == seen.count)
    // A layer of a transformer leaves what both of its parts drop, each 60 %; layers that drop 1 -
    // keep over all layers of length 32 drop 12 %.
    let rate = kind == .transformer ? 0.36 : kind == .conv ? 0.6 : 0.12
    for mask in seen {
      let share = Double(mask.count { $0 }) / Double(mask.count)
      #expect(abs(share - rate) < 0.06, "\(share)")
    }
    for (index, first) in seen.enumerated() {
      for second in seen.dropFirst(index + 1) {
        let both = Double(zip(first, second).count { $0 && $1 }) / Double(first.count)
        #expect(abs(both - rate * rate) < 0.08)
      }
    }
  }

  @Test("each parameter of a model has initial values of its own", arguments: NetworkKind.allCases)
  func initialValues(kind: NetworkKind) throws {
    var spec = ModelSpec(kind, maps: 16, inputSymbols: 12, outputSymbols: 12)
    if kind.hearsWindows { spec.window = 4096 }
    for seed: UInt64 in [1, 2] {
      var owners: [[Float]: String] = [:]
      for (name, parameter) in spec.makeModel(seed: seed).parameters {
        let values = parameter.value.elements
        // Constants are drawn from nothing.
        guard Set(values).count > 2 else { continue }
        // Uniform values of matrices, whatever their bounds are.
        let bound =
          parameter.role == .matrix
          ? (6 / Float(parameter.shape[0] + parameter.shape[1])).squareRoot() : 1
        let firsts = values.prefix(2).map { ($0 / bound * 1e5).rounded() }
        let owner = owners.updateValue(name, forKey: firsts)
        #expect(owner == nil, "\(name) and \(owner ?? "")")
        #expect(Set(values).count > values.count * 9 / 10, "\(name) repeats its values")
      }
      #expect(owners.count > 2)
    }
  }

  @Test("parameters of all kinds, drawn one after another, begin with other numbers")
  func initialUniforms() {
    var values = InitialValues(seed: 4)
    var firsts: [Double] = []
    for _ in 0..<10 {
      let bound = (6.0 / 8).squareRoot()
      firsts.append((Double(values.matrix(4, 4).value.elements[0]) / bound + 1) / 2)
      firsts.append(Double(values.bias(4).value.elements[0]) / 0.01)
      firsts.append((Double(values.table(4, 4, within: 2).value.elements[0]) / 2 + 1) / 2)
    }
    let sorted = firsts.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 > 1e-6 })
    #expect(sorted.allSatisfy { $0 >= 0 && $0 < 1 })
  }
}
