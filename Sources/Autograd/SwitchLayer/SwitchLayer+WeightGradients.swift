import Tensors

extension BackwardPass {
  /// Computes dExpand += xᵀ · dh and dContract += gᵀ · dy, one half of a panel of dh or g at a time, over as many rows
  /// as stay in the last-level cache while all panels pass.
  func addWeightGradients(_ work: Workspace) {
    let panels = operation.channelPanels
    let middle = min(panelled(maps), width)
    plan.forEachBlock(of: work.slab) { chunks in
      WorkerPool.shared.run(parts: 4 * panels, isCancellable: true) { part in
        let panel = part / 2 % panels
        let isSecondHalf = part % 2 == 1
        if part < 2 * panels {
          addExpandGradient(panel, rows: isSecondHalf ? maps..<width : 0..<maps, chunks, work)
        } else {
          let columns = isSecondHalf ? middle..<width : 0..<middle
          addContractGradient(panel, columns: columns, chunks, work)
        }
      }
    }
  }

  private func addExpandGradient(
    _ panel: Int,
    rows: Range<Int>,
    _ chunks: Range<Int>,
    _ work: Workspace
  ) {
    let first = panel * panelColumns
    plan.forEachEvenRun(of: chunks) { chunk, pairs in
      kernels.add_outer_panel(
        .init(
          rows: rows.count,
          columns: min(panelColumns, 4 * maps - first),
          inner: pairs,
          block_rows: chunk.pairs,
          a: .even(
            x + chunk.firstPair * width + rows.lowerBound,
            step: width,
            blockRows: chunk.pairs
          ),
          b: rse_operand(
            values: work.dh + row(chunk, work) * channels + first * chunk.pairs,
            row: panelColumns,
            block: chunk.pairs * channels
          ),
          c: dExpand + rows.lowerBound * 4 * maps + first,
          c_row: 4 * maps
        )
      )
    }
  }

  private func addContractGradient(
    _ panel: Int,
    columns: Range<Int>,
    _ chunks: Range<Int>,
    _ work: Workspace
  ) {
    let first = panel * panelColumns
    plan.forEachEvenRun(of: chunks) { chunk, pairs in
      for column in stride(from: columns.lowerBound, to: columns.upperBound, by: panelColumns) {
        kernels.add_outer_panel(
          .init(
            rows: min(panelColumns, 4 * maps - first),
            columns: min(panelColumns, width - column),
            inner: pairs,
            block_rows: chunk.pairs,
            a: rse_operand(
              values: work.g + row(chunk, work) * channels + first * chunk.pairs,
              row: panelColumns,
              block: chunk.pairs * channels
            ),
            b: .even(
              work.dy + row(chunk, work) * width + column,
              step: width,
              blockRows: chunk.pairs
            ),
            c: dContract + first * width + column,
            c_row: width
          )
        )
      }
    }
  }
}
