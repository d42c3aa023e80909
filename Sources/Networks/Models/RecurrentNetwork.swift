import Autograd
import Tensors
import Wiring

extension NetworkKind {
  package static let lstm = NetworkKind(
    "lstm",
    summary: "recurrent layers of long short-term memory cells",
    about: """
      `layers` layers that read position after position: i, f, o = σ(x·W + h·U + b), g = tanh of the same \
      form, c = f∘c + i∘g, h = o∘tanh(c). O(n), n steps one after another. "Long Short-Term Memory" (1997).
      """,
    settings: [.maps, .layers, .direction],
    usualLayers: 2,
    flaw: RecurrentNetwork.flaw,
    core: { RecurrentNetwork($0, cell: .lstm, using: &$1) }
  )

  package static let gru = NetworkKind(
    "gru",
    summary: "recurrent layers of gated recurrent units",
    about: """
      The same with r, z = σ(x·W + h·U + b), c = tanh(x·W + b + r∘(h·U)), h = (1-z)∘c + z∘h. O(n). \
      "Learning Phrase Representations using RNN Encoder-Decoder" (EMNLP 2014).
      """,
    settings: [.maps, .layers, .direction],
    usualLayers: 2,
    flaw: RecurrentNetwork.flaw,
    core: { RecurrentNetwork($0, cell: .gru, using: &$1) }
  )
}

/// Recurrent layers, each reading the sequence of the one below.
///
/// With `direction=both` a layer has one cell from left to right and one from right to left, of half the maps each,
/// whose outputs are joined side by side. "Bidirectional Recurrent Neural Networks" (1997). Every layer takes n
/// sequential steps for a sequence of length n.
struct RecurrentNetwork: NetworkCore {
  private let maps: Int
  private let direction: Direction
  private let cell: RecurrentCell
  private let layers: [RecurrentLayer]

  init(_ spec: ModelSpec, cell: RecurrentCell, using values: inout InitialValues) {
    maps = spec.maps
    direction = spec.direction
    self.cell = cell
    var layers: [RecurrentLayer] = []
    for _ in 0..<spec.layers {
      layers.append(
        RecurrentLayer(cell, maps: spec.maps, direction: spec.direction, using: &values)
      )
    }
    self.layers = layers
  }

  static func flaw(_ spec: ModelSpec) -> ModelFlaw? {
    spec.direction == .both && !spec.maps.isMultiple(of: 2)
      ? ModelFlaw(
        "both directions have half of the maps each, and maps=\(spec.maps) is odd",
        remedy: "use an even maps=, or direction=forward"
      ) : nil
  }

  func callAsFunction(
    _ x: consuming Variable,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let stack = LayerStack(
      layers: layers.enumerated().map { number, layer in
        { x, tape in
          let y = try layer(x, lengths: layout.lengths, on: tape)
          return dropout?.layer(number).map { tape.dropout(y, layout: layout, $0) } ?? y
        }
      }
    )
    return try stack(x, on: tape)
  }

  func title(ofLayers count: Int) -> String { "recurrent layer\(count == 1 ? "" : "s")" }

  /// Returns the layers: 2 · gates · h · (m + h) operations a position for each cell of h units; the cells of a layer
  /// run side by side.
  func layers(levels: Int) -> [CoreLayer] {
    let units = maps / direction.cells
    return layers.indices.flatMap { layer in
      layers[layer].members.enumerated().map { index, cells in
        CoreLayer(
          "layers.\(layer).\(cells.name)",
          widths: [maps + units, cell.gates * units, units],
          operations: 2 * Double(cell.gates * units * (maps + units)),
          isCounted: index == 0
        )
      }
    }
  }

  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(maps)
    // The output, its dropped copy, the cells' kept values; if both directions are joined, their parts.
    let layer = m * Double(2 + cell.kept + (direction == .both ? 1 : 0))
    let kept = keptFloats(layers: layers.count, layer: layer, input: m, isLow: isLow)
    return Double(layout.rows) * (kept + m * Double(3 * cell.gates / direction.cells + 2))
  }

  func passFloats(length: Double, examples: Double) -> Double {
    length * examples * Double(maps)
      * (2 * Double(cell.gates) / Double(direction.cells) + 2.5)
  }
}
