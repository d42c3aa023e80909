import Autograd
import Tensors

extension NetworkKind {
  package static let deepreal = NetworkKind(
    "deepreal",
    summary: "six convolutions over the samples of a window, and a dense layer",
    about: """
      Convolutions of m, m, 2m, 2m, 4m and 4m filters, 7 and then 3 samples wide, the first two with strides 3 and 2, all \
      but the fifth with a norm over the batch and pooling; then 32m units, which tell the notes in the middle of a \
      window. The rival of `deepcomplex` in "Deep Complex Networks" (ICLR 2018), there with windows of 4,096 \
      samples, m = 64 and 84 notes 69.8 % with 10.0 million parameters.
      """,
    settings: [.maps],
    usualMaps: 64,
    shortest: 1024,
    rate: 0.001,
    window: { DeepConvolutions($0, .real, window: $1, using: &$2) }
  )

  package static let deepcomplex = NetworkKind(
    "deepcomplex",
    summary: "six complex convolutions over the spectrum of a window, and a dense layer",
    about: """
      The first half of the Fourier transform of a window; complex convolutions of m, 2m, 4m, 4m, 8m and 8m filters, 6 \
      and then 3 coefficients wide, the first two with stride 2, all but the fifth with a norm that whitens complex \
      numbers over the batch, and pooling; then 128m real units, which tell the notes in the middle of a window. \
      "Deep Complex Networks" (ICLR 2018), there with windows of 4,096 samples, m = 16 and 84 notes 72.9 % with 8.8 million \
      parameters.
      """,
    settings: [.maps],
    usualMaps: 16,
    shortest: 256,
    rate: 0.001,
    window: { DeepConvolutions($0, .complex, window: $1, using: &$2) }
  )
}

/// Convolutions with norms over the batch, and a dense layer: the real and the complex network of C. Trabelsi et al.,
/// "Deep Complex Networks" (ICLR 2018), after their published code.
///
///     x ← pool(relu(norm(W ∗ x)))                        except in the fifth layer: relu(W ∗ x + b)
///     y = relu(W · x + b) of all remaining positions
struct DeepConvolutions: WindowCore {
  /// The differences between the two networks.
  struct Form: Sendable {
    let isComplex: Bool
    let padding: WindowPadding
    let pooling: ConvolutionShape.Pooling
    /// The filters of each convolution in units of the maps, their widths and strides.
    let convolutions: [(filters: Int, width: Int, stride: Int)]
    /// The units of the dense layer in units of the maps.
    let units: Int

    static let real = Form(
      isComplex: false,
      padding: .valid,
      pooling: .largest,
      convolutions: [(1, 7, 3), (1, 3, 2), (2, 3, 1), (2, 3, 1), (4, 3, 1), (4, 3, 1)],
      units: 32
    )
    static let complex = Form(
      isComplex: true,
      padding: .same,
      pooling: .mean,
      convolutions: [(1, 6, 2), (2, 3, 2), (4, 3, 1), (4, 3, 1), (8, 3, 1), (8, 3, 1)],
      units: 128
    )
    /// The index of the convolution without norm and pooling.
    static let bare = 4
  }

  private let convolutions: [ConvolutionStage]
  private let dense: Linear
  private let shapes: [ConvolutionShape]
  /// The number of positions before each convolution, and after the last one.
  private let lengths: [Int]
  /// The spectra of the complex network; nil for the real one.
  private let spectra: WindowSpectra?
  private let window: Int
  let width: Int

  init(_ spec: ModelSpec, _ form: Form, window: Int, using values: inout InitialValues) {
    self.window = window
    spectra = form.isComplex ? WindowSpectra(span: window, hop: window, window: window) : nil
    var lengths = [form.isComplex ? window / 2 : window]
    var shapes: [ConvolutionShape] = []
    var convolutions: [ConvolutionStage] = []
    var inputs = 1
    for (number, convolution) in form.convolutions.enumerated() {
      let isBare = number == Form.bare
      let shape = ConvolutionShape(
        inputs: inputs,
        filters: convolution.filters * spec.maps,
        width: convolution.width,
        stride: convolution.stride,
        padding: form.padding,
        isComplex: form.isComplex,
        hasNorm: !isBare,
        pooling: isBare ? nil : form.pooling
      )
      convolutions.append(ConvolutionStage(shape, using: &values))
      lengths.append(shape.lengths(of: lengths[number]).pooled)
      inputs = shape.filters
      shapes.append(shape)
    }
    self.convolutions = convolutions
    self.shapes = shapes
    self.lengths = lengths
    width = form.units * spec.maps
    dense = Linear(
      weight: values.matrix(Self.flatWidth(shapes, lengths), width),
      bias: values.constant(0, width)
    )
  }

  func callAsFunction(
    _ samples: Variable,
    windows: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let heard = spectra.map { tape.constant($0.coefficients(of: samples.value)) } ?? samples
    let stages = zip(convolutions, lengths).map { convolution, length in
      { (x: Variable, tape: Tape) in
        convolution(x, length: length, sequences: windows, on: tape)
      }
    }
    let last = { (x: Variable, tape: Tape) in
      tape.relu(dense(tape.reshape(x, to: [windows, x.value.count / windows]), on: tape))
    }
    return try LayerStack(layers: stages + [last])(heard, isDivisible: false, on: tape)
  }

  /// Returns the number of values of all positions after the last convolution.
  private static func flatWidth(_ shapes: [ConvolutionShape], _ lengths: [Int]) -> Int {
    (lengths.last ?? 0) * (shapes.last?.columns ?? 0)
  }

  var answers: [Int] { [window / 2] }

  func title(ofLayers count: Int) -> String { "layers" }

  var layers: [CoreLayer] {
    let inputs = Self.flatWidth(shapes, lengths)
    return zip(shapes, lengths).enumerated().map { number, stage in
      stage.0.layer("convolutions.\(number)", length: stage.1)
    } + [
      CoreLayer("dense", widths: [inputs, width], operations: 2 * Double(inputs * width))
    ]
  }

  func stepFloats(windows: Double) -> Double {
    let kept = zip(shapes, lengths).reduce(0) { $0 + $1.0.stepFloats(length: $1.1) }
    let peak = zip(shapes, lengths).map { $0.passFloats(length: $1) }.max() ?? 0
    return windows * (kept + peak / 2 + 3 * Double(width))
      + matrixFloats(shapes.map(\.matrixFloats))
  }

  func passFloats(windows: Double) -> Double {
    windows * (zip(shapes, lengths).map { $0.passFloats(length: $1) }.max() ?? 0)
  }
}
