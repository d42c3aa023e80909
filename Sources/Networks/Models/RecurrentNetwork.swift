import Autograd
import Tensors

/// Recurrent layers, each reading the sequence of the one below: embedding, layers, output layer.
///
/// With `direction=both` a layer has one cell from left to right and one from right to left, of half the maps
/// each, whose outputs stand side by side. "Bidirectional Recurrent Neural Networks" (1997). A sequence of
/// length n takes n steps one after another in every layer.
struct RecurrentNetwork: SequenceModel {
  private let spec: ModelSpec
  private let cell: RecurrentCell
  private let embedding: Parameter
  private let layers: [RecurrentLayer]
  private let output: Linear

  init(_ spec: ModelSpec, cell: RecurrentCell, using values: inout InitialValues) {
    self.spec = spec
    self.cell = cell
    embedding = values.table(spec.inputSymbols, spec.maps)
    var layers: [RecurrentLayer] = []
    for _ in 0..<spec.layers {
      layers.append(
        RecurrentLayer(cell, maps: spec.maps, direction: spec.direction, using: &values)
      )
    }
    self.layers = layers
    output = Linear(from: spec.maps, to: spec.outputSymbols, using: &values)
  }

  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let stack = LayerStack(
      layers: layers.enumerated().map { number, layer in
        { x, tape in
          let y = try layer(x, layout: layout, on: tape)
          return dropout?.layer(number).map { tape.dropout(y, layout: layout, $0) } ?? y
        }
      }
    )
    let x = try stack(tape.lookup(input.symbols, in: tape.use(embedding)), on: tape)
    return output(x, on: tape)
  }

  var members: [(name: String, member: Member)] {
    [
      ("embedding", .parameter(embedding)), ("layers", .module(ModuleList(modules: layers))),
      ("output", .module(output)),
    ]
  }

  func depth(levels: Int) -> (layers: Int, kind: String) {
    (spec.layers, "recurrent layer\(spec.layers == 1 ? "" : "s")")
  }

  func layerRows(levels: Int) -> [LayerRow] {
    let units = spec.maps / spec.direction.cells
    let inner = layers.indices.flatMap { layer in
      layers[layer].members.map {
        row("layers.\(layer).\($0.name)", 1, [spec.maps + units, cell.gates * units, units])
      }
    }
    return [row("embedding", 1, [spec.inputSymbols, spec.maps])] + inner
      + [row("output", 1, [spec.maps, spec.outputSymbols])]
  }

  /// 2 · gates · h · (m + h) per position, layer and direction, h units each; 2 m V per position.
  func operations(_ layout: SequenceLayout) -> Double {
    let (m, cells) = (Double(spec.maps), Double(spec.direction.cells))
    let h = m / cells
    let layer = cells * 2 * Double(cell.gates) * h * (m + h)
    return Double(layout.rows)
      * (layer * Double(spec.layers) + 2 * m * Double(spec.outputSymbols))
  }

  var hasLowMemory: Bool { true }

  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(spec.maps)
    // Output, its dropped copy, what the cells keep; where both directions are joined, their parts.
    let layer = m * Double(2 + cell.kept + (spec.direction == .both ? 1 : 0))
    let count = spec.layers
    let segment = LayerStack.segmentSize(layers: count)
    let kept =
      isLow
      ? m * Double((count + segment - 1) / segment) + layer * Double(segment)
      : layer * Double(count)
    let atOnce =
      m * Double(3 * cell.gates / spec.direction.cells + 2) + 3 * Double(spec.outputSymbols)
    return floatBytes * Double(layout.rows) * (kept + atOnce)
  }

  func passBytes(length: Double, examples: Double) -> Double {
    let m = Double(spec.maps)
    let floats =
      m * (2 * Double(cell.gates) / Double(spec.direction.cells) + 2.5) + 2
      * Double(spec.outputSymbols) + 4
    return floatBytes * length * examples * floats
  }
}

/// The cells of one layer.
private struct RecurrentLayer: Module {
  private let forward: CellWeights
  /// The cell that reads from right to left, if there is one.
  private let reverse: CellWeights?
  private let cell: RecurrentCell

  init(
    _ cell: RecurrentCell,
    maps: Int,
    direction: Direction,
    using values: inout InitialValues
  ) {
    self.cell = cell
    let units = maps / direction.cells
    forward = CellWeights(cell, from: maps, units: units, using: &values)
    reverse =
      direction == .both ? CellWeights(cell, from: maps, units: units, using: &values) : nil
  }

  func callAsFunction(_ x: Variable, layout: SequenceLayout, on tape: Tape) throws -> Variable {
    func states(_ weights: CellWeights, isReversed: Bool) throws -> Variable {
      try tape.recurrence(
        weights.input(x, on: tape),
        tape.use(weights.recurrent),
        cell: cell,
        layout: layout,
        isReversed: isReversed
      )
    }
    let left = try states(forward, isReversed: false)
    guard let reverse else { return left }
    return tape.joinColumns(left, try states(reverse, isReversed: true))
  }

  var members: [(name: String, member: Member)] {
    [("forward", .module(forward))] + (reverse.map { [("reverse", .module($0))] } ?? [])
  }
}

/// The weights of a cell: of the inputs with a bias, and of the state.
private struct CellWeights: Module {
  let input: Linear
  let recurrent: Parameter

  init(_ cell: RecurrentCell, from inputs: Int, units: Int, using values: inout InitialValues) {
    let weight = values.matrix(inputs, cell.gates * units)
    // A forget gate that begins open lets gradients through.
    let opened = cell == .lstm ? units..<2 * units : 0..<0
    input = Linear(weight: weight, bias: values.indicator(opened, of: cell.gates * units))
    recurrent = values.matrix(units, cell.gates * units)
  }

  var members: [(name: String, member: Member)] {
    [("input", .module(input)), ("recurrent", .parameter(recurrent))]
  }
}

extension Direction {
  /// Cells of a layer.
  fileprivate var cells: Int { self == .both ? 2 : 1 }
}
