import Autograd
import Tensors

extension NetworkKind {
  package static let complextransformer = NetworkKind(
    "complextransformer",
    summary: "an encoder with complex attention over the spectra of a window",
    about: """
      The spectra of stretches of a window; of each five complex convolutions with norm and pooling, and m complex \
      numbers of what is left; then `layers` layers of complex attention in `heads` heads, which is eight real ones of real \
      and imaginary parts with shared weights, and a complex feed-forward part; then 32m/5 real units, which tell the notes in \
      the middle of each stretch. "Complex Transformer" (ICASSP 2020), there with stretches of 4,096 samples at each 512th, 64 of \
      them, m = 320, 6 layers and 8 heads 74.22 % with 11.61 million parameters. Others than there: a window of \
      8,192 samples has 9 such stretches; weights of attention are a softmax, as in the paper, and not divided by \
      their range, as in its code; there is no learned key, and the loss is that of all networks.
      """,
    settings: [.maps, .layers, .heads],
    usualMaps: 320,
    usualLayers: 6,
    usualHeads: 8,
    shortest: 2048,
    rate: 0.0001,
    flaw: Transformer.flaw,
    window: { ComplexTransformer($0, window: $1, using: &$2) }
  )
}

/// An encoder of complex numbers: M. Yang et al., "Complex Transformer: A Framework for Modeling Complex-Valued Sequence"
/// (ICASSP 2020), after their published code.
///
/// With att(q, k, v) the attention of real arrays, the attention of A + iB is
///
///     att(A, A, A) − att(A, B, B) − att(B, A, B) − att(B, B, A)
///       + i (att(A, A, B) + att(A, B, A) + att(B, A, A) − att(B, B, B))
///
/// and a layer is x ← x + norm(attention(x)), x ← x + norm(W₂ · relu(W₁ · x + b₁) + b₂), with separate norms for real
/// and imaginary parts.
struct ComplexTransformer: WindowCore {
  private let convolutions: [ConvolutionStage]
  private let projection: ComplexLinear
  private let encoder: [ComplexEncoderLayer]
  private let dense: Linear
  private let maps: Int
  private let spectra: WindowSpectra
  private let shapes: [ConvolutionShape]
  /// The number of coefficients before each convolution, and after the last one.
  private let lengths: [Int]
  let width: Int

  /// The filters of the convolutions in units of a twentieth of the maps, and their widths.
  private static let filters = [(1, 6), (2, 3), (4, 3), (4, 3), (8, 3)]
  private static let longestSpan = 4096

  init(_ spec: ModelSpec, window: Int, using values: inout InitialValues) {
    maps = spec.maps
    let span = min(Self.longestSpan, window / 2)
    spectra = WindowSpectra(span: span, hop: span / 8, window: window)
    let unit = max(1, maps / 20)
    var lengths = [span / 2]
    var shapes: [ConvolutionShape] = []
    var convolutions: [ConvolutionStage] = []
    var inputs = 1
    for (filters, width) in Self.filters {
      let shape = ConvolutionShape(
        inputs: inputs,
        filters: filters * unit,
        width: width,
        padding: .valid,
        isComplex: true,
        pooling: .largest
      )
      convolutions.append(ConvolutionStage(shape, using: &values))
      lengths.append(shape.lengths(of: lengths[lengths.count - 1]).pooled)
      inputs = shape.filters
      shapes.append(shape)
    }
    (self.convolutions, self.shapes, self.lengths) = (convolutions, shapes, lengths)
    projection = ComplexLinear(
      from: inputs,
      to: maps,
      taps: lengths[lengths.count - 1],
      using: &values
    )
    var encoder: [ComplexEncoderLayer] = []
    for _ in 0..<spec.layers {
      encoder.append(ComplexEncoderLayer(maps: maps, heads: spec.heads, using: &values))
    }
    self.encoder = encoder
    width = 32 * maps / 5
    dense = Linear(weight: values.matrix(2 * maps, width), bias: values.constant(0, width))
  }

  func callAsFunction(
    _ samples: Variable,
    windows: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let (steps, rows) = (spectra.count, windows * spectra.count)
    let heard = tape.constant(spectra.coefficients(of: samples.value))
    let stages = zip(convolutions, lengths).map { convolution, length in
      { (x: Variable, tape: Tape) in convolution(x, length: length, sequences: rows, on: tape) }
    }
    let entry = { (x: Variable, tape: Tape) in
      let flat = tape.reshape(x, to: [rows, x.value.count / rows])
      let codes = Tensor([rows, 2 * maps]) { out in
        for row in 0..<rows {
          for part in 0..<2 {
            kernels.position_code(1, maps, row % steps, out + (2 * row + part) * maps)
          }
        }
      }
      return tape.add(projection(flat, on: tape), 1, tape.constant(codes))
    }
    let layers = encoder.enumerated().map { number, layer in
      { (x: Variable, tape: Tape) in
        try layer(x, number: number, steps: steps, dropout: dropout, on: tape)
      }
    }
    let last = { (x: Variable, tape: Tape) in tape.relu(dense(x, on: tape)) }
    let stack = LayerStack(layers: stages + [entry] + layers + [last])
    return try stack(heard, isDivisible: false, on: tape)
  }

  var answers: [Int] { spectra.middles }

  func title(ofLayers count: Int) -> String { "layers" }

  var layers: [CoreLayer] {
    let steps = spectra.count
    let inputs = 2 * (lengths.last ?? 0) * (shapes.last?.filters ?? 0)
    func product(_ path: String, _ widths: [Int], isCounted: Bool = true) -> CoreLayer {
      let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      return CoreLayer(
        path,
        widths: widths,
        operations: 2 * Double(steps * weights),
        isCounted: isCounted
      )
    }
    return zip(shapes, lengths).enumerated().map { number, stage in
      stage.0.layer("convolutions.\(number)", length: stage.1, sequences: steps)
    } + [product("projection", [inputs, 2 * maps])]
      + encoder.indices.flatMap { number in
        // Queries, keys, values and results are four products of both parts.
        [
          product("encoder.\(number).attention", [maps, 8 * maps, maps]),
          product(
            "encoder.\(number).feedforward",
            [2 * maps, 2 * maps, 2 * maps],
            isCounted: false
          ),
        ]
      } + [product("dense", [2 * maps, width])]
  }

  func stepFloats(windows: Double) -> Double {
    let steps = Double(spectra.count)
    let front = zip(shapes, lengths).reduce(0) { $0 + $1.0.stepFloats(length: $1.1) }
    let layer = Double(60 * maps) + 8 * steps * Double(encoder.first?.heads ?? 0)
    let matrices =
      shapes.map(\.matrixFloats) + [projectionFloats]
      + Array(repeating: 4 * maps * maps, count: 2 * encoder.count)
    return windows * steps * (front + layer * Double(encoder.count) + 3 * Double(width))
      + matrixFloats(matrices)
  }

  func passFloats(windows: Double) -> Double {
    let rows = windows * Double(spectra.count)
    let front = zip(shapes, lengths).map { $0.passFloats(length: $1) }.max() ?? 0
    let inner = Double(20 * maps + 2 * width)
    // The matrix of the projection and its packed form, or the first convolution.
    return max(rows * front, Double(2 * projectionFloats)) + rows * inner
  }

  /// The floats of the real matrix of the projection.
  private var projectionFloats: Int {
    4 * (lengths.last ?? 0) * (shapes.last?.filters ?? 0) * maps
  }
}

/// An encoder layer: [T, 2m] → [T, 2m], real parts first.
private struct ComplexEncoderLayer: Module {
  private let attention: ComplexAttention
  private let feedforward: ComplexFeedForward

  var heads: Int { attention.heads }

  init(maps: Int, heads: Int, using values: inout InitialValues) {
    attention = ComplexAttention(maps: maps, heads: heads, using: &values)
    feedforward = ComplexFeedForward(maps: maps, using: &values)
  }

  /// - Parameters:
  ///   - number: the number of the layer, which determines its dropout.
  ///   - steps: the number of rows of each window, which attend to each other.
  func callAsFunction(
    _ x: Variable,
    number: Int,
    steps: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    func dropped(_ y: Variable, _ part: Int) -> Variable {
      dropout?.wholeLayer(3 * number + part).map { tape.dropout(y, $0) } ?? y
    }
    let attended = tape.add(x, 1, dropped(try attention(x, steps: steps, on: tape), 0))
    let inner = dropped(feedforward.inner(attended, on: tape), 1)
    return tape.add(attended, 1, dropped(feedforward.outer(inner, on: tape), 2))
  }
}

/// Attention of complex numbers: eight real attentions that share their weights, and a norm.
private struct ComplexAttention: Module {
  private let query, key, value, result: Linear
  private let norm: ComplexLayerNorm
  let heads: Int

  init(maps: Int, heads: Int, using values: inout InitialValues) {
    self.heads = heads
    query = Linear(from: maps, to: maps, using: &values)
    key = Linear(from: maps, to: maps, using: &values)
    value = Linear(from: maps, to: maps, using: &values)
    result = Linear(from: maps, to: maps, using: &values)
    norm = ComplexLayerNorm(maps: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, steps: Int, on tape: Tape) throws -> Variable {
    let (rows, maps) = (x.shape[0], x.shape[1] / 2)
    let parts = [tape.columns(x, 0..<maps), tape.columns(x, maps..<2 * maps)]
    let queries = parts.map { query($0, on: tape) }
    let keys = parts.map { key($0, on: tape) }
    let values = parts.map { value($0, on: tape) }
    let spans = stride(from: 0, to: rows, by: steps).map {
      AttentionSpan(queries: $0..<$0 + steps, keys: $0..<$0 + steps)
    }
    let scale = Float(1 / Double(maps / heads).squareRoot())
    func attention(_ q: Int, _ k: Int, _ v: Int) throws -> Variable {
      try tape.attention(
        queries[q],
        keys[k],
        values[v],
        heads: heads,
        spans: spans,
        scale: scale
      )
    }
    var real = try attention(0, 0, 0)
    for (q, k, v) in [(0, 1, 1), (1, 0, 1), (1, 1, 0)] {
      real = tape.add(real, -1, try attention(q, k, v))
    }
    var imaginary = try attention(0, 0, 1)
    for (q, k, v) in [(0, 1, 0), (1, 0, 0)] {
      imaginary = tape.add(imaginary, 1, try attention(q, k, v))
    }
    imaginary = tape.add(imaginary, -1, try attention(1, 1, 1))
    // Each of the eight has the bias: 1 − 3 times in the real part, 3 − 1 times in the imaginary part.
    let weight = tape.use(result.weight)
    let bias = tape.use(result.bias)
    let joined = tape.joinColumns(
      tape.addRow(tape.matmul(real, weight), tape.scaled(bias, by: -2)),
      tape.addRow(tape.matmul(imaginary, weight), tape.scaled(bias, by: 2))
    )
    return norm(joined, on: tape)
  }
}

/// norm(W₂ · relu(W₁ · x + b₁) + b₂) of complex numbers.
private struct ComplexFeedForward: Module {
  private let first, second: ComplexLinear
  private let norm: ComplexLayerNorm

  init(maps: Int, using values: inout InitialValues) {
    first = ComplexLinear(from: maps, to: maps, using: &values)
    second = ComplexLinear(from: maps, to: maps, using: &values)
    norm = ComplexLayerNorm(maps: maps, using: &values)
  }

  func inner(_ x: Variable, on tape: Tape) -> Variable { tape.relu(first(x, on: tape)) }

  func outer(_ x: Variable, on tape: Tape) -> Variable { norm(second(x, on: tape), on: tape) }
}

/// Separate layer norms for the real and the imaginary parts.
private struct ComplexLayerNorm: Module {
  private let real, imaginary: LayerNorm

  init(maps: Int, using values: inout InitialValues) {
    real = LayerNorm(maps: maps, using: &values)
    imaginary = LayerNorm(maps: maps, using: &values)
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    let maps = x.shape[1] / 2
    return tape.joinColumns(
      real(tape.columns(x, 0..<maps), on: tape),
      imaginary(tape.columns(x, maps..<2 * maps), on: tape)
    )
  }
}
