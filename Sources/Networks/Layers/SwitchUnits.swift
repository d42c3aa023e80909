import Autograd
import Wiring

/// The switch units of a network of Beneš blocks, each shared by the columns of one path.
struct SwitchUnits<Unit: Module>: Module {
  let wiring: BenesWiring
  /// Each unit under its first column, in the order of their parameters.
  private let units: [(column: SwitchColumn, unit: Unit)]

  /// - Parameter makeUnit: makes the unit of a block, nil for that of the last column; called in the order of the
  ///   parameters.
  init(_ wiring: BenesWiring, makeUnit: (_ block: Int?) -> Unit) {
    self.wiring = wiring
    units = wiring.units.map { ($0, makeUnit($0.block)) }
  }

  /// The unit shared by all switches of a column of the wiring.
  subscript(column: SwitchColumn) -> Unit {
    guard let unit = units.first(where: { $0.column.path == column.path })?.unit else {
      preconditionFailure("no unit for \(column.path)")
    }
    return unit
  }

  var members: [(name: String, member: Member)] {
    units.map { ($0.column.path, .module($0.unit)) }
  }
}
