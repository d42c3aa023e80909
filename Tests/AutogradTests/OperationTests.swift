import TestSupport
import Testing

@Suite struct OperationTests {
  @Test("the result agrees with the formula in double precision", arguments: operationCases)
  func forward(operation: OperationCase) {
    operation.checkResult()
  }

  @Test("the backward pass agrees with finite differences", arguments: operationCases)
  func backward(operation: OperationCase) throws {
    try operation.checkBackwardPass()
  }
}
