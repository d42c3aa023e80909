import Tensors

/// A learned array and its gradient, summed by the last backward pass.
package final class Parameter {
  /// The purpose of an array; the optimizer treats the roles differently.
  package enum Role: String, Sendable {
    /// A weight matrix: decays.
    case matrix
    /// A bias, norm offset or gate: does not decay.
    case vector
    /// A lookup table: its gradient arrives as a set of rows.
    case table
    /// A unitary matrix, its real parts above its imaginary parts: stays unitary.
    case unitary
    /// A moving mean of the values that passes have seen, which takes the place of a gradient.
    case statistic
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
  /// The packed forms of the value for products, if it is a matrix.
  let packedForms = PackedForms()
  let gradientSum: GradientSum
  package var gradient: Tensor {
    get { gradientSum.value }
    _modify { yield &gradientSum.value }
  }

  package init(_ value: Tensor, role: Role) {
    self.value = value
    self.role = role
    shape = value.shape
    gradientSum = GradientSum(Tensor(zeros: shape))
  }

  /// Creates a parameter that has no values yet: they are set before it is used, or only its shape is needed.
  package init(placeholderOf shape: Shape, role: Role) {
    self.shape = shape
    self.role = role
    value = Tensor(zeros: [0])
    gradientSum = GradientSum(Tensor(zeros: [0]))
  }

  /// The number of learned values; 0 for a statistic.
  package var learnedCount: Int { role == .statistic ? 0 : shape.count }

  /// True if all values of the gradient are finite, and so are their squares, which the optimizer stores in 32 bits.
  package var hasFiniteGradient: Bool {
    gradient.withPointer { kernels.sum_of_squares(gradient.count, $0) <= 1e36 }
  }
}

/// A part of a model: parameters and further parts.
///
/// Its stored properties are its parts, under their names: the path of names down to a parameter is the parameter's
/// name in checkpoints. Renaming a property changes the file format.
package protocol Module {
  /// The parts in order. By default these are the parameters and modules among the stored properties, in the order of
  /// declaration; the elements of an array are named by their indices, and an optional that is nil is not a part.
  var members: [(name: String, member: Member)] { get }
}

/// A part of a module.
package enum Member {
  case parameter(Parameter)
  case module(any Module)
}

extension Module {
  package var members: [(name: String, member: Member)] {
    Mirror(reflecting: self).children.compactMap { label, value in
      label.flatMap { name in Member(value).map { (name, $0) } }
    }
  }

  /// All parameters below, in order, with paths such as `blocks.0.forward.residual`.
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
    parameters.reduce(0) { $0 + $1.parameter.learnedCount }
  }
}

extension Member {
  /// Wraps a stored property of a module as a member; nil if it is not a part.
  fileprivate init?(_ value: Any) {
    switch value {
    case let parameter as Parameter: self = .parameter(parameter)
    case let module as any Module: self = .module(module)
    case let modules as [any Module]: self = .module(ModuleList(modules))
    default:
      let mirror = Mirror(reflecting: value)
      guard mirror.displayStyle == .optional, let content = mirror.children.first else {
        return nil
      }
      self.init(content.value)
    }
  }
}

/// A list of modules, named by their indices.
private struct ModuleList: Module {
  private let modules: [any Module]

  init(_ modules: [any Module]) { self.modules = modules }

  var members: [(name: String, member: Member)] {
    modules.enumerated().map { (String($0.offset), .module($0.element)) }
  }
}
