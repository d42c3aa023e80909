import Autograd
import Tensors

/// A module that applies a step as many times as each position decides.
///
///     p = σ(x · w + b)                          the halting probability of a state x that is prepared for the step
///     s ← p, or 1 − Σ p where Σ p > 0.99        the share of this step; Σ over the position's steps
///     x ← step(x),  y ← s ∘ x + (1 − s) ∘ y     the state continues everywhere, its result y where it has not halted
///
/// Each position is charged for its remainder 1 − Σ p. The number of its steps, which the papers add to that cost, has
/// no gradient. A. Graves, "Adaptive Computation Time for Recurrent Neural Networks" (2016); M. Dehghani et al.,
/// "Universal Transformers" (ICLR 2019), section 2.2, where y is as here.
struct AdaptiveHalting: Module {
  private let probability: Linear

  private static let threshold: Float = 0.99
  private static let cost: Float = 0.01

  init(maps: Int, using values: inout InitialValues) {
    probability = Linear(weight: values.matrix(maps, 1), bias: values.constant(1, 1))
  }

  /// - Parameters:
  ///   - x: [T, m].
  ///   - steps: the maximum number of steps; positions that have not halted by then receive no more.
  ///   - prepare: prepares the state for the step of that number.
  ///   - transform: the step.
  /// - Returns: y, [T, m].
  /// - Throws: any error that the tape's monitor throws.
  func callAsFunction(
    _ x: Variable,
    steps: Int,
    on tape: Tape,
    prepare: (Variable, Int) -> Variable,
    transform: (Variable, Int) throws -> Variable
  ) throws -> Variable {
    let (rows, maps) = (x.shape[0], x.shape[1])
    let none = [Bool](repeating: false, count: rows)
    let everywhere = tape.constant(Tensor(repeating: 1, [1, maps]))
    var state = x
    var result = tape.constant(Tensor(zeros: x.shape))
    var sum = tape.constant(Tensor(zeros: [rows, 1]))
    var remainder = sum
    var goes = [Bool](repeating: true, count: rows)
    try tape.monitor?.begin(layers: (tape.isRecording ? 3 : 1) * steps)
    tape.probe?.observe(x.value)
    for step in 0..<steps where goes.contains(true) {
      let prepared = prepare(state, step)
      let p = tape.sigmoid(probability(prepared, on: tape))
      let isOver = Self.exceedsThreshold(p.value, sum.value)
      let ends = zip(goes, isOver).map { $0 && $1 }
      goes = zip(goes, isOver).map { $0 && !$1 }
      let share = tape.haltingShare(p, sum, goes: goes, ends: ends)
      remainder = tape.add(remainder, 1, tape.haltingShare(p, sum, goes: none, ends: ends))
      sum = tape.add(sum, 1, share)
      state = tape.mark(try transform(prepared, step), layers: 2)
      result = tape.blend(tape.matmul(share, everywhere), state, result)
      tape.probe?.observe(result.value)
      try tape.monitor?.advance(layers: 1)
    }
    tape.charge(remainder, weight: Self.cost)
    return result
  }

  /// Returns true for each row where p plus the preceding sum exceeds the threshold.
  private static func exceedsThreshold(_ p: Tensor, _ sum: Tensor) -> [Bool] {
    p.withElements { p in
      sum.withElements { sum in zip(p, sum).map { $0 + $1 > threshold } }
    }
  }
}
