// A network, as the recipe in ARCHITECTURE.md says; its row would stand in `NetworkKind.allCases`.
import Autograd
import Tensors

@testable import Networks

extension NetworkKind {
  static let mixing = NetworkKind(
    "mixing",
    summary: "residual layers that see the neighbours of a position",
    about: "`layers` times x + gelu(W·(x before, x, x behind) + b). O(n).",
    settings: [.maps, .layers],
    usualLayers: 2,
    core: { NeighbourMixing($0, using: &$1) }
  )
}

/// Residual layers over a position and its two neighbours.
///
///     x ← x + gelu(W · (x[i − 1], x[i], x[i + 1]) + b)
struct NeighbourMixing: NetworkCore {
  private let maps: Int
  private let layers: [Linear]

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    maps = spec.maps
    var layers: [Linear] = []
    for _ in 0..<spec.layers {
      layers.append(Linear(from: 3 * spec.maps, to: spec.maps, using: &values))
    }
    self.layers = layers
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
          let seen = tape.neighbours(x, distance: 1, layout: layout)
          var y = tape.gelu(layer(seen, on: tape))
          if let dropout = dropout?.layer(number) { y = tape.dropout(y, layout: layout, dropout) }
          return tape.add(x, 1, y)
        }
      }
    )
    return try stack(x, on: tape)
  }

  func title(ofLayers count: Int) -> String { "mixing layer\(count == 1 ? "" : "s")" }

  /// 6 m² operations a position.
  func layers(levels: Int) -> [CoreLayer] {
    layers.indices.map { layer in
      CoreLayer(
        "layers.\(layer)",
        widths: [3 * maps, maps],
        operations: 6 * Double(maps * maps)
      )
    }
  }

  /// A layer keeps five m-vectors a position: those it sees, what gelu gets and gives.
  func stepFloats(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(maps)
    let kept = keptFloats(layers: layers.count, layer: 5 * m, input: m, isLow: isLow)
    return Double(layout.rows) * (kept + 5 * m)
  }

  func passFloats(length: Double, examples: Double) -> Double {
    length * examples * 5 * Double(maps)
  }
}
