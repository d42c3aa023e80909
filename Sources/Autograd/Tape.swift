import Tensors

/// A value on a tape.
package struct Variable {
  package let value: Tensor
  /// The node that computed the value; nil for constants and on tapes that do not record.
  let node: Int?
  /// The parameter whose value it is.
  let parameter: Parameter?

  init(value: Tensor, node: Int?, parameter: Parameter? = nil) {
    self.value = value
    self.node = node
    self.parameter = parameter
  }

  package var shape: Shape { value.shape }

  /// Where the gradient goes, without the value: for operations whose backward pass does not read it.
  var operand: Operand { Operand(shape: shape, node: node) }
}

/// The place of a value on a tape.
package struct Operand {
  package let shape: Shape
  let node: Int?
}

/// Records the operations of a forward pass in a flat list, and runs their backward passes in reverse.
///
/// Each operation is an extension of `Tape` in a file of its own, forward and backward side by side.
package final class Tape {
  /// Whether operations are recorded; a tape for inference keeps nothing.
  package let isRecording: Bool
  /// Whether norms over a batch take the statistics of the rows at hand; otherwise their moving ones.
  package let usesBatchStatistics: Bool
  /// What switch layers may keep that they could compute again.
  package let budget: ActivationBudget
  package let monitor: PassMonitor?
  /// Looks at the layers of a pass that is not recorded.
  package let probe: LayerProbe?
  private var nodes: [Node?] = []
  /// What a network is charged for beside its loss: costs of positions, and what the mean over them counts.
  package private(set) var charges: [(cost: Variable, weight: Float)] = []

  private struct Node {
    let layers: Int
    let backward: (Tensor, Gradients) throws -> Void
  }

  /// - Parameters:
  ///   - isRecording: whether a backward pass will follow.
  ///   - usesBatchStatistics: whether norms over a batch look at the batch; if nil, where a backward pass will follow.
  ///   - budget: what may be kept beside the inputs of each operation.
  ///   - monitor: told of each layer; what it throws ends the pass.
  ///   - probe: shown the states between the layers; only of a tape that does not record.
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

  /// A value without gradient.
  package func constant(_ value: Tensor) -> Variable {
    Variable(value: value, node: nil)
  }

  /// A value whose gradient can be asked for after the backward pass.
  package func input(_ value: Tensor) -> Variable {
    guard isRecording else { return constant(value) }
    nodes.append(nil)
    return Variable(value: value, node: nodes.count - 1)
  }

  /// A parameter as an operand; its gradient is added to that of the backward pass.
  package func use(_ parameter: Parameter) -> Variable {
    let used = record(parameter.value) { gradient, gradients in
      withPointers(writing: &gradients.sum(of: parameter).value, reading: gradient) {
        kernels.add_into(gradient.count, $1, $0)
      }
    }
    return Variable(value: used.value, node: used.node, parameter: parameter)
  }

  /// Charges a network for something beside its loss.
  ///
  /// - Parameters:
  ///   - cost: of each position.
  ///   - weight: what the mean over the positions of an example counts in its loss.
  package func charge(_ cost: Variable, weight: Float) { charges.append((cost, weight)) }

  /// The loss of examples of one length with what they are charged for.
  ///
  /// - Parameter weight: what an example counts in the loss.
  package func withCharges(_ loss: Variable, examples: Int, weight: Double) -> Variable {
    charges.reduce(loss) { loss, charge in
      let positions = Double(charge.cost.value.count / examples)
      return add(loss, Float(weight * Double(charge.weight) / positions), sumOf: charge.cost)
    }
  }

  /// The result of an operation.
  ///
  /// - Parameters:
  ///   - layers: what the backward pass of the operation counts in the progress of the pass.
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
  ///   - gradient: that of `result`; 1 if nil, for a scalar.
  ///   - sums: where the gradients of parameters are added up; in the parameters themselves if nil.
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
  /// Where the gradients of parameters are added up; in the parameters themselves if nil.
  let sums: ParameterGradients?

  init(count: Int, sums: ParameterGradients?) {
    slots = Array(repeating: nil, count: count)
    self.sums = sums
  }

  /// Where the gradient of a parameter is added up.
  func sum(of parameter: Parameter) -> GradientSum {
    sums?.sum(of: parameter) ?? parameter.gradientSum
  }

  /// Whether anything is to be gained from the gradient of this value.
  package func wants(_ variable: Variable) -> Bool { variable.node != nil }

  /// Adds to the gradient of a value; does nothing for constants.
  package func add(_ gradient: Tensor, to variable: Variable) {
    add(gradient, to: variable.operand)
  }

  /// Adds to the gradient of the value at that place; does nothing for constants.
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

  /// The gradient of a value made by `Tape.input`.
  package func of(_ variable: Variable) -> Tensor? {
    variable.node.flatMap { slots[$0] }
  }

  func take(_ node: Int) -> Tensor? {
    defer { slots[node] = nil }
    return slots[node]
  }
}
