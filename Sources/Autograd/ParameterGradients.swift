import Tensors

/// The running sum of a parameter's gradient.
final class GradientSum {
  var value: Tensor

  init(_ value: Tensor) { self.value = value }
}

/// The gradients of parameters that one backward pass sums separately from other passes.
package final class ParameterGradients {
  private var sums: [ObjectIdentifier: GradientSum] = [:]

  package init() {}

  /// Returns the sum of a parameter, which starts at zero.
  func sum(of parameter: Parameter) -> GradientSum {
    let key = ObjectIdentifier(parameter)
    if let sum = sums[key] { return sum }
    let sum = GradientSum(Tensor(zeros: parameter.shape))
    sums[key] = sum
    return sum
  }

  /// Returns the sum of a parameter, or nil if nothing was added to it.
  private func finished(of parameter: Parameter) -> Tensor? {
    sums[ObjectIdentifier(parameter)]?.value
  }

  /// Returns the parameters' sums over the passes under a node of the tree of all passes, nil where no pass added
  /// anything.
  ///
  /// - Parameters:
  ///   - passes: the passes of consecutive leaves.
  ///   - first: the leaf of the first pass.
  package static func sums(
    of parameters: [Parameter],
    over passes: [ParameterGradients],
    from first: Int,
    at node: Range<Int>,
    in tree: GradientTree
  ) -> [Tensor?] {
    var sums = [Tensor?](repeating: nil, count: parameters.count)
    sums.withUnsafeMutableBufferPointer { sums in
      let slots = sums
      WorkerPool.shared.run(parts: parameters.count) { index in
        slots[index] = tree.sum(at: node) { node in
          node.count > 1 ? nil : passes[node.lowerBound - first].finished(of: parameters[index])
        } add: { sum, other in
          withPointers(writing: &sum, reading: other) { kernels.add_into(other.count, $1, $0) }
        }
      }
    }
    return sums
  }

  /// Sets the gradients of the parameters to the sums of all passes.
  package static func setGradients(of parameters: [Parameter], to passes: [ParameterGradients]) {
    let tree = GradientTree(leaves: passes.count)
    let sums = sums(of: parameters, over: passes, from: 0, at: 0..<passes.count, in: tree)
    for (parameter, sum) in zip(parameters, sums) {
      parameter.gradient = sum ?? Tensor(zeros: parameter.shape)
    }
  }
}
