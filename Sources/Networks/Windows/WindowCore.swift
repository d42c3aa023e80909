import Autograd
import Tensors

/// The layers of a network that reads a window of samples as a whole, before its output layer.
package protocol WindowCore: Module {
  /// Returns the output of the layers for some windows: [B · answers, width].
  ///
  /// - Parameters:
  ///   - samples: [B · n, 1], windows of n samples one after another.
  ///   - dropout: nil outside training.
  /// - Throws: any error that the tape's monitor throws.
  func callAsFunction(
    _ samples: Variable,
    windows: Int,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable

  /// The number of values in each row.
  var width: Int { get }
  /// The samples of a window that the rows stand for.
  var answers: [Int] { get }
  /// The layers in the order of the parameters; their operations are those of a window.
  var layers: [CoreLayer] { get }
  /// Returns the name of `count` of its layers.
  func title(ofLayers count: Int) -> String
  /// Returns the floats that a training step needs at its peak for that many windows, approximately, without
  /// parameters.
  func stepFloats(windows: Double) -> Double
  /// Returns the floats that a forward pass needs at its peak for that many windows, approximately.
  func passFloats(windows: Double) -> Double
}

extension WindowCore {
  /// Returns the floats that the real matrices of complex weights take in a step: those of all of them, and two more
  /// copies of the largest one, of which one is packed for its product and one is its gradient.
  func matrixFloats(_ matrices: [Int]) -> Double {
    Double(matrices.reduce(0, +) + 2 * (matrices.max() ?? 0))
  }
}

/// A network that reads windows of samples and predicts the notes at some of them.
///
/// Norms over a batch see all its windows, so that a batch is one group.
package struct WindowNetwork: SequenceModel {
  private let window: Int
  private let core: any WindowCore
  private let output: Linear
  package let calibration: OutputCalibration?

  init(
    _ spec: ModelSpec,
    window: Int,
    core makeCore: (ModelSpec, Int, inout InitialValues) -> any WindowCore,
    using values: inout InitialValues
  ) {
    self.window = window
    core = makeCore(spec, window, &values)
    output = Linear(
      weight: values.matrix(core.width, spec.outputSymbols),
      bias: values.constant(0, spec.outputSymbols)
    )
    calibration = OutputCalibration(spec, using: &values)
  }

  package func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let samples = input.audio
    let windows = samples.count / window
    precondition(samples.count == windows * window, "\(samples.count) samples in windows")
    let heard = tape.constant(Tensor(samples, [samples.count, 1]))
    return output(
      try core(heard, windows: windows, dropout: dropout, on: tape),
      on: tape
    )
  }

  package var members: [(name: String, member: Member)] {
    core.members + [("output", .module(output))]
      + (calibration.map { [("calibration", .module($0))] } ?? [])
  }

  package var heardSamples: [Int]? { core.answers }

  package func groups(_ layout: SequenceLayout) -> [ExampleGroup] { [layout.wholeGroup] }

  package func depth(levels: Int) -> (layers: Int, kind: String) {
    let count = core.layers.reduce(0) { $0 + ($1.isCounted ? $1.count : 0) }
    return (count, core.title(ofLayers: count))
  }

  package func layerRows(levels: Int) -> [LayerRow] {
    let notes = output.bias.shape.count
    return rows(
      of: core.layers + [CoreLayer("output", widths: [core.width, notes])]
        + (calibration == nil ? [] : [CoreLayer("calibration", widths: [notes])])
    )
  }

  package func operations(_ layout: SequenceLayout) -> Double {
    let last = 2 * Double(core.answers.count * core.width * output.bias.shape.count)
    let inner = core.layers.reduce(0.0) { $0 + $1.operations * Double($1.count) }
    return Double(layout.examples) * (inner + last)
  }

  package var hasLowMemory: Bool { false }

  package func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let windows = Double(layout.examples)
    // The gradient of each weight is computed before it is added to that of the group.
    let gradient = Double(parameters.map(\.parameter.shape.count).max() ?? 0)
    return floatBytes * (core.stepFloats(windows: windows) + windows * rowFloats + gradient)
  }

  package func passBytes(length: Double, examples: Double) -> Double {
    floatBytes * (core.passFloats(windows: examples) + examples * rowFloats)
  }

  /// The floats of a window's samples, and of its rows with their gradients.
  private var rowFloats: Double {
    Double(window + core.answers.count * (2 * core.width + 3 * output.bias.shape.count))
  }
}
