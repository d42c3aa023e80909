import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

extension Tape {
  /// Σ weights · x, so that a backward pass can start from any result.
  func dot(_ x: Variable, _ weights: [Float]) -> Variable {
    let sum = zip(x.value.elements, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return record(Tensor([sum], [])) { gradient, gradients in
      gradients.add(Tensor(weights.map { $0 * gradient.scalar }, x.shape), to: x)
    }
  }
}

@Suite struct OperationTests {
  private func randomTensors(_ shapes: [Shape], seed: UInt64) -> [Tensor] {
    shapes.enumerated().map { index, shape in
      var stream = RandomSource(seed: seed).stream(.initialValues, UInt64(index))
      return Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape)
    }
  }

  @Test("the result agrees with the formula in double precision", arguments: operationCases)
  func forward(operation: OperationCase) {
    let operands = randomTensors(operation.operands, seed: 1)
    let tape = Tape(isRecording: false)
    let result = operation.run(tape, operands.map(tape.constant)).result
    let expected = operation.reference(operands.map { $0.elements.map(Double.init) })
    expectClose(
      result.value.elements,
      expected.map { Float($0) },
      absolute: 2e-6,
      relative: 2e-6,
      operation.name
    )
  }

  @Test("the backward pass agrees with finite differences", arguments: operationCases)
  func backward(operation: OperationCase) throws {
    let operands = randomTensors(operation.operands, seed: 2)
    let tape = Tape(isRecording: true)
    let variables = operands.map(tape.input)
    let (result, parameters) = operation.run(tape, variables)
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
          return zip(operation.reference(exact), weights).reduce(0) { $0 + $1.0 * Double($1.1) }
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
        "\(operation.name), operand \(index)"
      )
    }
  }
}
