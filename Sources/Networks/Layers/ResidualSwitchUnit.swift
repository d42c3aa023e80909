import Autograd
import Foundation
import Tensors

/// The residual switch unit: one learned map of two m-vectors to two, applied to every adjacent pair.
///
///     h = norm(x · expand),  c = gelu(h) · contract + bias,  y = σ(2 · residual) ∘ x + 0.108972 · c
///
/// "Residual Shuffle-Exchange Networks for Fast Processing of Long Sequences" (AAAI 2021), section 4.
package struct ResidualSwitchUnit: Module {
  package let weights: SwitchWeights

  package init(maps: Int, using values: inout InitialValues) {
    weights = SwitchWeights(
      expand: values.matrix(2 * maps, 4 * maps),
      offset: values.constant(0, 4 * maps),
      contract: values.matrix(4 * maps, 2 * maps),
      bias: values.bias(2 * maps),
      residual: values.constant(Float(log(9.0) / 2), 2 * maps)
    )
  }

  package var members: [(name: String, member: Member)] {
    [
      ("expand", .parameter(weights.expand)), ("offset", .parameter(weights.offset)),
      ("contract", .parameter(weights.contract)), ("bias", .parameter(weights.bias)),
      ("residual", .parameter(weights.residual)),
    ]
  }
}

/// One pass through the switch layers: what all layers share, and the count that keys their dropout.
final class SwitchPass {
  private let layout: SequenceLayout
  private let norm: NormAxis
  private let dropout: DropoutSource?
  private let tape: Tape
  private var layers = 0

  init(layout: SequenceLayout, norm: NormAxis, dropout: DropoutSource?, tape: Tape) {
    self.layout = layout
    self.norm = norm
    self.dropout = dropout
    self.tape = tape
  }

  /// log2 of the longest sequence.
  var levels: Int { layout.levels }

  /// A layer of switches and the shuffle behind it.
  ///
  /// - Parameter level: sequences of log2(n) ≤ level pass unchanged.
  func callAsFunction(
    _ x: Variable,
    _ unit: ResidualSwitchUnit,
    _ shuffle: Shuffle,
    level: Int = 0
  ) throws -> Variable {
    try tape.checkInterruption()
    defer { layers += 1 }
    return tape.switchLayer(
      x,
      layout: layout,
      level: level,
      weights: unit.weights,
      norm: norm,
      shuffle: shuffle,
      dropout: dropout?.layer(layers)
    )
  }
}
