import Autograd
import Tensors

/// Draws the initial values of the released code; every parameter has a stream of its own.
package struct InitialValues {
  private let source: RandomSource
  private var drawn: UInt64 = 0

  package init(seed: UInt64) {
    source = RandomSource(seed: seed)
  }

  private mutating func stream() -> RandomStream {
    defer { drawn += 1 }
    return source.stream(.initialValues, drawn)
  }

  /// Uniform in ±√(6 / (rows + columns)).
  package mutating func matrix(_ rows: Int, _ columns: Int) -> Parameter {
    var stream = stream()
    let bound = (6 / Double(rows + columns)).squareRoot()
    return Parameter(
      Tensor([rows, columns]) { out in
        for i in 0..<rows * columns {
          out[i] = Float((2 * stream.uniformDouble() - 1) * bound)
        }
      },
      role: .matrix
    )
  }

  /// Uniform in [0, 0.01].
  package mutating func bias(_ count: Int) -> Parameter {
    var stream = stream()
    return Parameter(
      Tensor([count]) { out in
        for i in 0..<count { out[i] = Float(stream.uniformDouble() * 0.01) }
      },
      role: .vector
    )
  }

  /// Normal with deviation 0.25, cut off at two deviations.
  package mutating func table(_ rows: Int, _ columns: Int) -> Parameter {
    var stream = stream()
    return Parameter(
      Tensor([rows, columns]) { out in
        for i in 0..<rows * columns { out[i] = Float(0.25 * stream.truncatedNormal()) }
      },
      role: .table
    )
  }

  /// A constant.
  package mutating func constant(_ value: Float, _ count: Int) -> Parameter {
    drawn += 1
    return Parameter(Tensor(repeating: value, [count]), role: .vector)
  }
}
