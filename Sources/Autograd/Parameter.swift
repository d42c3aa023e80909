import Tensors

/// A learned array and the gradient that the last backward pass added up for it.
package final class Parameter {
  /// What an array is for; the optimizer treats the roles differently.
  package enum Role: String, Sendable {
    /// A weight matrix: decays.
    case matrix
    /// A bias, norm offset or gate: does not decay.
    case vector
    /// A lookup table: its gradient arrives as a set of rows.
    case table
  }

  package let role: Role
  package let shape: Shape
  package var value: Tensor {
    didSet {
      version &+= 1
      if gradient.shape != shape { gradient = Tensor(zeros: shape) }
    }
  }
  /// Changes with every change of the value.
  private(set) var version = 0
  package var gradient: Tensor

  package init(_ value: Tensor, role: Role) {
    self.value = value
    self.role = role
    shape = value.shape
    gradient = Tensor(zeros: shape)
  }

  /// A parameter that has no values yet: they are set before it is used, or only its form is asked for.
  package init(placeholderOf shape: Shape, role: Role) {
    self.shape = shape
    self.role = role
    value = Tensor(zeros: [0])
    gradient = value
  }

  /// Whether all values of the gradient are finite, and their squares as well, which the optimizer keeps in 32 bits.
  package var hasFiniteGradient: Bool {
    gradient.withPointer { kernels.sum_of_squares(gradient.count, $0) <= 1e36 }
  }

  /// Sets the gradient to zero.
  package func clearGradient() {
    gradient.withMutablePointer { $0.update(repeating: 0, count: value.count) }
  }
}

/// A part of a model: parameters and further parts under names.
package protocol Module {
  /// The parts in order; the path of names down to a parameter is its name in checkpoints.
  var members: [(name: String, member: Member)] { get }
}

/// What a module consists of.
package enum Member {
  case parameter(Parameter)
  case module(any Module)
}

extension Module {
  /// All parameters below, in order, with their paths such as `blocks.0.forward.residual`.
  package var parameters: [(name: String, parameter: Parameter)] {
    members.flatMap { name, member -> [(name: String, parameter: Parameter)] in
      switch member {
      case .parameter(let parameter): [(name, parameter)]
      case .module(let module): module.parameters.map { ("\(name).\($0.name)", $0.parameter) }
      }
    }
  }

  /// The number of learned values.
  package var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.parameter.shape.count }
  }
}
