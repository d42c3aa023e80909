import Autograd
import Tensors

/// A Beneš block: a pass through the network there and back, log2(n) − 1 layers each way.
protocol Block: Module {
  func callAsFunction(_ x: Variable, _ layer: SwitchPass) throws -> Variable
}

/// The block of the paper: one switch unit for all layers forward, one for all in reverse.
struct BenesBlock: Block {
  let forward: ResidualSwitchUnit
  let reverse: ResidualSwitchUnit

  init(maps: Int, using values: inout InitialValues) {
    forward = ResidualSwitchUnit(maps: maps, using: &values)
    reverse = ResidualSwitchUnit(maps: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, _ layer: SwitchPass) throws -> Variable {
    var x = x
    for level in 1..<layer.levels { x = try layer(x, forward, .left, level: level) }
    for level in 1..<layer.levels { x = try layer(x, reverse, .right, level: level) }
    return x
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

  func callAsFunction(_ x: Variable, _ layer: SwitchPass) throws -> Variable {
    guard layer.levels > 1 else { return x }
    var x = try layer(x, first, .left, level: 1)
    for level in 2..<layer.levels { x = try layer(x, forward, .left, level: level) }
    x = try layer(x, middle, .right, level: 1)
    for level in 2..<layer.levels { x = try layer(x, backward, .right, level: level) }
    return x
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
