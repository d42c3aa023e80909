import Autograd
import Tensors

/// A layer of a network: a switch unit on all pairs, and the shuffle behind it.
struct SwitchLayer {
  let unit: ResidualSwitchUnit
  let shuffle: Shuffle
  /// Sequences of log2(n) ≤ level pass unchanged.
  let level: Int
}

/// A Beneš block: a pass through the network there and back, log2(n) − 1 layers each way.
protocol Block: Module {
  /// The layers for sequences of at most 2^levels positions.
  func layers(levels: Int) -> [SwitchLayer]
}

/// The block of the paper: one switch unit for all layers forward, one for all in reverse.
struct BenesBlock: Block {
  let forward: ResidualSwitchUnit
  let reverse: ResidualSwitchUnit

  init(maps: Int, using values: inout InitialValues) {
    forward = ResidualSwitchUnit(maps: maps, using: &values)
    reverse = ResidualSwitchUnit(maps: maps, using: &values)
  }

  func layers(levels: Int) -> [SwitchLayer] {
    (1..<levels).map { SwitchLayer(unit: forward, shuffle: .left, level: $0) }
      + (1..<levels).map { SwitchLayer(unit: reverse, shuffle: .right, level: $0) }
  }

  var members: [(name: String, member: Member)] {
    [("forward", .module(forward)), ("reverse", .module(reverse))]
  }
}

/// The variant whose first and middle layers have switch units of their own.
struct PlainBenesBlock: Block {
  let first: ResidualSwitchUnit
  let forward: ResidualSwitchUnit
  let middle: ResidualSwitchUnit
  let backward: ResidualSwitchUnit

  init(maps: Int, using values: inout InitialValues) {
    first = ResidualSwitchUnit(maps: maps, using: &values)
    forward = ResidualSwitchUnit(maps: maps, using: &values)
    middle = ResidualSwitchUnit(maps: maps, using: &values)
    backward = ResidualSwitchUnit(maps: maps, using: &values)
  }

  func layers(levels: Int) -> [SwitchLayer] {
    (1..<levels).map { SwitchLayer(unit: $0 == 1 ? first : forward, shuffle: .left, level: $0) }
      + (1..<levels).map {
        SwitchLayer(unit: $0 == 1 ? middle : backward, shuffle: .right, level: $0)
      }
  }

  var members: [(name: String, member: Member)] {
    [
      ("first", .module(first)), ("forward", .module(forward)), ("middle", .module(middle)),
      ("backward", .module(backward)),
    ]
  }
}

/// Modules in a row; their names are their indices.
struct ModuleList: Module {
  let modules: [any Module]

  var members: [(name: String, member: Member)] {
    modules.enumerated().map { (String($0.offset), .module($0.element)) }
  }
}
