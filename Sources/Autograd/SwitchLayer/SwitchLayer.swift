import Tensors
import Wiring

extension Tape {
  /// Applies a layer of switch units and the shuffle after it, as one operation.
  ///
  /// Equal to `composedSwitchLayer` on the segments that take part; the others pass unchanged.
  ///
  /// - Parameters:
  ///   - x: [T, m].
  ///   - level: the number of the layer within its half of a Beneš block, from 1; segments of log2(n) ≤ level are done
  ///     and pass unchanged. 0: all take part.
  ///   - shuffle: the permutation of positions that follows.
  ///   - dropout: the dropout of the sum, before the shuffle.
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
      dropout: dropout,
      heldFactors: probe?.heldFactors
    )
    precondition(x.shape == [layout.rows, weights.maps], "\(x.shape) for \(layout.rows) positions")
    let held = budget.held
    guard isRecording else {
      let keepsFactors = probe != nil && layer.heldFactors == nil
      let (value, saved) = layer.forward(
        x.value,
        keeping: keepsFactors ? .factors : .nothing,
        heldBytes: held
      )
      probe?.noteSwitchLayer(
        factors: norm == .positions ? layer.heldFactors ?? saved.factors : nil,
        channels: layer.channels
      )
      return constant(value)
    }
    let keepsNorm = budget.takes(layer.activePairs * layer.channels * MemoryLayout<Float>.stride)
    let (value, saved) = layer.forward(
      x.value,
      keeping: keepsNorm ? .all : .factors,
      heldBytes: held
    )
    return record(value) { gradient, gradients in
      gradients.add(
        layer.backward(gradient, x: x.value, saved: saved, adding: gradients),
        to: x
      )
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
  /// The number of positions that take part; those after them pass unchanged.
  let activeRows: Int
  private let dropout: LayerDropout?
  /// The scale and the shift of each channel that a norm over positions uses for all examples instead of computing
  /// them, [2, channels]; only in passes with a probe.
  let heldFactors: Tensor?

  /// The intermediate values that a forward pass keeps for a backward pass.
  enum Keeping {
    case nothing
    /// The norm's factors; its output is recomputed.
    case factors
    /// The norm's output too.
    case all
  }

  /// The values that the backward pass needs of the forward pass in addition to x.
  struct Saved {
    /// The norm's output y, [T/2, channels], each chunk in panels; nil if it is recomputed.
    var normed: Tensor?
    /// Over positions: the norm's scale and shift per example, [examples, 2, channels]; over features:
    /// the norm's factor per pair.
    var factors: Tensor
  }

  init(
    layout: SequenceLayout,
    level: Int,
    weights: SwitchWeights,
    norm: NormAxis,
    shuffle: Shuffle,
    dropout: LayerDropout?,
    heldFactors: Tensor? = nil
  ) {
    self.layout = layout
    self.weights = weights
    self.norm = norm
    self.shuffle = shuffle
    self.dropout = dropout
    self.heldFactors = norm == .positions ? heldFactors : nil
    let active = layout.segments.prefix { level == 0 || $0.levels > level }
    plan = SwitchPlan(layout, active: active)
    activeRows = active.reduce(0) { $0 + $1.rows }
    maps = weights.maps
  }

  var width: Int { 2 * maps }
  /// True if examples are divided so that their chunks need each other's statistics.
  var joinsParts: Bool { plan.hasParts && norm == .positions && heldFactors == nil }
  /// 4m, padded to whole panels.
  var channels: Int { panelled(4 * maps) }
  var channelPanels: Int { channels / panelColumns }
  var activePairs: Int { activeRows / 2 }

  func dropout(_ segment: SequenceLayout.Segment) -> rse_dropout {
    dropout?.settings(levels: segment.levels) ?? LayerDropout.off
  }

  /// Computes h = x · expand for one chunk, in panels.
  ///
  /// - Parameters:
  ///   - panels: the panels to compute, all if nil; h holds only these.
  ///   - finish: called with each panel of the product and its number.
  func expand(
    _ chunk: SwitchPlan.Chunk,
    _ x: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>,
    panels: Range<Int>? = nil,
    into h: UnsafeMutablePointer<Float>,
    finish: (_ h: UnsafeMutablePointer<Float>, _ panel: Int) -> Void
  ) {
    for (index, panel) in (panels ?? 0..<channelPanels).enumerated() {
      let h = h + index * panelColumns * chunk.pairs
      kernels.multiply_panel(
        chunk.pairs,
        width,
        .rows(x + chunk.firstPair * width, step: width),
        weights + panel * panelColumns * width,
        h
      )
      finish(h, panel)
    }
  }
}

extension rse_operand {
  /// A row-major matrix.
  static func rows(_ values: UnsafePointer<Float>, step: Int) -> rse_operand {
    rse_operand(values: values, row: step, block: panelColumns)
  }

  /// The evenly spaced rows of a matrix, across all blocks.
  static func even(
    _ values: UnsafePointer<Float>,
    step: Int,
    blockRows: Int
  ) -> rse_operand {
    rse_operand(values: values, row: step, block: blockRows * step)
  }

  /// The panels of a matrix of `rows` rows.
  static func panels(_ values: UnsafePointer<Float>, rows: Int) -> rse_operand {
    rse_operand(values: values, row: panelColumns, block: rows * panelColumns)
  }
}
