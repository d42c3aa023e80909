import Tensors

extension Tape {
  /// A layer of switch units and the shuffle behind it, as one operation.
  ///
  /// Equal to `composedSwitchLayer` on the segments that take part; the others pass unchanged.
  ///
  /// - Parameters:
  ///   - x: [T, m].
  ///   - level: the number of the layer within its half of a Beneš block, from 1; segments of
  ///     log2(n) ≤ level are done and pass unchanged. 0: all take part.
  ///   - shuffle: the permutation of positions that follows.
  ///   - dropout: of the sum, before the shuffle.
  package func switchLayer(
    _ x: Variable,
    layout: SequenceLayout,
    level: Int,
    weights: SwitchWeights,
    norm: NormAxis,
    shuffle: Shuffle,
    dropout: LayerDropout?
  ) -> Variable {
    let layer = SwitchLayerOperation(
      layout: layout,
      level: level,
      weights: weights,
      norm: norm,
      shuffle: shuffle,
      dropout: dropout
    )
    precondition(x.shape == [layout.rows, weights.maps], "\(x.shape) for \(layout.rows) positions")
    let (value, saved) = layer.forward(x.value, keeping: isRecording)
    return record(value) { gradient, gradients in
      gradients.add(layer.backward(gradient, x: x.value, saved: saved), to: x)
    }
  }
}

/// One application of a switch layer: its plan, and the constants that its parts share.
struct SwitchLayerOperation {
  let layout: SequenceLayout
  let weights: SwitchWeights
  let norm: NormAxis
  let shuffle: Shuffle
  let plan: SwitchPlan
  let maps: Int
  /// Positions that take part; those behind pass unchanged.
  let activeRows: Int
  /// σ(2 · residual), [2m].
  let gate: Tensor
  private let dropout: LayerDropout?

  /// What the backward pass needs of the forward pass.
  struct Saved {
    /// The norm's output y, [T/2, 4m].
    var normed: Tensor
    /// Over positions: the norm's factor per example and channel, [examples, 4m]; over features: per pair.
    var factors: Tensor
  }

  init(
    layout: SequenceLayout,
    level: Int,
    weights: SwitchWeights,
    norm: NormAxis,
    shuffle: Shuffle,
    dropout: LayerDropout?
  ) {
    self.layout = layout
    self.weights = weights
    self.norm = norm
    self.shuffle = shuffle
    self.dropout = dropout
    let active = layout.segments.prefix { level == 0 || $0.levels > level }
    plan = SwitchPlan(layout, active: active)
    activeRows = active.reduce(0) { $0 + $1.rows }
    maps = weights.maps
    let width = 2 * maps
    gate = Tensor([width]) { out in
      weights.residual.value.withPointer { kernels.double_gate(width, $0, out) }
    }
  }

  var channels: Int { 4 * maps }
  var width: Int { 2 * maps }
  var activePairs: Int { activeRows / 2 }

  func dropout(_ segment: SequenceLayout.Segment) -> rse_dropout {
    dropout?.settings(levels: segment.levels) ?? LayerDropout.off
  }
}
