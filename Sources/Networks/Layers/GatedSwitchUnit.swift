import Autograd
import Tensors

/// The switch unit of the first Shuffle-Exchange network, on pairs of m-vectors.
///
///     u  = x + s ∘ scale                          s: the skip input of an earlier block, if any
///     r1 = σ(u · reset1 + b + ½),  r2 = σ(u · reset2 + b + ½)
///     c  = tanh[(u ∘ r1) · cand1 + b, (u ∘ r2) · cand2 + b]
///     z  = σ(u · gate + b + ½)
///     y  = z ∘ swap(x) + (1 − z) ∘ c
///
/// swap exchanges the first half of the maps inside the pair. 16 m² + 8 m parameters. "Neural Shuffle-Exchange
/// Networks — Sequence Processing in O(n log n) Time" (NeurIPS 2019).
struct GatedSwitchUnit: Module {
  private let reset1, reset2, gate, candidate1, candidate2: Linear
  /// m factors of the skip input; nil in the first block.
  private let scale: Parameter?
  private let maps: Int

  init(maps: Int, hasSkip: Bool, using values: inout InitialValues) {
    self.maps = maps
    func linear(to outputs: Int) -> Linear {
      Linear(weight: values.matrix(2 * maps, outputs), bias: values.constant(0, outputs))
    }
    reset1 = linear(to: 2 * maps)
    reset2 = linear(to: 2 * maps)
    gate = linear(to: 2 * maps)
    candidate1 = linear(to: maps)
    candidate2 = linear(to: maps)
    scale = hasSkip ? values.constant(0.5, maps) : nil
  }

  /// - Parameters:
  ///   - x: [T, m].
  ///   - skip: [T, m].
  func callAsFunction(_ x: Variable, skip: Variable?, on tape: Tape) -> Variable {
    let pairs: Shape = [x.shape[0] / 2, 2 * maps]
    var u = x
    if let skip, let scale { u = tape.add(x, skip, scaledBy: tape.use(scale)) }
    u = tape.reshape(u, to: pairs)
    let r1 = tape.sigmoid(reset1(u, on: tape), shift: 0.5)
    let r2 = tape.sigmoid(reset2(u, on: tape), shift: 0.5)
    let candidate = tape.tanh(
      tape.joinColumns(
        candidate1(tape.multiply(u, r1), on: tape),
        candidate2(tape.multiply(u, r2), on: tape)
      )
    )
    let z = tape.sigmoid(gate(u, on: tape), shift: 0.5)
    let swapped = tape.swapHalves(tape.reshape(x, to: pairs))
    return tape.reshape(tape.blend(z, swapped, candidate), to: x.shape)
  }
}
