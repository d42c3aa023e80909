import Autograd
import Tensors

/// The Residual Shuffle-Exchange network: embedding or convolutions over audio, Beneš blocks, a last switch
/// layer, output layer.
///
/// Sequences of any power-of-two length n ≥ 2 run through 2 (log2 n − 1) · blocks + 1 switch layers, at a
/// cost of O(n log n). "Residual Shuffle-Exchange Networks for Fast Processing of Long Sequences" (AAAI 2021).
package struct ResidualShuffleExchange: SequenceModel {
  package let spec: ModelSpec
  let input: InputLayer
  private let blocks: [any Block]
  private let last: ResidualSwitchUnit
  private let output: Linear
  package let calibration: NoteCalibration?

  package init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    input = InputLayer(spec, using: &values)
    var blocks: [any Block] = []
    for _ in 0..<spec.blocks {
      switch spec.tying {
      case .shared: blocks.append(BenesBlock(maps: spec.maps, using: &values))
      case .plain: blocks.append(PlainBenesBlock(maps: spec.maps, using: &values))
      }
    }
    self.blocks = blocks
    last = ResidualSwitchUnit(maps: spec.maps, using: &values)
    output = Linear(from: spec.maps, to: spec.outputSymbols, using: &values)
    calibration = spec.input.isHeard ? NoteCalibration(using: &values) : nil
  }

  package func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let embedded = self.input(input, layout: layout, on: tape)
    let layout = spec.positions(of: layout)
    let layers =
      blocks.flatMap { $0.layers(levels: layout.levels) }
      + [SwitchLayer(unit: last, shuffle: .none, level: 0)]
    let stack = LayerStack(
      layers: layers.enumerated().map { number, layer in
        { x, tape in
          tape.switchLayer(
            x,
            layout: layout,
            level: layer.level,
            weights: layer.unit.weights,
            norm: spec.norm,
            shuffle: layer.shuffle,
            dropout: dropout?.layer(number)
          )
        }
      }
    )
    let x = try stack(embedded, on: tape)
    return output(x, on: tape)
  }

  package var members: [(name: String, member: Member)] {
    [
      input.member, ("blocks", .module(ModuleList(modules: blocks))), ("last", .module(last)),
      ("output", .module(output)),
    ] + (calibration.map { [("calibration", .module($0))] } ?? [])
  }
}
