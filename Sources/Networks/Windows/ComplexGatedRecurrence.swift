import Autograd
import Tensors

extension NetworkKind {
  package static let cgrnn = NetworkKind(
    "cgrnn",
    summary: "a complex gated recurrent network over the spectra of a window",
    about: """
      The spectra of stretches of a window under a Hann window; m complex gated units that read them forwards and m that \
      read them backwards, whose matrix from state to state is and stays unitary; then 7m real units, which tell the notes in \
      the middle of each stretch. "Complex Gated Recurrent Neural Networks" (NeurIPS 2018), there with stretches of 2,048 \
      samples at each 512th; 53.0 % with 2.36 million parameters. The paper does not say how wide its network is: \
      m = 128 comes within 1 % of that number. (Its published code has exactly as many, 2,363,520, with its recurrence switched off: \
      one complex dense layer of 1,024 units.) The loss is that of all networks, and the optimizer scales the \
      gradient of the unitary matrix before its step on the manifold.
      """,
    settings: [.maps],
    usualMaps: 128,
    shortest: 1024,
    rate: 0.001,
    window: { ComplexGatedRecurrence($0, window: $1, using: &$2) }
  )
}

/// Complex gated recurrences in both directions: M. Wolter and A. Yao, "Complex Gated Recurrent Neural Networks" (NeurIPS
/// 2018), after their published code.
///
///     r, z = modσ(x · Wᵣ + h · Uᵣ + bᵣ), modσ(x · W_z + h · U_z + b_z)
///     h ← z ∘ modrelu(x · W + (r ∘ h) · U + b) + (1 − z) ∘ h               with a unitary U
struct ComplexGatedRecurrence: WindowCore {
  private let forward: ComplexCell
  private let reverse: ComplexCell
  private let dense: Linear
  private let maps: Int
  private let spectra: WindowSpectra
  let width: Int

  private static let longestSpan = 2048

  init(_ spec: ModelSpec, window: Int, using values: inout InitialValues) {
    maps = spec.maps
    let span = min(Self.longestSpan, window / 2)
    spectra = WindowSpectra(span: span, hop: span / 4, window: window)
    forward = ComplexCell(from: span / 2 + 1, units: maps, using: &values)
    reverse = ComplexCell(from: span / 2 + 1, units: maps, using: &values)
    width = 7 * maps
    dense = Linear(weight: values.matrix(4 * maps, width), bias: values.constant(0, width))
  }

  func callAsFunction(
    _ samples: Variable,
    windows: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let heard = tape.constant(spectra.rows(of: samples.value))
    let steps = Array(0..<spectra.count)
    let both = { (x: Variable, tape: Tape) in
      tape.joinColumns(
        forward(x, order: steps, on: tape),
        reverse(x, order: steps.reversed(), on: tape)
      )
    }
    let last = { (x: Variable, tape: Tape) in tape.relu(dense(x, on: tape)) }
    return try LayerStack(layers: [both, last])(heard, isDivisible: false, on: tape)
  }

  var answers: [Int] { spectra.middles }

  func title(ofLayers count: Int) -> String { "layers" }

  var layers: [CoreLayer] {
    let inputs = 2 * (spectra.span / 2 + 1)
    let steps = Double(2 * spectra.count)
    return ["forward", "reverse"].map { path in
      CoreLayer(
        path,
        widths: [inputs + 2 * maps, 6 * maps, 2 * maps],
        operations: steps * Double((inputs + 2 * maps) * 6 * maps),
        isCounted: path == "forward"
      )
    } + [
      CoreLayer("dense", widths: [4 * maps, width], operations: steps * Double(4 * maps * width))
    ]
  }

  func stepFloats(windows: Double) -> Double {
    let inner = Double(2 * spectra.span + 60 * maps + 3 * width)
    let matrices =
      Array(repeating: inputFloats, count: 6) + Array(repeating: 4 * maps * maps, count: 6)
    return windows * Double(spectra.count) * inner + matrixFloats(matrices)
  }

  func passFloats(windows: Double) -> Double {
    let inner = spectra.count * (2 * spectra.span + 30 * maps + 2 * width)
    return windows * Double(inner) + Double(2 * inputFloats)
  }

  /// The floats of the real matrix from coefficients to units.
  private var inputFloats: Int { 4 * (spectra.span / 2 + 1) * maps }
}

/// Complex gated units that read in one direction.
private struct ComplexCell: Module {
  private let resetInput, resetState: ComplexLinear
  private let updateInput, updateState: ComplexLinear
  private let input: ComplexLinear
  private let state: Parameter
  private let resetMix, updateMix, threshold: Parameter

  /// The initial biases of the gates: open, as unitary matrices require.
  private static let open: Float = 4

  init(from inputs: Int, units: Int, using values: inout InitialValues) {
    func linear(_ inputs: Int, bias: Float?, _ values: inout InitialValues) -> ComplexLinear {
      ComplexLinear(from: inputs, to: units, bias: bias, using: &values)
    }
    resetInput = linear(inputs, bias: Self.open, &values)
    resetState = linear(units, bias: nil, &values)
    updateInput = linear(inputs, bias: Self.open, &values)
    updateState = linear(units, bias: nil, &values)
    input = linear(inputs, bias: 0, &values)
    state = values.unitary(units)
    resetMix = values.constant(0, 1)
    updateMix = values.constant(0, 1)
    threshold = values.constant(0, 1)
  }

  /// Returns the states [B · s, 2m] of windows of s steps one after another.
  ///
  /// - Parameter order: the order of the steps.
  func callAsFunction(_ x: Variable, order: [Int], on tape: Tape) -> Variable {
    let (rows, steps) = (x.shape[0], order.count)
    let windows = rows / steps
    let heard = [resetInput, updateInput, input].map { $0(x, on: tape) }
    let units = heard[0].shape[1] / 2
    let matrix = tape.complexMatrix(tape.use(state))
    let mixes = [resetMix, updateMix].map { tape.use($0) }
    let threshold = tape.use(threshold)
    var h = tape.constant(Tensor(zeros: [windows, 2 * units]))
    var states: Variable?
    for step in order {
      let places = (0..<windows).map { Int32($0 * steps + step) }
      let own = heard.map { tape.lookup(places, in: $0) }
      let r = tape.modSigmoid(tape.add(own[0], 1, resetState(h, on: tape)), mix: mixes[0])
      let z = tape.modSigmoid(tape.add(own[1], 1, updateState(h, on: tape)), mix: mixes[1])
      let kept = tape.multiply(h, tape.joinColumns(r, r))
      let next = tape.modRelu(tape.add(own[2], 1, tape.matmul(kept, matrix)), bias: threshold)
      h = tape.blend(tape.joinColumns(z, z), next, h)
      let spread = tape.spread(h, to: places, of: rows)
      states = states.map { tape.add($0, 1, spread) } ?? spread
    }
    guard let states else { preconditionFailure("a window has steps") }
    return states
  }
}
