import Autograd
import Tensors

/// The shape of a convolution over the positions of sequences.
struct ConvolutionShape: Sendable {
  /// The result of each two positions after it.
  enum Pooling: Sendable { case largest, mean }

  /// The number of channels before and after it; complex ones if it is complex.
  let inputs, filters: Int
  let width: Int
  var stride = 1
  let padding: WindowPadding
  let isComplex: Bool
  /// True if a norm over the batch follows; otherwise a bias does.
  var hasNorm = true
  var pooling: Pooling?

  /// Returns the number of positions after the convolution, and after the pooling.
  func lengths(of length: Int) -> (convolved: Int, pooled: Int) {
    let convolved = padding.windows(length: length, width: width, stride: stride).count
    return (convolved, pooling == nil ? convolved : convolved / 2)
  }

  /// The number of values per channel in a row: two if it is complex, one if it is real.
  private var parts: Int { isComplex ? 2 : 1 }

  /// The number of values in a row after it.
  var columns: Int { parts * filters }

  /// Returns the layer with that path, for sequences of that length of which a window has `sequences`.
  func layer(_ path: String, length: Int, sequences: Int = 1) -> CoreLayer {
    CoreLayer(
      path,
      widths: [width * parts * inputs, columns],
      operations: 2
        * Double(sequences * lengths(of: length).convolved * width * parts * inputs * columns)
    )
  }

  /// Returns the floats that a step keeps of a sequence: windows, the norm's output, and relu.
  func stepFloats(length: Int) -> Double {
    Double(lengths(of: length).convolved * (width * parts * inputs + (hasNorm ? 2 : 1) * columns))
  }

  /// Returns the floats that a pass needs of a sequence at its peak.
  func passFloats(length: Int) -> Double {
    let (convolved, pooled) = lengths(of: length)
    return Double(convolved * (width * parts * inputs + 4 * columns) + pooled * columns)
  }

  /// The floats of the real matrix of complex weights; 0 for real ones.
  var matrixFloats: Int { isComplex ? 4 * width * inputs * filters : 0 }
}

/// A convolution, a norm over the batch or a bias, relu, and pooling; real or complex.
///
/// Rows of complex channels have the real parts first, then the imaginary parts.
struct ConvolutionStage: Module {
  /// [width · inputs, filters].
  private let real: Parameter
  /// The imaginary parts of the same, in a complex convolution.
  private let imaginary: Parameter?
  private let bias: Parameter?
  private let norm: BatchNorm?
  private let shape: ConvolutionShape

  init(_ shape: ConvolutionShape, using values: inout InitialValues) {
    self.shape = shape
    let rows = shape.width * shape.inputs
    if shape.isComplex {
      // Complex numbers with Rayleigh magnitudes and uniform phases have normal parts of this deviation.
      let deviation = 1 / Double(shape.width * (shape.inputs + shape.filters)).squareRoot()
      real = values.normal(rows, shape.filters, deviation: deviation)
      imaginary = values.normal(rows, shape.filters, deviation: deviation)
    } else {
      real = values.convolution(width: shape.width, from: shape.inputs, to: shape.filters)
      imaginary = nil
    }
    bias = shape.hasNorm ? nil : values.constant(0, shape.columns)
    norm =
      shape.hasNorm
      ? BatchNorm(shape.filters, isComplex: shape.isComplex, using: &values) : nil
  }

  /// Returns its output rows for sequences one after another, all of that length.
  func callAsFunction(_ x: Variable, length: Int, sequences: Int, on tape: Tape) -> Variable {
    let weight =
      imaginary.map {
        tape.complexMatrix(tape.use(real), tape.use($0), taps: shape.width)
      } ?? tape.use(real)
    let windows = tape.windows(
      x,
      lengths: Array(repeating: length, count: sequences),
      width: shape.width,
      stride: shape.stride,
      padding: shape.padding
    )
    var y = tape.matmul(windows, weight)
    if let bias { y = tape.addRow(y, tape.use(bias)) }
    if let norm { y = norm(y, on: tape) }
    y = tape.relu(y)
    guard let pooling = shape.pooling else { return y }
    return tape.pooled(
      y,
      lengths: Array(repeating: shape.lengths(of: length).convolved, count: sequences),
      takesMean: pooling == .mean
    )
  }
}

/// A norm over all rows of a batch, of real or complex channels, with its learned parameters and moving statistics.
struct BatchNorm: Module {
  private let gain: Parameter
  private let offset: Parameter
  private let mean: Parameter
  /// The variances of real channels; rr, ri and ii of complex ones.
  private let variance: Parameter
  private let isComplex: Bool

  private static let realEpsilon: Float = 1e-3
  private static let complexEpsilon: Float = 1e-4

  init(_ channels: Int, isComplex: Bool, using values: inout InitialValues) {
    self.isComplex = isComplex
    guard isComplex else {
      gain = values.constant(1, channels)
      offset = values.constant(0, channels)
      mean = values.statistic(0, channels)
      variance = values.statistic(1, channels)
      return
    }
    gain = values.diagonal(channels)
    offset = values.constant(0, 2 * channels)
    mean = values.statistic(0, 2 * channels)
    variance = values.diagonal(channels, role: .statistic)
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    let (gain, offset) = (tape.use(gain), tape.use(offset))
    guard isComplex else {
      return tape.batchNorm(
        x,
        gain: gain,
        offset: offset,
        mean: mean,
        variance: variance,
        epsilon: Self.realEpsilon
      )
    }
    return tape.complexBatchNorm(
      x,
      gain: gain,
      offset: offset,
      mean: mean,
      covariance: variance,
      epsilon: Self.complexEpsilon
    )
  }
}
