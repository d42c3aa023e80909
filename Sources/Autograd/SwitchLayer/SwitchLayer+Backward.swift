import Tensors

extension SwitchLayerOperation {
  /// The gradient of x; adds those of the weights to their parameters.
  ///
  /// In slabs: first per chunk everything that belongs to its rows, then the two weight gradients as fixed
  /// tiles over all rows of the slab. Column sums are kept per chunk and added in the order of the chunks.
  func backward(_ gradient: Tensor, x: Tensor, saved: Saved) -> Tensor {
    var sums = Tensor(zeros: [plan.chunks.count, BackwardPass.sumCount(maps: maps)])
    let dx = Tensor(x.shape) { dx in
      gradient.withPointer { gradient in
        (dx + activeRows * maps).update(
          from: gradient + activeRows * maps,
          count: (layout.rows - activeRows) * maps
        )
        saved.normed.withPointer { normed in
          saved.factors.withPointer { factors in
            sums.withMutablePointer { sums in
              withOperands(x) { x, expand, offset, contract, gate in
                weights.expand.gradient.withMutablePointer { dExpand in
                  weights.contract.gradient.withMutablePointer { dContract in
                    let pass = BackwardPass(
                      operation: self,
                      gradient: gradient,
                      x: x,
                      expand: expand,
                      offset: offset,
                      contract: contract,
                      gate: gate,
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
              }
            }
          }
        }
      }
    }
    addVectorGradients(sums)
    return dx
  }

  private func addVectorGradients(_ sums: Tensor) {
    let (width, channels) = (width, channels)
    sums.withPointer { sums in
      gate.withPointer { gate in
        weights.bias.gradient.withMutablePointer { dBias in
          weights.residual.gradient.withMutablePointer { dResidual in
            weights.offset.gradient.withMutablePointer { dOffset in
              for chunk in 0..<plan.chunks.count {
                let row = sums + chunk * BackwardPass.sumCount(maps: maps)
                for c in 0..<width {
                  dBias[c] += SwitchWeights.candidateWeight * row[c]
                  dResidual[c] += 2 * gate[c] * (1 - gate[c]) * row[width + c]
                }
                kernels.add_into(channels, row + 2 * width, dOffset)
              }
            }
          }
        }
      }
    }
  }
}

/// The pointers of one backward pass; valid inside `SwitchLayerOperation.backward` only.
private struct BackwardPass {
  let operation: SwitchLayerOperation
  let gradient, x, expand, offset, contract, gate, normed, factors: UnsafePointer<Float>
  let dx, dExpand, dContract, sums: UnsafeMutablePointer<Float>

  private var channels: Int { operation.channels }
  private var width: Int { operation.width }
  private var maps: Int { operation.maps }

  /// Column sums of one chunk: of dy and dy · x (2m each), of the offset's gradient (4m).
  static func sumCount(maps: Int) -> Int { 8 * maps }

  /// What one slab holds, by pair of the slab.
  private struct Workspace {
    /// The gradient of the sum before dropout, [pairs, 2m].
    let dy: UnsafeMutablePointer<Float>
    /// The gradient behind gelu, then of the first product, [pairs, 4m].
    let dh: UnsafeMutablePointer<Float>
    /// gelu of the norm's output, [pairs, 4m].
    let g: UnsafeMutablePointer<Float>
    /// Per chunk, [chunks, 5, 4m]: sums of dy and dy · y, then the factors a, b, c.
    let norm: UnsafeMutablePointer<Float>
    let slab: SwitchPlan.Slab
  }

  func run(_ slab: SwitchPlan.Slab) {
    let rows = slab.pairs
    withScratch(rows * (width + 2 * channels) + slab.chunks.count * 5 * channels) { base in
      let dh = base + rows * width
      let g = dh + rows * channels
      let work = Workspace(dy: base, dh: dh, g: g, norm: g + rows * channels, slab: slab)
      let chunks = operation.plan.chunks
      WorkerPool.shared.run(parts: slab.chunks.count, isCancellable: true) { part in
        let index = slab.chunks.lowerBound + part
        gather(index, work)
        if operation.norm == .features {
          backwardFeatures(index, work)
        } else if chunks[index].isPart {
          sumPart(index, work)
        } else {
          backwardWhole(index, work)
        }
      }
      if operation.plan.hasParts, operation.norm == .positions {
        joinSums(work)
        WorkerPool.shared.run(parts: slab.chunks.count, isCancellable: true) { part in
          let index = slab.chunks.lowerBound + part
          if chunks[index].isPart { applyPart(index, work) }
        }
      }
      addWeightGradients(work)
    }
  }

  private func norm(_ index: Int, _ work: Workspace) -> UnsafeMutablePointer<Float> {
    work.norm + (index - work.slab.chunks.lowerBound) * 5 * channels
  }

  private func offsetSum(_ index: Int) -> UnsafeMutablePointer<Float> {
    sums + index * Self.sumCount(maps: maps) + 2 * width
  }

  /// dy from the shuffled places, the residual part of dx, column sums, and the gradient of gelu.
  private func gather(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    let row = chunk.firstPair - work.slab.firstPair
    let dropout = operation.dropout(chunk.segment)
    let sums = sums + index * Self.sumCount(maps: maps)
    chunk.forEachRun(operation.shuffle, maps: maps) { pairs, layout in
      let pair = chunk.firstPair + pairs.lowerBound
      kernels.switch_gather(
        pairs.count,
        maps,
        gradient,
        layout,
        x + pair * width,
        gate,
        dropout,
        UInt32(truncatingIfNeeded: pair * width),
        work.dy + (row + pairs.lowerBound) * width,
        dx + pair * width,
        sums,
        sums + width
      )
    }
    BLAS.multiply(
      MatrixOperand(work.dy + row * width, rowStride: width),
      MatrixOperand(contract, rowStride: width, transposed: true),
      into: work.dh + row * channels,
      rows: chunk.pairs,
      columns: channels,
      inner: width,
      rowStride: channels,
      alpha: SwitchWeights.candidateWeight
    )
  }

  private func backwardWhole(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    let row = chunk.firstPair - work.slab.firstPair
    let n = norm(index, work)
    chunk.forEachExample { example, pairs in
      let y = normed + (chunk.firstPair + pairs.lowerBound) * channels
      let dh = work.dh + (row + pairs.lowerBound) * channels
      n.update(repeating: 0, count: 2 * channels)
      kernels.gelu_norm_backward_sums(
        pairs.count,
        channels,
        y,
        dh,
        work.g + (row + pairs.lowerBound) * channels,
        n,
        n + channels
      )
      kernels.norm_backward_factors(
        channels,
        pairs.count,
        factors + example * channels,
        offset,
        n,
        n + channels,
        n + 2 * channels,
        n + 3 * channels,
        n + 4 * channels,
        offsetSum(index)
      )
      kernels.norm_backward_apply(
        pairs.count,
        channels,
        y,
        dh,
        n + 2 * channels,
        n + 3 * channels,
        n + 4 * channels
      )
    }
    addInputGradient(index, work)
  }

  private func sumPart(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    let row = chunk.firstPair - work.slab.firstPair
    let n = norm(index, work)
    n.update(repeating: 0, count: 2 * channels)
    kernels.gelu_norm_backward_sums(
      chunk.pairs,
      channels,
      normed + chunk.firstPair * channels,
      work.dh + row * channels,
      work.g + row * channels,
      n,
      n + channels
    )
  }

  /// Adds the sums of the parts of each divided example, in their order, and hands the factors to each.
  private func joinSums(_ work: Workspace) {
    let chunks = operation.plan.chunks
    var index = work.slab.chunks.lowerBound
    while index < work.slab.chunks.upperBound {
      let first = index
      index += 1
      guard chunks[first].isPart else { continue }
      let example = chunks[first].firstExample
      var count = chunks[first].pairs
      let n = norm(first, work)
      while index < work.slab.chunks.upperBound, chunks[index].firstExample == example {
        kernels.add_into(2 * channels, norm(index, work), n)
        count += chunks[index].pairs
        index += 1
      }
      kernels.norm_backward_factors(
        channels,
        count,
        factors + example * channels,
        offset,
        n,
        n + channels,
        n + 2 * channels,
        n + 3 * channels,
        n + 4 * channels,
        offsetSum(first)
      )
      for part in first + 1..<index {
        (norm(part, work) + 2 * channels).update(from: n + 2 * channels, count: 3 * channels)
      }
    }
  }

  private func applyPart(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    let n = norm(index, work)
    kernels.norm_backward_apply(
      chunk.pairs,
      channels,
      normed + chunk.firstPair * channels,
      work.dh + (chunk.firstPair - work.slab.firstPair) * channels,
      n + 2 * channels,
      n + 3 * channels,
      n + 4 * channels
    )
    addInputGradient(index, work)
  }

  private func backwardFeatures(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    let row = chunk.firstPair - work.slab.firstPair
    let y = normed + chunk.firstPair * channels
    let dh = work.dh + row * channels
    let count = chunk.pairs * channels
    kernels.gelu_forward(count, y, work.g + row * channels)
    withScratch(count) { behindGelu in
      behindGelu.update(from: dh, count: count)
      kernels.gelu_backward(count, y, behindGelu, dh)
    }
    kernels.feature_norm_backward(
      chunk.pairs,
      channels,
      y,
      dh,
      factors + chunk.firstPair,
      offsetSum(index)
    )
    addInputGradient(index, work)
  }

  /// dx += dh · expandᵀ.
  private func addInputGradient(_ index: Int, _ work: Workspace) {
    let chunk = operation.plan.chunks[index]
    BLAS.multiply(
      MatrixOperand(
        work.dh + (chunk.firstPair - work.slab.firstPair) * channels,
        rowStride: channels
      ),
      MatrixOperand(expand, rowStride: channels, transposed: true),
      into: dx + chunk.firstPair * width,
      rows: chunk.pairs,
      columns: width,
      inner: channels,
      rowStride: width,
      beta: 1
    )
  }

  /// dExpand += xᵀ · dh and dContract += k · gᵀ · dy, in tiles of 2m rows.
  private func addWeightGradients(_ work: Workspace) {
    let rows = work.slab.pairs
    let tile = maps
    WorkerPool.shared.run(parts: 6, isCancellable: true) { part in
      if part < 2 {
        BLAS.multiply(
          MatrixOperand(
            x + work.slab.firstPair * width + part * tile,
            rowStride: width,
            transposed: true
          ),
          MatrixOperand(work.dh, rowStride: channels),
          into: dExpand + part * tile * channels,
          rows: tile,
          columns: channels,
          inner: rows,
          rowStride: channels,
          beta: 1
        )
      } else {
        BLAS.multiply(
          MatrixOperand(work.g + (part - 2) * tile, rowStride: channels, transposed: true),
          MatrixOperand(work.dy, rowStride: width),
          into: dContract + (part - 2) * tile * width,
          rows: tile,
          columns: width,
          inner: rows,
          rowStride: width,
          alpha: SwitchWeights.candidateWeight,
          beta: 1
        )
      }
    }
  }
}
