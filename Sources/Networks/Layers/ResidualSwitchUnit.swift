import Autograd
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
      residual: values.constant(Float(Real.log(9.0) / 2), 2 * maps)
    )
  }

  package var members: [(name: String, member: Member)] { weights.members }
}
