import Tensors

extension SwitchLayerOperation {
  /// Returns the gradient of x; adds the gradients of the weights to the sums of the backward pass.
  ///
  /// Works in slabs: first, per chunk, everything that belongs to its rows; then the two weight gradients by panels
  /// over all rows of the slab. Column sums are kept per chunk and added in the order of the chunks.
  func backward(
    _ gradient: Tensor,
    x: Tensor,
    saved: Saved,
    adding gradients: Gradients
  ) -> Tensor {
    let (forward, packed) = (weights.packed.forward(weights), weights.packed.backward(weights))
    var sums = Tensor(zeros: [plan.chunks.count, sumCount])
    var dx = Tensor(unwritten: x.shape)
    withPointers(
      writing: &dx,
      &sums,
      &gradients.sum(of: weights.expand).value,
      &gradients.sum(of: weights.contract).value,
      reading: gradient,
      x,
      saved.normed,
      saved.factors,
      packed.expand,
      packed.contract
    ) { dx, sums, dExpand, dContract, gradient, x, normed, factors, expand, contract in
      let (taking, passing) = (activeRows * maps, (layout.rows - activeRows) * maps)
      (dx + taking).update(from: gradient + taking, count: passing)
      forward.withPointers { operands in
        let pass = BackwardPass(
          operation: self,
          gradient: gradient,
          x: x,
          operands: operands,
          expand: expand,
          contract: contract,
          normed: normed,
          factors: factors,
          dx: dx,
          dExpand: dExpand,
          dContract: dContract,
          sums: sums
        )
        for slab in plan.slabs { pass.run(slab) }
      }
    }
    addVectorGradients(sums, gate: forward.gate, to: gradients)
    return dx
  }

  /// The number of column sums of one chunk: of dy and dy · x (2m each), and of the offset's gradient.
  fileprivate var sumCount: Int { 2 * width + channels }

  private func addVectorGradients(_ sums: Tensor, gate: Tensor, to gradients: Gradients) {
    withPointers(
      writing: &gradients.sum(of: weights.bias).value,
      &gradients.sum(of: weights.residual).value,
      &gradients.sum(of: weights.offset).value,
      reading: sums,
      gate
    ) { dBias, dResidual, dOffset, sums, gate in
      for chunk in 0..<plan.chunks.count {
        let row = sums + chunk * sumCount
        for c in 0..<width {
          dBias[c] += SwitchWeights.candidateWeight * row[c]
          dResidual[c] += 2 * gate[c] * (1 - gate[c]) * row[width + c]
        }
        kernels.add_into(4 * maps, row + 2 * width, dOffset)
      }
    }
  }
}

/// The addresses of one backward pass; valid inside `SwitchLayerOperation.backward` only.
struct BackwardPass {
  let operation: SwitchLayerOperation
  let gradient, x: UnsafePointer<Float>
  let operands: PackedSwitchWeights.Forward.Pointers
  /// The panels of expandᵀ and of k · contractᵀ.
  let expand, contract: UnsafePointer<Float>
  /// The norm's output; nil if it is recomputed.
  let normed: UnsafePointer<Float>?
  let factors: UnsafePointer<Float>
  let dx, dExpand, dContract, sums: UnsafeMutablePointer<Float>

  var channels: Int { operation.channels }
  var width: Int { operation.width }
  var maps: Int { operation.maps }
  var plan: SwitchPlan { operation.plan }

  /// The buffers of one slab; each chunk's rows of a matrix are at the slab's row offsets.
  struct Workspace {
    /// The gradient of the sum before dropout, [pairs, 2m], and space to read a panel past its end.
    let dy: UnsafeMutablePointer<Float>
    /// The gradient after gelu, then of the first product, [pairs, channels], each chunk in panels.
    let dh: UnsafeMutablePointer<Float>
    /// k · gelu of the norm's output, in the same form.
    let g: UnsafeMutablePointer<Float>
    /// The norm's output in the same form, if it is recomputed.
    let y: UnsafeMutablePointer<Float>
    /// Per chunk, [chunks, 5, channels]: sums of dy and dy · y, then the factors a, b, c.
    let joints: UnsafeMutablePointer<Float>
    let slab: SwitchPlan.Slab
  }

  func run(_ slab: SwitchPlan.Slab) {
    let block = slab.pairs * channels
    let joints = operation.joinsParts ? slab.chunks.count * 5 * channels : 0
    let count =
      slab.pairs * width + panelColumns + 2 * block + (normed == nil ? block : 0) + joints
    withScratch(count) { dy in
      let dh = dy + slab.pairs * width + panelColumns
      let work = Workspace(
        dy: dy,
        dh: dh,
        g: dh + block,
        y: dh + 2 * block,
        joints: dh + (normed == nil ? 3 : 2) * block,
        slab: slab
      )
      (dh - panelColumns).update(repeating: 0, count: panelColumns)
      WorkerPool.shared.run(parts: slab.chunks.count, isCancellable: true) { part in
        let index = slab.chunks.lowerBound + part
        gather(index, work)
        if plan.chunks[index].isPart, operation.joinsParts {
          startPart(index, work)
        } else {
          computeWhole(index, work)
        }
      }
      if operation.joinsParts {
        joinSums(work)
        WorkerPool.shared.run(parts: slab.chunks.count, isCancellable: true) { part in
          let index = slab.chunks.lowerBound + part
          if plan.chunks[index].isPart { finishPart(index, work) }
        }
      }
      addWeightGradients(work)
    }
  }

  /// Returns the first row of a chunk within the slab.
  func row(_ chunk: SwitchPlan.Chunk, _ work: Workspace) -> Int {
    chunk.firstPair - work.slab.firstPair
  }

  private func joint(_ index: Int, _ work: Workspace) -> UnsafeMutablePointer<Float> {
    work.joints + (index - work.slab.chunks.lowerBound) * 5 * channels
  }

  private func offsetSum(_ index: Int) -> UnsafeMutablePointer<Float> {
    sums + index * operation.sumCount + 2 * width
  }

  /// Gathers dy from the shuffled places, and computes the residual part of dx and the column sums.
  private func gather(_ index: Int, _ work: Workspace) {
    let chunk = plan.chunks[index]
    let dropout = operation.dropout(chunk.segment)
    let sums = sums + index * operation.sumCount
    chunk.forEachRun(operation.shuffle, maps: maps) { pairs, layout in
      let pair = chunk.firstPair + pairs.lowerBound
      kernels.switch_gather(
        .init(
          rows: pairs.count,
          maps: maps,
          d_out: gradient,
          layout: layout,
          x: x + pair * width,
          gate: operands.gate,
          dropout: dropout,
          element: UInt32(truncatingIfNeeded: pair * width),
          dy: work.dy + (row(chunk, work) + pairs.lowerBound) * width,
          dx: dx + pair * width,
          sum_dy: sums,
          sum_dyx: sums + width
        )
      )
    }
  }

  /// The parts of one panel of a chunk.
  private struct Panel {
    /// The index of the first channel.
    let first: Int
    let y: UnsafePointer<Float>
    let d, g: UnsafeMutablePointer<Float>
  }

  /// Calls `body` for each panel of a chunk once d holds the gradient after gelu and y the norm's output.
  private func forEachPanel(_ index: Int, _ work: Workspace, _ body: (Panel) -> Void) {
    let chunk = plan.chunks[index]
    let start = row(chunk, work)
    let kept = normed.map { $0 + chunk.firstPair * channels }
    if kept == nil { recomputeNorm(chunk, into: work.y + start * channels) }
    for number in 0..<operation.channelPanels {
      let first = number * panelColumns
      let at = start * channels + first * chunk.pairs
      kernels.multiply_panel(
        chunk.pairs,
        width,
        .rows(work.dy + start * width, step: width),
        contract + first * width,
        work.dh + at
      )
      body(
        Panel(
          first: first,
          y: kept.map { $0 + first * chunk.pairs } ?? UnsafePointer(work.y + at),
          d: work.dh + at,
          g: work.g + at
        )
      )
    }
  }

  /// Recomputes the norm's output from x and the factors, bit-identical to the forward pass.
  private func recomputeNorm(_ chunk: SwitchPlan.Chunk, into y: UnsafeMutablePointer<Float>) {
    let scale = factors + chunk.firstExample * 2 * channels
    operation.expand(chunk, x, operands.expand, into: y) { h, panel in
      guard operation.norm == .positions else { return }
      let examples = max(chunk.examples, 1)
      kernels.panel_scale_shift(
        examples,
        chunk.pairs / examples,
        h,
        scale + panel * panelColumns,
        scale + channels + panel * panelColumns,
        2 * channels
      )
    }
    guard operation.norm == .features else { return }
    withScratch(chunk.pairs * (channels + 1)) { g in
      kernels.panel_feature_norm_gelu(
        chunk.pairs,
        4 * maps,
        y,
        operands.offset,
        g + chunk.pairs * channels,
        g
      )
    }
  }

  private func computeWhole(_ index: Int, _ work: Workspace) {
    let chunk = plan.chunks[index]
    switch operation.norm {
    case .positions:
      forEachPanel(index, work) { panel in
        kernels.panel_norm_gelu_backward(
          .init(
            examples: chunk.examples,
            rows: chunk.pairs / chunk.examples,
            y: panel.y,
            d: panel.d,
            g: panel.g,
            weight: SwitchWeights.candidateWeight,
            scale: factors + chunk.firstExample * 2 * channels + panel.first,
            step: 2 * channels,
            offset: operands.offset + panel.first,
            d_offset: offsetSum(index) + panel.first
          )
        )
      }
    case .features:
      forEachPanel(index, work) { _ in }
      let at = row(chunk, work) * channels
      kernels.panel_feature_norm_gelu_backward(
        .init(
          rows: chunk.pairs,
          channels: 4 * maps,
          y: normed.map { $0 + chunk.firstPair * channels } ?? UnsafePointer(work.y + at),
          d: work.dh + at,
          g: work.g + at,
          weight: SwitchWeights.candidateWeight,
          factor: factors + chunk.firstPair,
          d_offset: offsetSum(index)
        )
      )
    }
    addInputGradient(index, work)
  }

  private func startPart(_ index: Int, _ work: Workspace) {
    let sums = joint(index, work)
    forEachPanel(index, work) { panel in
      kernels.panel_gelu_backward(
        plan.chunks[index].pairs,
        panel.y,
        panel.d,
        SwitchWeights.candidateWeight,
        panel.g,
        sums + panel.first,
        sums + channels + panel.first
      )
    }
  }

  /// Adds the sums of the parts of each divided example, in order, and hands the factors to each part.
  private func joinSums(_ work: Workspace) {
    plan.forEachDividedExample(among: work.slab.chunks) { example, parts in
      let joined = joint(parts.lowerBound, work)
      for part in parts.dropFirst() {
        kernels.add_into(2 * channels, joint(part, work), joined)
      }
      kernels.norm_backward_factors(
        .init(
          channels: channels,
          count: parts.reduce(0) { $0 + plan.chunks[$1].pairs },
          scale: factors + example * 2 * channels,
          offset: operands.offset,
          sum_dy: joined,
          sum_dyy: joined + channels,
          a: joined + 2 * channels,
          b: joined + 3 * channels,
          c: joined + 4 * channels,
          d_offset: offsetSum(parts.lowerBound)
        )
      )
      for part in parts.dropFirst() {
        (joint(part, work) + 2 * channels).update(from: joined + 2 * channels, count: 3 * channels)
      }
    }
  }

  private func finishPart(_ index: Int, _ work: Workspace) {
    let chunk = plan.chunks[index]
    let start = row(chunk, work) * channels
    let factors = joint(index, work) + 2 * channels
    let y = normed.map { $0 + chunk.firstPair * channels } ?? UnsafePointer(work.y + start)
    for first in stride(from: 0, to: channels, by: panelColumns) {
      kernels.panel_norm_backward_apply(
        chunk.pairs,
        y + first * chunk.pairs,
        work.dh + start + first * chunk.pairs,
        factors + first,
        factors + channels + first,
        factors + 2 * channels + first
      )
    }
    addInputGradient(index, work)
  }

  /// Computes dx += dh · expandᵀ.
  private func addInputGradient(_ index: Int, _ work: Workspace) {
    let chunk = plan.chunks[index]
    kernels.multiply_panels(
      .init(
        rows: chunk.pairs,
        columns: width,
        inner: 4 * maps,
        a: .panels(work.dh + row(chunk, work) * channels, rows: chunk.pairs),
        b: expand,
        b_rows: 4 * maps,
        c: dx + chunk.firstPair * width,
        c_row: width,
        accumulates: 1
      )
    )
  }
}
