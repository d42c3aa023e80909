import Tensors

extension SwitchLayerOperation {
  /// Runs the forward pass.
  /// Per chunk and panel: x · expand, then norm and gelu while the panel is in the nearest cache; then · contract, and
  /// the gated sum written straight to its shuffled place. An example of several chunks needs the moments of all of
  /// them before it continues.
  ///
  /// - Parameter heldBytes: the bytes of the norm's output of divided examples that are held at a time where it is not
  ///   kept.
  func forward(
    _ x: Tensor,
    keeping: Keeping,
    heldBytes: Int
  ) -> (value: Tensor, saved: Saved) {
    let packed = weights.packed.forward(weights)
    let keepsNormed = keeping == .all
    let groups = keepsNormed ? [0..<channelPanels] : panelGroups(heldBytes: heldBytes)
    let normedColumns = keepsNormed || joinsParts ? groups[0].count * panelColumns : 0
    var normed = Tensor(unwritten: [activePairs, normedColumns])
    var factors = Tensor(unwritten: [keeping == .nothing ? 0 : factorCount])
    var value = Tensor(unwritten: x.shape)
    withPointers(writing: &value, &normed, &factors, reading: x) { out, normed, factors, x in
      packed.withPointers { operands in
        ForwardPass(
          operation: self,
          x: x,
          operands: operands,
          normed: normed,
          keepsNormed: keepsNormed,
          groups: groups,
          factors: keeping == .nothing ? nil : factors,
          out: out
        ).run()
      }
      let (taking, passing) = (activeRows * maps, (layout.rows - activeRows) * maps)
      (out + taking).update(from: x + taking, count: passing)
    }
    return (value, Saved(normed: keepsNormed ? normed : nil, factors: factors))
  }

  /// Returns the panels of the norm's output in groups of bounded size: one group for all but the longest examples.
  private func panelGroups(heldBytes: Int) -> [Range<Int>] {
    let panelBytes = max(1, activePairs * panelColumns * MemoryLayout<Float>.stride)
    let most = max(1, heldBytes / panelBytes)
    let count = (channelPanels + most - 1) / most
    let size = (channelPanels + count - 1) / count
    return stride(from: 0, to: channelPanels, by: size).map {
      $0..<min($0 + size, channelPanels)
    }
  }

  private var factorCount: Int {
    norm == .positions ? layout.examples * 2 * channels : activePairs
  }
}

/// The addresses of one forward pass; valid inside `SwitchLayerOperation.forward` only.
private struct ForwardPass {
  let operation: SwitchLayerOperation
  let x: UnsafePointer<Float>
  let operands: PackedSwitchWeights.Forward.Pointers
  /// The norm's output: of all chunks if it is kept, otherwise of divided examples, one group of panels at a time.
  let normed: UnsafeMutablePointer<Float>
  let keepsNormed: Bool
  /// The groups of panels, computed one after another; the first is the largest.
  let groups: [Range<Int>]
  /// As in `Saved`; nil if they are not needed.
  let factors: UnsafeMutablePointer<Float>?
  let out: UnsafeMutablePointer<Float>

  private var channels: Int { operation.channels }
  private var width: Int { operation.width }
  private var maps: Int { operation.maps }

  func run() {
    let chunks = operation.plan.chunks
    guard operation.joinsParts else {
      WorkerPool.shared.run(parts: chunks.count, isCancellable: true) { computeWhole(chunks[$0]) }
      return
    }
    // Per chunk: mean and squared deviations of each channel, then the norm's scale and shift.
    withScratch(chunks.count * 2 * channels) { moments in
      for group in groups {
        WorkerPool.shared.run(parts: chunks.count, isCancellable: true) { index in
          if chunks[index].isPart {
            startPart(chunks[index], group, moments: moments + index * 2 * channels)
          } else if group.lowerBound == 0 {
            computeWhole(chunks[index])
          }
        }
        joinMoments(moments, group)
        WorkerPool.shared.run(parts: chunks.count, isCancellable: true) { index in
          if chunks[index].isPart {
            finishPart(chunks[index], group, factors: moments + index * 2 * channels)
          }
        }
      }
    }
  }

  /// Computes a chunk whose examples are whole, or whose parts need no statistics of each other.
  private func computeWhole(_ chunk: SwitchPlan.Chunk) {
    if let held = operation.heldFactors { return held.withPointer { computeHeld(chunk, $0) } }
    let block = chunk.pairs * channels
    let factorCount = operation.norm == .positions ? chunk.examples * 2 * channels : chunk.pairs
    withScratch(2 * block + factorCount) { g in
      let h = keepsNormed ? normed + chunk.firstPair * channels : g + block
      let own = g + 2 * block
      switch operation.norm {
      case .positions:
        let scale = factors.map { $0 + chunk.firstExample * 2 * channels } ?? own
        operation.expand(chunk, x, operands.expand, into: h) { h, panel in
          let first = panel * panelColumns
          kernels.panel_norm_gelu(
            .init(
              examples: chunk.examples,
              rows: chunk.pairs / chunk.examples,
              h: h,
              offset: operands.offset + first,
              scale: scale + first,
              shift: scale + channels + first,
              step: 2 * channels,
              g: g + first * chunk.pairs
            )
          )
        }
      case .features:
        operation.expand(chunk, x, operands.expand, into: h) { _, _ in }
        kernels.panel_feature_norm_gelu(
          chunk.pairs,
          4 * maps,
          h,
          operands.offset,
          factors.map { $0 + chunk.firstPair } ?? own,
          g
        )
      }
      contract(chunk, g, 0..<operation.channelPanels)
    }
  }

  /// Computes a chunk with given scales and shifts of the norm, and otherwise the arithmetic of `panel_norm_gelu`.
  private func computeHeld(_ chunk: SwitchPlan.Chunk, _ held: UnsafePointer<Float>) {
    let block = chunk.pairs * channels
    withScratch(2 * block) { g in
      operation.expand(chunk, x, operands.expand, into: g + block) { h, panel in
        let first = panel * panelColumns
        kernels.panel_scale_shift_gelu(
          chunk.pairs,
          h,
          held + first,
          held + channels + first,
          0,
          g + first * chunk.pairs
        )
      }
      contract(chunk, g, 0..<operation.channelPanels)
    }
  }

  /// Returns the place of a divided example's chunk among those of its group of panels.
  private func place(
    _ chunk: SwitchPlan.Chunk,
    _ group: Range<Int>
  ) -> UnsafeMutablePointer<Float> {
    normed + chunk.firstPair * group.count * panelColumns
  }

  private func startPart(
    _ chunk: SwitchPlan.Chunk,
    _ group: Range<Int>,
    moments: UnsafeMutablePointer<Float>
  ) {
    let h = place(chunk, group)
    operation.expand(chunk, x, operands.expand, panels: group, into: h) { h, panel in
      let mean = moments + panel * panelColumns
      kernels.panel_moments(chunk.pairs, h, mean, mean + channels)
    }
  }

  /// Merges the moments of the parts of each divided example, in order, and replaces each part's moments by the norm's
  /// scale and shift.
  private func joinMoments(_ moments: UnsafeMutablePointer<Float>, _ group: Range<Int>) {
    let first = group.lowerBound * panelColumns
    let columns = group.count * panelColumns
    operation.plan.forEachDividedExample(among: operation.plan.chunks.indices) { example, parts in
      func row(_ part: Int) -> UnsafeMutablePointer<Float> { moments + part * 2 * channels + first }
      let joined = row(parts.lowerBound)
      var count = operation.plan.chunks[parts.lowerBound].pairs
      for part in parts.dropFirst() {
        let pairs = operation.plan.chunks[part].pairs
        kernels.merge_moments(
          columns,
          count,
          joined,
          joined + channels,
          pairs,
          row(part),
          row(part) + channels
        )
        count += pairs
      }
      withScratch(2 * columns) { scale in
        let shift = scale + columns
        kernels.norm_scale_shift(
          columns,
          count,
          joined,
          joined + channels,
          operands.offset + first,
          scale,
          shift
        )
        for place in parts.map(row) + (factors.map { [$0 + example * 2 * channels + first] } ?? [])
        {
          place.update(from: scale, count: columns)
          (place + channels).update(from: shift, count: columns)
        }
      }
    }
  }

  private func finishPart(
    _ chunk: SwitchPlan.Chunk,
    _ group: Range<Int>,
    factors: UnsafePointer<Float>
  ) {
    withScratch(chunk.pairs * group.count * panelColumns) { g in
      for (index, panel) in group.enumerated() {
        let at = index * panelColumns * chunk.pairs
        kernels.panel_scale_shift_gelu(
          chunk.pairs,
          place(chunk, group) + at,
          factors + panel * panelColumns,
          factors + channels + panel * panelColumns,
          keepsNormed ? 1 : 0,
          g + at
        )
      }
      contract(chunk, g, group)
    }
  }

  /// Computes the second product over the channels of a group of panels and, after the last group, the gated sum of one
  /// chunk; until then the sums are stored in the place of the results.
  private func contract(
    _ chunk: SwitchPlan.Chunk,
    _ g: UnsafePointer<Float>,
    _ group: Range<Int>
  ) {
    withScratch(chunk.pairs * width) { candidate in
      let first = group.lowerBound * panelColumns
      let dropout = operation.dropout(chunk.segment)
      func forEachRun(
        _ body: (
          _ pairs: Int, _ row: Int, _ candidate: UnsafeMutablePointer<Float>, rse_pair_layout
        ) -> Void
      ) {
        chunk.forEachRun(operation.shuffle, maps: maps) { pairs, layout in
          let row = chunk.firstPair + pairs.lowerBound
          body(pairs.count, row, candidate + pairs.lowerBound * width, layout)
        }
      }
      if first > 0 {
        forEachRun { kernels.load_pairs($0, maps, out, $3, $2) }
      }
      kernels.multiply_panels(
        .init(
          rows: chunk.pairs,
          columns: width,
          inner: min(group.count * panelColumns, 4 * maps - first),
          a: .panels(g, rows: chunk.pairs),
          b: operands.contract + first * panelColumns,
          b_rows: 4 * maps,
          c: candidate,
          c_row: width,
          accumulates: first > 0 ? 1 : 0
        )
      )
      guard group.upperBound == operation.channelPanels else {
        forEachRun { kernels.store_pairs($0, maps, $2, $3, out) }
        return
      }
      forEachRun { pairs, row, candidate, layout in
        kernels.switch_epilogue(
          .init(
            rows: pairs,
            maps: maps,
            x: x + row * width,
            candidate: candidate,
            gate: operands.gate,
            bias: operands.bias,
            out: out,
            layout: layout,
            dropout: dropout,
            element: UInt32(truncatingIfNeeded: row * width)
          )
        )
      }
    }
  }
}
