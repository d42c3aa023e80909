import Autograd
import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@testable import Training

/// What transformers add to their states, seen where all weights are 0 and nothing else is added.
@Suite struct PositionCodeTests {
  /// sin(p / 10000^(2i/m)) and cos of the same in turn.
  private func code(_ place: Int, maps: Int) -> [Float] {
    (0..<maps).map { map in
      let angle = Double(place) / pow(10_000, Double(map / 2 * 2) / Double(maps))
      return Float(map % 2 == 0 ? sin(angle) : cos(angle))
    }
  }

  private func states(_ kind: NetworkKind, _ layout: SequenceLayout) throws -> [[Float]] {
    var spec = ModelSpec(kind, maps: 6, inputSymbols: 3, outputSymbols: 3)
    spec.layers = 3
    spec.heads = 1
    let model = spec.makeModel(seed: 1)
    for (_, parameter) in model.parameters { parameter.value = Tensor(zeros: parameter.shape) }
    var states: [[Float]] = []
    _ = try model.logits(
      of: .symbols([Int32](repeating: 1, count: layout.rows)),
      layout: layout,
      dropout: nil,
      on: Tape(isRecording: false, probe: LayerProbe { states.append($0.elements) })
    )
    return states
  }

  @Test("codes are those of positions within examples, and of steps")
  func codes() throws {
    let layout = SequenceLayout([(8, 2), (4, 3)])
    let places = [0..<8, 0..<8, 0..<4, 0..<4, 0..<4].flatMap { Array($0) }
    let positions = places.flatMap { code($0, maps: 6) }
    let transformer = try states(.transformer, layout)
    #expect(transformer.count == 4)
    for state in transformer { expectClose(state, positions, absolute: 2e-6, "transformer") }
    let universal = try states(.universal, layout)
    #expect(universal.count == 4)
    var expected = [Float](repeating: 0, count: positions.count)
    for (step, state) in universal.enumerated() {
      expectClose(state, expected, absolute: 2e-6, "universal, step \(step)")
      let own = code(step, maps: 6)
      for index in expected.indices { expected[index] += positions[index] + own[index % 6] }
    }
  }
}
