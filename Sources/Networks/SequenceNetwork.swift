import Autograd
import Tensors
import Wiring

/// A network as it is trained: an input layer, a core, an output layer, and the calibration that some heads learn.
package struct SequenceNetwork: SequenceModel {
  package let spec: ModelSpec
  private let input: InputLayer
  private let core: any NetworkCore
  private let output: OutputLayer
  package let calibration: OutputCalibration?

  init(
    _ spec: ModelSpec,
    core makeCore: (ModelSpec, inout InitialValues) -> any NetworkCore,
    using values: inout InitialValues
  ) {
    self.spec = spec
    input = InputLayer(spec, using: &values)
    core = makeCore(spec, &values)
    output = OutputLayer(spec, using: &values)
    calibration = OutputCalibration(spec, using: &values)
  }

  package func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    var keys: Variable?
    let states = try core(
      self.input(input, layout: layout, keys: &keys, on: tape),
      marks: input.marks,
      layout: spec.positions(of: layout),
      dropout: dropout,
      on: tape
    )
    return output(states, keys: keys, on: tape)
  }

  package var members: [(name: String, member: Member)] {
    [input.member] + core.members + [("output", output.member)]
      + (calibration.map { [("calibration", .module($0))] } ?? [])
  }

  // MARK: Derived from the layers

  package var wiring: BenesWiring? { core.wiring }

  package func switchColumns(levels: Int) -> [SwitchColumn] {
    core.wiring?.columns(levels: levels - spec.halvings) ?? []
  }

  package func depth(levels: Int) -> (layers: Int, kind: String) {
    let layers = core.layers(levels: levels - spec.halvings)
    let count = layers.reduce(0) { $0 + ($1.isCounted ? $1.count : 0) }
    return (count, core.title(ofLayers: count))
  }

  package func layerRows(levels: Int) -> [LayerRow] {
    let inner = core.layers(levels: levels - spec.halvings)
    let layers =
      spec.inputLayers.map { CoreLayer($0.path, widths: $0.widths) } + inner
      + spec.outputLayers.map { CoreLayer($0.path, widths: $0.widths) }
      + (calibration == nil ? [] : [CoreLayer("calibration", widths: [spec.outputSymbols])])
    return rows(of: layers)
  }

  /// Returns the sum of the layers' operations.
  package func operations(_ layout: SequenceLayout) -> Double {
    let front = spec.inputOperations * Double(layout.rows)
    return spec.positions(of: layout).segments.reduce(front) { sum, segment in
      let inner = core.layers(levels: segment.levels).reduce(0.0) {
        $0 + $1.operations * Double($1.count)
      }
      return sum + Double(segment.rows) * (inner + spec.outputOperations)
    }
  }

  package var hasLowMemory: Bool { core.hasLowMemory }

  /// Logits, their gradients, and the values kept by the loss take 3 V floats a position.
  package func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let positions = spec.positions(of: layout)
    let logits = 3 * Double(positions.rows * spec.outputSymbols)
    return floatBytes
      * (core.stepFloats(positions, isLow: isLow) + logits
        + Double(layout.rows) * spec.inputFloats)
  }

  package func passBytes(length: Double, examples: Double) -> Double {
    let front = length * examples * spec.inputFloats
    let length = length / Double(1 << spec.halvings)
    let logits = length * examples * (2 * Double(spec.outputSymbols) + 4)
    return floatBytes
      * max(
        front,
        core.passFloats(length: length, examples: examples),
        length * examples * Double(spec.maps) + logits
      )
  }
}

/// The last step from logits to probabilities: σ(scale ∘ z + offset), a scale and an offset per output.
package struct OutputCalibration: Module {
  package let scale: Parameter
  package let offset: Parameter

  /// Returns nil if the head needs no calibration.
  init?(_ spec: ModelSpec, using values: inout InitialValues) {
    guard spec.isCalibrated else { return nil }
    scale = values.constant(1, spec.outputSymbols)
    offset = values.constant(0, spec.outputSymbols)
  }
}
