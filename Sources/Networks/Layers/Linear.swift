import Autograd

/// x · weight + bias at each position: [T, m] → [T, V].
struct Linear: Module {
  let weight: Parameter
  let bias: Parameter

  init(from inputs: Int, to outputs: Int, using values: inout InitialValues) {
    weight = values.matrix(inputs, outputs)
    bias = values.bias(outputs)
  }

  init(weight: Parameter, bias: Parameter) {
    self.weight = weight
    self.bias = bias
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.addRow(tape.matmul(x, tape.use(weight)), tape.use(bias))
  }
}
