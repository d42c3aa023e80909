import Tensors

extension SwitchLayerOperation {
  /// Per chunk: x · expand, moments; then norm and gelu, · contract, and the gated sum written straight to
  /// its shuffled place. An example of several chunks needs the moments of all before it goes on.
  func forward(_ x: Tensor, keeping: Bool) -> (Tensor, Saved) {
    var saved = Saved(
      normed: Tensor([keeping || plan.hasParts ? activePairs : 0, channels]) { _ in },
      factors: Tensor([
        norm == .positions ? layout.examples : activePairs, channels(perFactor: norm),
      ]) { _ in }
    )
    let out = Tensor(x.shape) { out in
      let bias = scaledBias()
      saved.normed.withMutablePointer { normed in
        saved.factors.withMutablePointer { factors in
          bias.withPointer { bias in
            withOperands(x) { x, expand, offset, contract, gate in
              let pass = ForwardPass(
                operation: self,
                x: x,
                expand: expand,
                offset: offset,
                contract: contract,
                gate: gate,
                bias: bias,
                normed: normed,
                factors: factors,
                out: out,
                storesNormed: keeping || plan.hasParts
              )
              pass.run()
              (out + activeRows * maps).update(
                from: x + activeRows * maps,
                count: (layout.rows - activeRows) * maps
              )
            }
          }
        }
      }
    }
    return (out, saved)
  }

  private func channels(perFactor norm: NormAxis) -> Int { norm == .positions ? channels : 1 }

  /// The candidate's bias times its weight in the sum.
  private func scaledBias() -> Tensor {
    Tensor([width]) { out in
      weights.bias.value.withPointer { bias in
        for c in 0..<width { out[c] = SwitchWeights.candidateWeight * bias[c] }
      }
    }
  }

  func withOperands<R>(
    _ x: Tensor,
    _ body: (
      _ x: UnsafePointer<Float>, _ expand: UnsafePointer<Float>, _ offset: UnsafePointer<Float>,
      _ contract: UnsafePointer<Float>, _ gate: UnsafePointer<Float>
    ) -> R
  ) -> R {
    x.withPointer { x in
      weights.expand.value.withPointer { expand in
        weights.offset.value.withPointer { offset in
          weights.contract.value.withPointer { contract in
            gate.withPointer { body(x, expand, offset, contract, $0) }
          }
        }
      }
    }
  }
}

/// The pointers of one forward pass; valid inside `SwitchLayerOperation.forward` only.
private struct ForwardPass {
  let operation: SwitchLayerOperation
  let x, expand, offset, contract, gate, bias: UnsafePointer<Float>
  let normed, factors, out: UnsafeMutablePointer<Float>
  let storesNormed: Bool

  private var channels: Int { operation.channels }
  private var width: Int { operation.width }
  private var maps: Int { operation.maps }

  func run() {
    let chunks = operation.plan.chunks
    // Per chunk and channel: mean and squared deviations, then the norm's shift.
    withScratch(chunks.count * 2 * channels) { moments in
      WorkerPool.shared.run(parts: chunks.count, isCancellable: true) { index in
        let chunk = chunks[index]
        withNormed(chunk) { h in
          product(chunk, into: h)
          let moments = moments + index * 2 * channels
          if chunk.isPart, operation.norm == .positions {
            kernels.column_moments(chunk.pairs, channels, h, moments, moments + channels)
          } else {
            finish(chunk, h, whole: true, moments)
          }
        }
      }
      guard operation.plan.hasParts, operation.norm == .positions else { return }
      joinMoments(moments)
      WorkerPool.shared.run(parts: chunks.count, isCancellable: true) { index in
        let chunk = chunks[index]
        guard chunk.isPart else { return }
        withNormed(chunk) { finish(chunk, $0, whole: false, moments + index * 2 * channels) }
      }
    }
  }

  /// The place of a chunk's 4m-vectors: in what is saved, or scratch.
  private func withNormed(
    _ chunk: SwitchPlan.Chunk,
    _ body: (UnsafeMutablePointer<Float>) -> Void
  ) {
    if storesNormed {
      body(normed + chunk.firstPair * channels)
    } else {
      withScratch(chunk.pairs * channels, body)
    }
  }

  private func product(_ chunk: SwitchPlan.Chunk, into h: UnsafeMutablePointer<Float>) {
    BLAS.multiply(
      MatrixOperand(x + chunk.firstPair * width, rowStride: width),
      MatrixOperand(expand, rowStride: channels),
      into: h,
      rows: chunk.pairs,
      columns: channels,
      inner: width,
      rowStride: channels
    )
  }

  /// Joins the moments of the parts of each divided example, in their order, into the first part's, and
  /// leaves the norm's shift in the first half of each part's.
  private func joinMoments(_ moments: UnsafeMutablePointer<Float>) {
    let chunks = operation.plan.chunks
    var index = 0
    while index < chunks.count {
      let first = index
      let example = chunks[first].firstExample
      var count = chunks[first].pairs
      let mean = moments + first * 2 * channels
      index += 1
      guard chunks[first].isPart else { continue }
      while index < chunks.count, chunks[index].isPart, chunks[index].firstExample == example {
        let other = moments + index * 2 * channels
        kernels.merge_moments(
          channels,
          count,
          mean,
          mean + channels,
          chunks[index].pairs,
          other,
          other + channels
        )
        count += chunks[index].pairs
        index += 1
      }
      withScratch(channels) { shift in
        kernels.norm_scale_shift(
          channels,
          count,
          mean,
          mean + channels,
          offset,
          factors + example * channels,
          shift
        )
        for part in first..<index {
          (moments + part * 2 * channels).update(from: shift, count: channels)
        }
      }
    }
  }

  /// Norm, gelu, second product and the sum of one chunk.
  ///
  /// - Parameters:
  ///   - h: the first product; becomes the norm's output.
  ///   - whole: whether the statistics are still to be made, from the chunk's own examples.
  ///   - moments: room for two rows of channels; if not `whole`, the shift.
  private func finish(
    _ chunk: SwitchPlan.Chunk,
    _ h: UnsafeMutablePointer<Float>,
    whole: Bool,
    _ moments: UnsafeMutablePointer<Float>
  ) {
    withScratch(chunk.pairs * (channels + width) + channels) { g in
      let candidate = g + chunk.pairs * channels
      let shiftRoom = candidate + chunk.pairs * width
      switch operation.norm {
      case .positions:
        chunk.forEachExample { example, pairs in
          let part = h + pairs.lowerBound * channels
          let scale = factors + example * channels
          if whole {
            kernels.column_moments(pairs.count, channels, part, moments, moments + channels)
            kernels.norm_scale_shift(
              channels,
              pairs.count,
              moments,
              moments + channels,
              offset,
              scale,
              shiftRoom
            )
          }
          kernels.scale_shift_gelu(
            pairs.count,
            channels,
            part,
            scale,
            whole ? shiftRoom : moments,
            g + pairs.lowerBound * channels
          )
        }
      case .features:
        kernels.feature_norm_forward(
          chunk.pairs,
          channels,
          h,
          offset,
          factors + chunk.firstPair
        )
        kernels.gelu_forward(chunk.pairs * channels, h, g)
      }
      BLAS.multiply(
        MatrixOperand(g, rowStride: channels),
        MatrixOperand(contract, rowStride: width),
        into: candidate,
        rows: chunk.pairs,
        columns: width,
        inner: channels,
        rowStride: width,
        alpha: SwitchWeights.candidateWeight
      )
      let dropout = operation.dropout(chunk.segment)
      chunk.forEachRun(operation.shuffle, maps: maps) { pairs, layout in
        let row = chunk.firstPair + pairs.lowerBound
        kernels.switch_epilogue(
          pairs.count,
          maps,
          x + row * width,
          candidate + pairs.lowerBound * width,
          gate,
          bias,
          out,
          layout,
          dropout,
          UInt32(truncatingIfNeeded: row * width)
        )
      }
    }
  }
}
