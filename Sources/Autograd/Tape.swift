import Tensors

/// A value on a tape.
package struct Variable {
  package let value: Tensor
  /// The node that computed the value; nil for constants and on tapes that do not record.
  let node: Int?
  /// The parameter whose value it is; nil for all other values.
  let parameter: Parameter?

  init(value: Tensor, node: Int?, parameter: Parameter? = nil) {
    self.value = value
    self.node = node
    self.parameter = parameter
  }

  package var shape: Shape { value.shape }

  /// The operand without the value: for operations whose backward pass does not read it.
  var operand: Operand { Operand(shape: shape, node: node) }
}

/// A reference to a value on a tape.
package struct Operand {
  package let shape: Shape
  let node: Int?
}

/// A flat list of the operations of a forward pass, which runs their backward passes in reverse.
///
/// Each operation is an extension of `Tape` in its own file, with the forward and the backward pass side by side.
package final class Tape {
  /// True if operations are recorded; a tape for inference keeps nothing.
  package let isRecording: Bool
  /// True if norms over a batch use the statistics of the rows at hand instead of the moving ones.
  package let usesBatchStatistics: Bool
  /// The limit on intermediate values that switch layers keep although they could recompute them.
  package let budget: ActivationBudget
  package let monitor: PassMonitor?
  /// The observer of the layers of a pass that is not recorded.
  package let probe: LayerProbe?
  private var nodes: [Node?] = []
  /// The costs of positions that are added to a network's loss, each with the weight of its mean over the positions.
  package private(set) var charges: [(cost: Variable, weight: Float)] = []

  private struct Node {
    let layers: Int
    let backward: (Tensor, Gradients) throws -> Void
  }

  /// - Parameters:
  ///   - isRecording: true if a backward pass will follow.
  ///   - usesBatchStatistics: true if norms over a batch use its statistics; defaults to `isRecording`.
  ///   - budget: the memory that may be kept in addition to the inputs of each operation.
  ///   - monitor: follows each layer; an error that it throws ends the pass.
  ///   - probe: receives the states between the layers; only for a tape that does not record.
  package init(
    isRecording: Bool,
    usesBatchStatistics: Bool? = nil,
    budget: ActivationBudget = ActivationBudget(),
    monitor: PassMonitor? = nil,
    probe: LayerProbe? = nil
  ) {
    precondition(!isRecording || probe == nil, "a probe looks at passes that are not recorded")
    self.isRecording = isRecording
    self.usesBatchStatistics = usesBatchStatistics ?? isRecording
    self.budget = budget
    self.monitor = monitor
    self.probe = probe
  }

  /// Returns a value without a gradient.
  package func constant(_ value: Tensor) -> Variable {
    Variable(value: value, node: nil)
  }

  /// Returns a value whose gradient is available after the backward pass.
  package func input(_ value: Tensor) -> Variable {
    guard isRecording else { return constant(value) }
    nodes.append(nil)
    return Variable(value: value, node: nodes.count - 1)
  }

  /// Returns a parameter as an operand; the backward pass adds its gradient to the parameter's sum.
  package func use(_ parameter: Parameter) -> Variable {
    let used = record(parameter.value) { gradient, gradients in
      withPointers(writing: &gradients.sum(of: parameter).value, reading: gradient) {
        kernels.add_into(gradient.count, $1, $0)
      }
    }
    return Variable(value: used.value, node: used.node, parameter: parameter)
  }

  /// Adds a cost to the network's loss.
  ///
  /// - Parameters:
  ///   - cost: the cost of each position.
  ///   - weight: the weight of the mean over an example's positions in its loss.
  package func charge(_ cost: Variable, weight: Float) { charges.append((cost, weight)) }

  /// Returns the loss of examples of one length plus the charges.
  ///
  /// - Parameter weight: the weight of an example in the loss.
  package func withCharges(_ loss: Variable, examples: Int, weight: Double) -> Variable {
    charges.reduce(loss) { loss, charge in
      let positions = Double(charge.cost.value.count / examples)
      return add(loss, Float(weight * Double(charge.weight) / positions), sumOf: charge.cost)
    }
  }

  /// Returns the result of an operation and records its backward pass.
  ///
  /// - Parameters:
  ///   - layers: the number of layers that the operation's backward pass counts as in the progress of the pass.
  ///   - backward: receives the gradient of `value` and adds to those of the operands.
  package func record(
    _ value: Tensor,
    layers: Int = 0,
    backward: @escaping (Tensor, Gradients) throws -> Void
  ) -> Variable {
    guard isRecording else { return constant(value) }
    nodes.append(Node(layers: layers, backward: backward))
    return Variable(value: value, node: nodes.count - 1)
  }

  /// Runs the backward passes from `result` down to the first node, and empties the tape.
  ///
  /// - Parameters:
  ///   - gradient: the gradient of `result`; 1 if nil, for a scalar.
  ///   - sums: the sums that the gradients of parameters are added to; the parameters' own if nil.
  /// - Returns: the gradients that no operation consumed: those of `input` values.
  @discardableResult
  package func backward(
    from result: Variable,
    gradient: Tensor? = nil,
    into sums: ParameterGradients? = nil
  ) throws -> Gradients {
    precondition(gradient != nil || result.value.count == 1, "a gradient, or a scalar")
    let gradients = Gradients(count: nodes.count, sums: sums)
    gradients.add(gradient ?? Tensor(repeating: 1, result.shape), to: result)
    while let node = nodes.popLast() {
      guard let node, let gradient = gradients.take(nodes.count) else { continue }
      try node.backward(gradient, gradients)
      try monitor?.advance(layers: node.layers)
    }
    return gradients
  }
}

/// The gradients of the values on a tape during its backward pass.
package final class Gradients {
  private var slots: [Tensor?]
  /// The sums that the gradients of parameters are added to; the parameters' own if nil.
  let sums: ParameterGradients?

  init(count: Int, sums: ParameterGradients?) {
    slots = Array(repeating: nil, count: count)
    self.sums = sums
  }

  /// Returns the sum that the gradient of a parameter is added to.
  func sum(of parameter: Parameter) -> GradientSum {
    sums?.sum(of: parameter) ?? parameter.gradientSum
  }

  /// Returns true if the gradient of this value is of any use.
  package func wants(_ variable: Variable) -> Bool { variable.node != nil }

  /// Adds to the gradient of a value; does nothing for constants.
  package func add(_ gradient: Tensor, to variable: Variable) {
    add(gradient, to: variable.operand)
  }

  /// Adds to the gradient of the value that an operand refers to; does nothing for constants.
  package func add(_ gradient: Tensor, to operand: Operand) {
    precondition(gradient.shape == operand.shape, "\(gradient.shape) for \(operand.shape)")
    guard let node = operand.node else { return }
    guard var sum = slots[node] else {
      slots[node] = gradient
      return
    }
    slots[node] = nil
    withPointers(writing: &sum, reading: gradient) { kernels.add_into(gradient.count, $1, $0) }
    slots[node] = sum
  }

  /// Returns the gradient of a value made by `Tape.input`.
  package func of(_ variable: Variable) -> Tensor? {
    variable.node.flatMap { slots[$0] }
  }

  func take(_ node: Int) -> Tensor? {
    defer { slots[node] = nil }
    return slots[node]
  }
}
