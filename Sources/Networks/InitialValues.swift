import Autograd
import Tensors

/// The source of initial values, drawn as in the released code; every parameter has its own random stream.
package struct InitialValues {
  /// The source of the streams; nil if only the form of a model is wanted.
  private let source: RandomSource?
  private var drawn: UInt64 = 0

  package init(seed: UInt64) {
    source = RandomSource(seed: seed)
  }

  private init() {
    source = nil
  }

  /// Creates parameters without values, for models whose form alone is needed or whose values are read from a file.
  package static var placeholders: InitialValues { InitialValues() }

  /// Creates a parameter whose elements come from its own stream.
  private mutating func parameter(
    _ shape: Shape,
    role: Parameter.Role,
    element: (inout RandomStream) -> Double
  ) -> Parameter {
    defer { drawn += 1 }
    guard let source else { return Parameter(placeholderOf: shape, role: role) }
    var stream = source.stream(.initialValues, drawn)
    return Parameter(
      Tensor(shape) { out in
        for i in 0..<shape.count { out[i] = Float(element(&stream)) }
      },
      role: role
    )
  }

  /// Creates a matrix, uniform in ±√(6 / (rows + columns)).
  package mutating func matrix(_ rows: Int, _ columns: Int) -> Parameter {
    let bound = (6 / Double(rows + columns)).squareRoot()
    return parameter([rows, columns], role: .matrix) { (2 * $0.uniformDouble() - 1) * bound }
  }

  /// Creates the weights of a convolution, [width · inputs, outputs], uniform in ±√(6 / (width (inputs + outputs))).
  mutating func convolution(width: Int, from inputs: Int, to outputs: Int) -> Parameter {
    let bound = (6 / Double(width * (inputs + outputs))).squareRoot()
    return parameter([width * inputs, outputs], role: .matrix) {
      (2 * $0.uniformDouble() - 1) * bound
    }
  }

  /// Creates a bias, uniform in [0, 0.01].
  package mutating func bias(_ count: Int) -> Parameter {
    parameter([count], role: .vector) { $0.uniformDouble() * 0.01 }
  }

  /// Creates a lookup table, normal with deviation 0.25, truncated at two deviations.
  package mutating func table(_ rows: Int, _ columns: Int) -> Parameter {
    parameter([rows, columns], role: .table) { 0.25 * $0.truncatedNormal() }
  }

  /// Creates a lookup table, uniform in ±bound.
  package mutating func table(_ rows: Int, _ columns: Int, within bound: Double) -> Parameter {
    parameter([rows, columns], role: .table) { (2 * $0.uniformDouble() - 1) * bound }
  }

  /// Creates a vector that is 1 at some places and 0 elsewhere.
  package mutating func indicator(_ places: Range<Int>, of count: Int) -> Parameter {
    var index = -1
    return parameter([count], role: .vector) { _ in
      index += 1
      return places.contains(index) ? 1 : 0
    }
  }

  /// Creates a uniformly distributed unitary matrix: the rows of a normal one, orthogonalised one after another.
  mutating func unitary(_ count: Int) -> Parameter {
    var rows: [[(re: Double, im: Double)]] = []
    var index = 0
    // The first element draws all of them; they are returned in the order of the parameter.
    return parameter([2 * count, count], role: .unitary) { stream in
      while rows.count < count {
        var row = (0..<count).map { _ in (re: stream.normal(), im: stream.normal()) }
        // Twice, since the remainder after the first time may not be orthogonal to the last bit.
        for _ in 0..<2 {
          for other in rows {
            var (re, im) = (0.0, 0.0)
            for (a, b) in zip(row, other) {
              re += a.re * b.re + a.im * b.im
              im += a.im * b.re - a.re * b.im
            }
            for i in 0..<count {
              row[i].re -= re * other[i].re - im * other[i].im
              row[i].im -= re * other[i].im + im * other[i].re
            }
          }
        }
        let norm = row.reduce(0) { $0 + $1.re * $1.re + $1.im * $1.im }.squareRoot()
        rows.append(row.map { ($0.re / norm, $0.im / norm) })
      }
      defer { index += 1 }
      let (row, column) = (index / count, index % count)
      return row < count ? rows[row][column].re : rows[row - count][column].im
    }
  }

  /// Creates moving means that start with a constant.
  mutating func statistic(_ value: Float, _ count: Int) -> Parameter {
    parameter([count], role: .statistic) { _ in Double(value) }
  }

  /// Creates rr = 1/√2, ri = 0 and ii = 1/√2 for `count` symmetric matrices.
  mutating func diagonal(_ count: Int, role: Parameter.Role = .vector) -> Parameter {
    var index = -1
    return parameter([3 * count], role: role) { _ in
      index += 1
      return index / count == 1 ? 0 : 0.5.squareRoot()
    }
  }

  /// Creates a matrix, normal with the given deviation.
  mutating func normal(_ rows: Int, _ columns: Int, deviation: Double) -> Parameter {
    parameter([rows, columns], role: .matrix) { deviation * $0.normal() }
  }

  /// Creates a constant vector.
  package mutating func constant(_ value: Float, _ count: Int) -> Parameter {
    parameter([count], role: .vector) { _ in Double(value) }
  }
}
