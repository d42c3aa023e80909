import Autograd

/// A layer x · (A + iB) + b for rows of complex numbers, real parts first: [r, 2k] → [r, 2c].
struct ComplexLinear: Module {
  private let real: Parameter
  private let imaginary: Parameter
  private let bias: Parameter?
  private let taps: Int

  /// - Parameters:
  ///   - taps: the number of rows side by side in an input, each with its real parts first.
  ///   - bias: the initial value of the bias; nil for none.
  init(
    from inputs: Int,
    to outputs: Int,
    taps: Int = 1,
    bias: Float? = 0,
    using values: inout InitialValues
  ) {
    self.taps = taps
    let deviation = 1 / Double(taps * inputs + outputs).squareRoot()
    real = values.normal(taps * inputs, outputs, deviation: deviation)
    imaginary = values.normal(taps * inputs, outputs, deviation: deviation)
    self.bias = bias.map { values.constant($0, 2 * outputs) }
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    let matrix = tape.complexMatrix(tape.use(real), tape.use(imaginary), taps: taps)
    let product = tape.matmul(x, matrix)
    return bias.map { tape.addRow(product, tape.use($0)) } ?? product
  }
}
