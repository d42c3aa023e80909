// An op without a kernel of its own, as the recipe in ARCHITECTURE.md says.
import Autograd
import Tensors

extension Tape {
  /// The sum of weight · (x − target)² over all elements, a scalar.
  ///
  /// - Parameter targets: one for each element of x.
  func squaredError(_ x: Variable, _ targets: [Float], weight: Double) -> Variable {
    precondition(targets.count == x.value.count, "\(targets.count) targets for \(x.shape)")
    var difference = x.value
    let count = difference.count
    withPointers(writing: &difference, reading: Tensor(targets, x.shape)) { difference, targets in
      kernels.add_scaled(count, -1, targets, difference)
    }
    let sum = difference.withPointer { kernels.sum_of_squares(count, $0) }
    return record(Tensor([Float(weight * sum)], [])) { [difference] gradient, gradients in
      var slope = Tensor(zeros: difference.shape)
      withPointers(writing: &slope, reading: difference) { slope, difference in
        kernels.add_scaled(count, 2 * gradient.scalar * Float(weight), difference, slope)
      }
      gradients.add(slope, to: x)
    }
  }
}
