import Tensors

/// The cells of recurrent networks.
package enum RecurrentCell: Sendable {
  /// i, f, o = σ(…), g = tanh(…), c ← f ∘ c + i ∘ g, h ← o ∘ tanh(c). Gates in the order i f g o.
  /// "Long Short-Term Memory" (1997), with the forget gate of "Learning to Forget" (2000).
  case lstm
  /// r, z = σ(…), n = tanh(x_n + r ∘ (h · U_n)), h ← (1 − z) ∘ n + z ∘ h. Gates in the order r z n.
  /// "Learning Phrase Representations using RNN Encoder–Decoder" (EMNLP 2014), with the reset after the product.
  case gru

  /// The number of gates per unit.
  package var gates: Int { self == .lstm ? 4 : 3 }
  /// The number of floats per unit and position that the backward pass needs.
  package var kept: Int { self == .lstm ? 5 : 4 }
}

/// The division of a recurrence into parts of work.
package struct RecurrenceBlocks: Sendable {
  /// The number of examples that share a product.
  package let examples: Int
  /// The number of positions of all examples between two checks of the monitor.
  package let positions: Int
  /// The minimum number of steps between two checks of the monitor, whatever the number of examples.
  package let leastSteps: Int

  package init(examples: Int = 16, positions: Int = 1 << 15, leastSteps: Int = 16) {
    self.examples = examples
    self.positions = positions
    self.leastSteps = leastSteps
  }
}

extension Tape {
  /// Runs a cell over the positions of each sequence, from a state of zeros.
  ///
  /// - Parameters:
  ///   - x: [T, gates · h]: the inputs' share of the gates.
  ///   - recurrent: [h, gates · h]: the weights of the state's share.
  ///   - lengths: the lengths of the sequences in x, one after another, longest first; T in all.
  ///   - isReversed: true to run from the last position to the first.
  ///   - blocks: the division into parts of work; only tests change it.
  /// - Returns: [T, h].
  /// - Throws: any error that the tape's monitor throws.
  package func recurrence(
    _ x: Variable,
    _ recurrent: Variable,
    cell: RecurrentCell,
    lengths: [Int],
    isReversed: Bool,
    blocks: RecurrenceBlocks = RecurrenceBlocks()
  ) throws -> Variable {
    let rows = lengths.reduce(0, +)
    precondition(zip(lengths, lengths.dropFirst()).allSatisfy(>=), "longest first")
    let run = RecurrentRun(
      cell: cell,
      units: recurrent.shape[0],
      examples: ExampleTable(lengths: lengths),
      rows: rows,
      isReversed: isReversed,
      blocks: blocks,
      monitor: monitor
    )
    precondition(
      x.shape == [rows, run.gateWidth],
      "\(x.shape) for \(rows) positions"
    )
    precondition(recurrent.shape == [run.units, run.gateWidth], "weights of \(recurrent.shape)")
    let operand = x.operand
    let (value, kept) = try run.forward(
      x.value,
      recurrent.packed(transposed: false),
      keeps: isRecording
    )
    return record(value) { [value] gradient, gradients in
      guard let kept else { return }
      let (dx, dpre) = try run.backward(gradient, value, kept, recurrent.packed(transposed: true))
      gradients.add(dx, to: operand)
      if gradients.wants(recurrent) {
        gradients.add(productOfTranspose(run.statesBefore(value), dpre), to: recurrent)
      }
    }
  }
}

/// A run of a cell over sequences.
///
/// Groups of examples run side by side, each through its positions, in slabs of time; the pass may be ended between two
/// slabs.
private struct RecurrentRun {
  let cell: RecurrentCell
  let units: Int
  let examples: ExampleTable
  let rows: Int
  let isReversed: Bool
  let blocks: RecurrenceBlocks
  let monitor: PassMonitor?

  var gateWidth: Int { cell.gates * units }
  private var keptWidth: Int { cell.kept * units }
  private var longest: Int { examples[0].length }
  private var slabSteps: Int { max(blocks.leastSteps, blocks.positions / examples.count) }

  /// Returns the row of the position that an example reads at a step.
  private func row(_ example: Int, _ step: Int) -> Int {
    let place = examples[example]
    return place.firstRow + (isReversed ? place.length - 1 - step : step)
  }

  /// Calls `body` for each group and each slab of steps, in order.
  private func forEachSlab(
    reversed: Bool,
    _ body: (_ group: Range<Int>, _ steps: Range<Int>) -> Void
  ) throws {
    let starts = Array(stride(from: 0, to: longest, by: slabSteps))
    let groups = (examples.count + blocks.examples - 1) / blocks.examples
    for start in reversed ? starts.reversed() : starts {
      try monitor?.check()
      let steps = start..<min(start + slabSteps, longest)
      WorkerPool.shared.run(parts: groups) { part in
        let first = part * blocks.examples
        body(first..<min(first + blocks.examples, examples.count), steps)
      }
    }
  }

  /// Returns the examples of a group that have a position at a step: the first ones, since longer ones come first.
  private func active(_ group: Range<Int>, at step: Int) -> Range<Int> {
    var end = group.upperBound
    while end > group.lowerBound, examples[end - 1].length <= step { end -= 1 }
    return group.lowerBound..<end
  }

  func forward(
    _ x: Tensor,
    _ weights: PackedMatrix,
    keeps: Bool
  ) throws -> (value: Tensor, kept: Tensor?) {
    let (h, gateWidth, keptWidth) = (units, gateWidth, keptWidth)
    var states = Tensor(zeros: [examples.count, h])
    var cells = Tensor(zeros: [examples.count, h])
    var shares = Tensor(zeros: [examples.count, gateWidth])
    // Without a backward pass, each example overwrites its kept values.
    var kept = Tensor(zeros: [keeps ? rows : examples.count, keptWidth])
    let value = try Tensor([rows, h], reading: x, weights.storage) { out, x, weights in
      try withPointers(
        writing: &states,
        &cells,
        &shares,
        &kept
      ) { states, cells, shares, kept in
        try forEachSlab(reversed: false) { group, steps in
          for step in steps {
            let active = active(group, at: step)
            guard let first = active.first else { return }
            if step > 0 {
              MatrixProduct.multiply(
                states + first * h,
                stride: h,
                rows: active.count,
                by: weights,
                height: h,
                width: gateWidth,
                into: shares + first * gateWidth,
                stride: gateWidth
              )
            }
            for example in active {
              let row = row(example, step)
              let state = states + example * h
              let keptRow = kept + (keeps ? row : example) * keptWidth
              switch cell {
              case .lstm:
                kernels.lstm_forward(
                  h,
                  x + row * gateWidth,
                  shares + example * gateWidth,
                  keptRow,
                  cells + example * h,
                  out + row * h
                )
              case .gru:
                kernels.gru_forward(
                  h,
                  x + row * gateWidth,
                  shares + example * gateWidth,
                  state,
                  keptRow,
                  out + row * h
                )
              }
              state.update(from: out + row * h, count: h)
            }
          }
        }
      }
    }
    return (value, keeps ? kept : nil)
  }

  /// Computes the gradients of the inputs' and of the state's share of the gates.
  func backward(
    _ gradient: Tensor,
    _ value: Tensor,
    _ kept: Tensor,
    _ transposed: PackedMatrix
  ) throws -> (dx: Tensor, dpre: Tensor) {
    let (h, gateWidth, keptWidth) = (units, gateWidth, keptWidth)
    let zeros = Tensor(zeros: [h])
    var dStates = Tensor(zeros: [examples.count, h])
    var dCells = Tensor(zeros: [examples.count, h])
    var shares = Tensor(zeros: [examples.count, gateWidth])
    var dpre = Tensor(zeros: [rows, gateWidth])
    let dx = try Tensor(
      [rows, gateWidth],
      reading: gradient,
      value,
      kept,
      transposed.storage,
      zeros
    ) { dx, gradient, value, kept, weights, zeros in
      try withPointers(
        writing: &dStates,
        &dCells,
        &shares,
        &dpre
      ) { dStates, dCells, shares, dpre in
        try forEachSlab(reversed: true) { group, steps in
          for step in steps.reversed() {
            let active = active(group, at: step)
            guard let first = active.first else { continue }
            for example in active {
              let row = row(example, step)
              let before = step > 0 ? self.row(example, step - 1) : nil
              let share = shares + example * gateWidth
              switch cell {
              case .lstm:
                kernels.lstm_backward(
                  h,
                  kept + row * keptWidth,
                  before.map { kept + $0 * keptWidth + 4 * h } ?? zeros,
                  gradient + row * h,
                  dStates + example * h,
                  dCells + example * h,
                  share
                )
                (dx + row * gateWidth).update(from: share, count: gateWidth)
              case .gru:
                kernels.gru_backward(
                  h,
                  kept + row * keptWidth,
                  before.map { value + $0 * h } ?? zeros,
                  gradient + row * h,
                  dStates + example * h,
                  dx + row * gateWidth,
                  share
                )
              }
              (dpre + row * gateWidth).update(from: share, count: gateWidth)
            }
            MatrixProduct.multiply(
              shares + first * gateWidth,
              stride: gateWidth,
              rows: active.count,
              by: weights,
              height: gateWidth,
              width: h,
              into: dStates + first * h,
              stride: h,
              accumulates: true
            )
          }
        }
      }
    }
    return (dx, dpre)
  }

  /// Returns the states before each position's step, [T, h]: zeros at the first.
  func statesBefore(_ value: Tensor) -> Tensor {
    Tensor([rows, units], reading: value) { out, value in
      for example in 0..<examples.count {
        let place = examples[example]
        let first = out + row(example, 0) * units
        first.update(repeating: 0, count: units)
        let moved = (place.length - 1) * units
        let start = place.firstRow * units
        let (from, to) = isReversed ? (start + units, start) : (start, start + units)
        (out + to).update(from: value + from, count: moved)
      }
    }
  }
}
