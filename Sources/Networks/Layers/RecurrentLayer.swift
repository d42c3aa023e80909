import Autograd
import Tensors

/// A recurrent layer: a cell from left to right, or one in each direction with half of the maps, side by side.
///
/// "Bidirectional Recurrent Neural Networks" (1997).
struct RecurrentLayer: Module {
  private let forward: CellWeights
  /// The cell that reads from right to left, if there is one.
  private let reverse: CellWeights?
  private let cell: RecurrentCell

  init(
    _ cell: RecurrentCell,
    maps: Int,
    direction: Direction,
    using values: inout InitialValues
  ) {
    self.cell = cell
    let units = maps / direction.cells
    forward = CellWeights(cell, from: maps, units: units, using: &values)
    reverse =
      direction == .both ? CellWeights(cell, from: maps, units: units, using: &values) : nil
  }

  /// Returns the states of both directions side by side.
  ///
  /// - Parameter lengths: the lengths of the sequences in x, one after another, longest first.
  func callAsFunction(_ x: Variable, lengths: [Int], on tape: Tape) throws -> Variable {
    let (left, right) = try states(x, lengths: lengths, on: tape)
    return right.map { tape.joinColumns(left, $0) } ?? left
  }

  /// Returns the states from left to right, and those from right to left if there are any.
  func states(
    _ x: Variable,
    lengths: [Int],
    on tape: Tape
  ) throws -> (forward: Variable, reverse: Variable?) {
    func states(_ weights: CellWeights, isReversed: Bool) throws -> Variable {
      try tape.recurrence(
        weights.input(x, on: tape),
        tape.use(weights.recurrent),
        cell: cell,
        lengths: lengths,
        isReversed: isReversed
      )
    }
    return (
      try states(forward, isReversed: false), try reverse.map { try states($0, isReversed: true) }
    )
  }
}

/// The weights of a cell: those of the inputs with a bias, and those of the state.
private struct CellWeights: Module {
  let input: Linear
  let recurrent: Parameter

  init(_ cell: RecurrentCell, from inputs: Int, units: Int, using values: inout InitialValues) {
    let weight = values.matrix(inputs, cell.gates * units)
    // A forget gate that is initially open lets gradients through.
    let opened = cell == .lstm ? units..<2 * units : 0..<0
    input = Linear(weight: weight, bias: values.indicator(opened, of: cell.gates * units))
    recurrent = values.matrix(units, cell.gates * units)
  }
}

extension Direction {
  /// The number of cells of a layer.
  var cells: Int { self == .both ? 2 : 1 }
}
