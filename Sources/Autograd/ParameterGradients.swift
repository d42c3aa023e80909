import Tensors

/// The gradient of a parameter while it is added up.
final class GradientSum {
  var value: Tensor

  init(_ value: Tensor) { self.value = value }
}

/// The gradients of parameters that one backward pass adds up apart from others.
package final class ParameterGradients {
  private var sums: [ObjectIdentifier: GradientSum] = [:]

  package init() {}

  /// The sum of a parameter, which begins with zeros.
  func sum(of parameter: Parameter) -> GradientSum {
    let key = ObjectIdentifier(parameter)
    if let sum = sums[key] { return sum }
    let sum = GradientSum(Tensor(zeros: parameter.shape))
    sums[key] = sum
    return sum
  }

  /// The sum of a parameter, if anything was added to it.
  private func finished(of parameter: Parameter) -> Tensor? {
    sums[ObjectIdentifier(parameter)]?.value
  }

  /// Sets the gradients of the parameters to the sums of the passes, in a balanced binary tree: of neighbours first,
  /// then of neighbouring pairs, and so on; whoever has no neighbour goes up alone.
  package static func setGradients(of parameters: [Parameter], to passes: [ParameterGradients]) {
    WorkerPool.shared.run(parts: parameters.count) { index in
      let parameter = parameters[index]
      var level = passes.map { $0.finished(of: parameter) }
      while level.count > 1 {
        level = stride(from: 0, to: level.count, by: 2).map { left in
          sum(level[left], left + 1 < level.count ? level[left + 1] : nil)
        }
      }
      parameter.gradient = level.first.flatMap(\.self) ?? Tensor(zeros: parameter.shape)
    }
  }

  private static func sum(_ left: Tensor?, _ right: Tensor?) -> Tensor? {
    guard var left, let right else { return left ?? right }
    withPointers(writing: &left, reading: right) { kernels.add_into(right.count, $1, $0) }
    return left
  }
}
