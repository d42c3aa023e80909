import Tensors
import Wiring

/// The axis that the norm inside a switch unit averages over.
package enum NormAxis: String, Sendable, CaseIterable {
  /// The positions of an example, per channel: as in the reference code.
  case positions
  /// The channels of a position: the usual layer norm, as the paper's text says.
  case features
}

/// The parameters of a residual switch unit on pairs of m-vectors, x of [2m].
///
///     h = norm(x · expand),  c = gelu(h) · contract + bias,  y = σ(2 · residual) ∘ x + 0.25·√(1−0.9²) · c
package struct SwitchWeights: Module {
  /// [2m, 4m], no bias.
  package let expand: Parameter
  /// [4m]: the norm's offset.
  package let offset: Parameter
  /// [4m, 2m].
  package let contract: Parameter
  /// [2m].
  package let bias: Parameter
  /// [2m]: the logit of the residual gate, halved.
  package let residual: Parameter
  /// The matrices as the products of the switch layer read them.
  let packed = PackedSwitchWeights()

  package init(
    expand: Parameter,
    offset: Parameter,
    contract: Parameter,
    bias: Parameter,
    residual: Parameter
  ) {
    self.expand = expand
    self.offset = offset
    self.contract = contract
    self.bias = bias
    self.residual = residual
  }

  /// The weight of the candidate c in the sum: 0.25 · √(1 − 0.9²) ≈ 0.108972.
  package static let candidateWeight = Float(0.25 * (1 - 0.9 * 0.9).squareRoot())

  /// m, the number of maps at one position.
  package var maps: Int { expand.shape[0] / 2 }
}

extension Tape {
  /// Applies the switch layer written with elementary operations; `switchLayer` must agree with it.
  ///
  /// - Parameters:
  ///   - x: [T, m], every segment of the layout taking part.
  ///   - shuffle: the permutation of positions that follows.
  package func composedSwitchLayer(
    _ x: Variable,
    layout: SequenceLayout,
    weights: SwitchWeights,
    norm: NormAxis,
    shuffle: Shuffle,
    dropout: LayerDropout?
  ) -> Variable {
    let maps = weights.maps
    let pairs = reshape(x, to: [layout.rows / 2, 2 * maps])
    let expanded = matmul(pairs, use(weights.expand))
    let offset = use(weights.offset)
    let normed =
      switch norm {
      case .positions:
        positionNorm(
          expanded,
          offset: offset,
          examples: layout.segments.flatMap {
            Array(repeating: $0.length / 2, count: $0.batch)
          }
        )
      case .features: featureNorm(expanded, offset: offset)
      }
    let candidate = addRow(matmul(gelu(normed), use(weights.contract)), use(weights.bias))
    let kept = gate(pairs, use(weights.residual))
    let sum = add(kept, SwitchWeights.candidateWeight, candidate)
    var y = reshape(sum, to: [layout.rows, maps])
    if let dropout { y = self.dropout(y, layout: layout, dropout) }
    return self.shuffle(y, layout: layout, shuffle)
  }
}
