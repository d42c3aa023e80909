import Autograd
import Tensors
import Testing

/// One operation of the tape: how it is called, and what it computes in double precision.
package struct OperationCase: Sendable, CustomStringConvertible {
  package let name: String
  /// Shapes of the operands that receive gradients.
  package let operands: [Shape]
  /// The result, and the parameters that stand for the operands after the first (none: variables do).
  package let run: @Sendable (Tape, [Variable]) -> (result: Variable, parameters: [Parameter])
  /// The result from the operands' elements.
  package let reference: @Sendable ([[Double]]) -> [Double]

  package init(
    name: String,
    operands: [Shape],
    run: @escaping @Sendable (Tape, [Variable]) -> (result: Variable, parameters: [Parameter]),
    reference: @escaping @Sendable ([[Double]]) -> [Double]
  ) {
    self.name = name
    self.operands = operands
    self.run = run
    self.reference = reference
  }

  /// An operation all of whose operands are variables.
  package init(
    name: String,
    operands: [Shape],
    run: @escaping @Sendable (Tape, [Variable]) -> Variable,
    reference: @escaping @Sendable ([[Double]]) -> [Double]
  ) {
    self.init(
      name: name,
      operands: operands,
      run: { (run($0, $1), []) },
      reference: reference
    )
  }

  package var description: String { name }
}

extension OperationCase {
  /// Expects that the result agrees with the formula.
  package func checkResult() {
    let operands = randomTensors(operands, seed: 1)
    let tape = Tape(isRecording: false, usesBatchStatistics: true)
    let result = run(tape, operands.map(tape.constant)).result
    let expected = reference(operands.map { $0.elements.map(Double.init) })
    expectClose(
      result.value.elements,
      expected.map { Float($0) },
      absolute: 2e-6,
      relative: 2e-6,
      name
    )
  }

  /// Expects that the backward pass agrees with finite differences of the formula.
  package func checkBackwardPass() throws {
    let operands = randomTensors(operands, seed: 2)
    let tape = Tape(isRecording: true)
    let variables = operands.map(tape.input)
    let (result, parameters) = run(tape, variables)
    let weights = randomTensors([result.shape], seed: 3)[0].elements
    let gradients = try tape.backward(from: tape.dot(result, weights))

    var exact = operands.map { $0.elements.map(Double.init) }
    for index in variables.indices {
      let gradient =
        index > 0 && !parameters.isEmpty
        ? parameters[index - 1].gradient : try #require(gradients.of(variables[index]))
      let computed = gradient.elements
      // At most about 60 elements of each operand, evenly spread.
      let checked = Array(
        stride(from: 0, to: computed.count, by: max(1, computed.count / 60))
      )
      var expected: [Float] = []
      for element in checked {
        let value = exact[index][element]
        let step = 1e-5 * max(1, abs(value))
        func objective(_ x: Double) -> Double {
          exact[index][element] = x
          return zip(reference(exact), weights).reduce(0) { $0 + $1.0 * Double($1.1) }
        }
        let slope = (objective(value + step) - objective(value - step)) / (2 * step)
        exact[index][element] = value
        expected.append(Float(slope))
      }
      expectClose(
        checked.map { computed[$0] },
        expected,
        absolute: 1e-5,
        relative: 1e-5,
        "\(name), operand \(index)"
      )
    }
  }
}

/// Normal values, each tensor from a stream of its own.
private func randomTensors(_ shapes: [Shape], seed: UInt64) -> [Tensor] {
  shapes.enumerated().map { index, shape in
    var stream = RandomSource(seed: seed).stream(.initialValues, UInt64(index))
    return Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape)
  }
}

extension Tape {
  /// Σ weights · x, so that a backward pass can start from any result.
  package func dot(_ x: Variable, _ weights: [Float]) -> Variable {
    let sum = zip(x.value.elements, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return record(Tensor([sum], [])) { gradient, gradients in
      gradients.add(Tensor(weights.map { $0 * gradient.scalar }, x.shape), to: x)
    }
  }
}
