import Autograd
import Tensors
import Wiring

/// The Residual Shuffle-Exchange network: embedding or convolutions over audio, Beneš blocks, a last switch
/// layer, output layer.
///
/// Sequences of any power-of-two length n ≥ 2 run through the columns of switches of a
/// `BenesWiring`, at a cost of O(n log n). "Residual Shuffle-Exchange Networks for Fast Processing
/// of Long Sequences" (AAAI 2021).
package struct ResidualShuffleExchange: SequenceModel {
  package let spec: ModelSpec
  let input: InputLayer
  let units: SwitchUnits<ResidualSwitchUnit>
  private let output: Linear
  package let calibration: NoteCalibration?

  package init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    input = InputLayer(spec, using: &values)
    units = SwitchUnits(BenesWiring(blocks: spec.blocks, tying: spec.tying)) { _ in
      ResidualSwitchUnit(maps: spec.maps, using: &values)
    }
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
    let stack = LayerStack(
      layers: units.wiring.columns(levels: layout.levels).enumerated().map { number, column in
        let weights = units[column].weights
        return { x, tape in
          tape.switchLayer(
            x,
            layout: layout,
            level: column.level,
            weights: weights,
            norm: spec.norm,
            shuffle: column.shuffle,
            dropout: dropout?.layer(number)
          )
        }
      }
    )
    let x = try stack(embedded, on: tape)
    return output(x, on: tape)
  }

  package var members: [(name: String, member: Member)] {
    [input.member] + units.members + [("output", .module(output))]
      + (calibration.map { [("calibration", .module($0))] } ?? [])
  }
}
