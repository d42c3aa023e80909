import Tensors
import Testing

/// The kernels that multiply.
private enum ProductKernel: CaseIterable {
  case multiplyPanels, multiplyPanel, addOuterPanel

  /// Whether the product is added to what is there: as one asks, never, always.
  var accumulations: [Bool] {
    switch self {
    case .multiplyPanels: [false, true]
    case .multiplyPanel: [false]
    case .addOuterPanel: [true]
    }
  }
}

/// Rows of the operands of an outer product that lie evenly spaced.
private let outerBlock = 32

/// Which part of a product is computed in one call.
private struct ProductPart {
  let rows, inner: Range<Int>
  let accumulates: Bool
}

/// How a left operand lies in memory.
private struct LeftOperand {
  let values: [Float]
  let row, block: Int

  /// The rows one behind the other, then with gaps between them, then in panels.
  static func all(_ matrix: Matrix) -> [LeftOperand] {
    [
      LeftOperand(values: matrix.elements, row: matrix.columns, block: panelColumns),
      LeftOperand(values: matrix.spaced(7), row: matrix.columns + 7, block: panelColumns),
      LeftOperand(values: matrix.panels, row: panelColumns, block: matrix.rows * panelColumns),
    ]
  }

  /// Calls `body` with the operand from an element on.
  func from(row first: Int, inner: Int, _ body: (rse_operand) -> Void) {
    let offset = first * row + inner % panelColumns + inner / panelColumns * block
    values.withUnsafeBufferPointer {
      let start = $0.baseAddress.map { $0 + offset }
      body(rse_operand(values: start, row: row, block: block))
    }
  }
}

extension Matrix {
  /// The elements with a gap of NaN behind each row.
  fileprivate func spaced(_ gap: Int) -> [Float] {
    (0..<rows).flatMap { row($0).floats + unset(gap) }
  }

  /// The same with a row of NaN behind each `outerBlock` rows.
  fileprivate func spacedInBlocks(_ gap: Int) -> [Float] {
    (0..<rows).flatMap {
      row($0).floats + unset(gap)
        + ($0 % outerBlock == outerBlock - 1 ? unset(columns + gap) : [])
    }
  }
}

/// A product of random matrices, its value in double precision, and its operands as the kernels
/// want them.
private struct ProductCase {
  let rows, inner, columns: Int
  let value: [Double]
  let lefts: [LeftOperand]
  /// The panels of the right operand and of further rows of NaN, which are not to be read.
  private let right: [Float]
  private let rightRows: Int
  /// The transposed left operand and the right one with gaps, for the outer product.
  private let outerLeft, outerRight: [Float]
  private let outerLeftRow, outerRightRow: Int

  /// Whole and broken tiles, panels and blocks of rows: rows, inner extent, columns.
  static let all = [
    (1, 1, 1), (1, 200, 33), (2, 31, 16), (3, 32, 31), (5, 33, 65), (11, 200, 17), (12, 32, 32),
    (13, 33, 100), (64, 31, 64), (100, 33, 15), (100, 1, 48), (13, 200, 1),
  ].map(ProductCase.init)

  init(rows: Int, inner: Int, columns: Int) {
    let (a, b) = (Matrix(rows, inner, seed: 1), Matrix(inner, columns, seed: 2))
    (self.rows, self.inner, self.columns) = (rows, inner, columns)
    value = rowMajor(
      (0..<columns).map(b.column).map { column in
        (0..<rows).map(a.row).map { row in
          var sum = 0.0
          for k in 0..<inner { sum += row[k] * column[k] }
          return sum
        }
      }
    )
    lefts = LeftOperand.all(a)
    rightRows = inner + 3
    right = Matrix(rightRows, columns, b.elements + unset(3 * columns)).panels
    outerLeft = a.transposed.spacedInBlocks(7)
    outerLeftRow = rows + 7
    outerRight = b.spacedInBlocks(panelColumns)
    outerRightRow = columns + panelColumns
  }

  var name: String { "[\(rows), \(inner)] · [\(inner), \(columns)]" }

  /// Calls `body` with all combinations of a kernel, a left operand that it takes, and whether it
  /// accumulates.
  func forEachCall(
    _ body: (_ kernel: ProductKernel, _ left: LeftOperand, _ accumulates: Bool, String) -> Void
  ) {
    for kernel in ProductKernel.allCases {
      for (form, left) in lefts.enumerated() where kernel != .addOuterPanel || form == 0 {
        for accumulates in kernel.accumulations {
          body(kernel, left, accumulates, "\(kernel) \(name), \(form), \(accumulates)")
        }
      }
    }
  }

  /// All of it in one call.
  func whole(_ accumulates: Bool) -> ProductPart {
    ProductPart(rows: 0..<rows, inner: 0..<inner, accumulates: accumulates)
  }

  /// What lies in the result before: numbers to add to, or to be overwritten.
  func initial(accumulates: Bool) -> [Float] {
    accumulates ? normals(rows * columns, seed: 3) : unset(rows * columns)
  }

  /// The result, row by row, after the kernel has computed the parts in this order.
  func result(
    _ kernel: ProductKernel,
    _ kernels: rse_kernel_table,
    _ left: LeftOperand,
    _ parts: [ProductPart]
  ) -> [Float] {
    let isPanelled = kernel == .multiplyPanel
    let room =
      isPanelled
      ? unset(right.count / rightRows * rows) : initial(accumulates: parts[0].accumulates)
    let result = outputs(room) { out in
      for part in parts {
        left.from(row: part.rows.lowerBound, inner: part.inner.lowerBound) {
          compute(part, kernel, kernels, $0, out[0])
        }
      }
    }[0]
    return isPanelled ? Matrix(panels: result, rows: rows, columns: columns).elements : result
  }

  private func compute(
    _ part: ProductPart,
    _ kernel: ProductKernel,
    _ kernels: rse_kernel_table,
    _ left: rse_operand,
    _ out: UnsafeMutablePointer<Float>
  ) {
    let (row, k) = (part.rows.lowerBound, part.inner.lowerBound)
    if kernel == .multiplyPanels {
      withInputs(Array(right[(k * panelColumns)...])) { right in
        kernels.multiply_panels(
          .init(
            rows: part.rows.count,
            columns: columns,
            inner: part.inner.count,
            a: left,
            b: right,
            b_rows: rightRows,
            c: out + row * columns,
            c_row: columns,
            accumulates: part.accumulates ? 1 : 0
          )
        )
      }
      return
    }
    for first in stride(from: 0, to: columns, by: panelColumns) {
      if kernel == .multiplyPanel {
        kernels.multiply_panel(
          part.rows.count,
          part.inner.count,
          left,
          Array(right[(first * rightRows + k * panelColumns)...]),
          out + first * rows + row * panelColumns
        )
      } else {
        outerLeft.withUnsafeBufferPointer { left in
          outerRight.withUnsafeBufferPointer { right in
            kernels.add_outer_panel(
              .init(
                rows: part.rows.count,
                columns: min(panelColumns, columns - first),
                inner: part.inner.count,
                block_rows: outerBlock,
                a: outer(left, row: outerLeftRow, from: k, column: row),
                b: outer(right, row: outerRightRow, from: k, column: first),
                c: out + row * columns + first,
                c_row: columns
              )
            )
          }
        }
      }
    }
  }

  /// An operand of an outer product from an inner index, the first of a block, and a column on.
  private func outer(
    _ values: UnsafeBufferPointer<Float>,
    row: Int,
    from inner: Int,
    column: Int
  ) -> rse_operand {
    let block = (outerBlock + 1) * row
    let offset = inner / outerBlock * block + column
    return rse_operand(values: values.baseAddress.map { $0 + offset }, row: row, block: block)
  }
}

@Suite struct KernelProductTests {
  @Test("matrices are packed into panels exactly", arguments: KernelVariant.available)
  func packing(variant: KernelVariant) {
    for (rows, columns) in matrixExtents {
      let b = Matrix(rows, columns, seed: 1)
      for factor: Float in [1, 0.3] {
        let scaled = Matrix(rows, columns, b.elements.map { factor * $0 })
        for (transposes, expected) in [(0, scaled.panels), (1, scaled.transposed.panels)] {
          let packed = outputs(unset(expected.count)) {
            let out = $0[0]
            b.elements.withUnsafeBufferPointer { b in
              variant.kernels.pack_panels(
                .init(
                  rows: rows,
                  columns: columns,
                  b: b.baseAddress,
                  b_row: columns,
                  transposes: Int32(transposes),
                  factor: factor,
                  out: out
                )
              )
            }
          }[0]
          expectSame(packed, expected, "\(rows) × \(columns), \(factor), \(transposes)")
        }
      }
    }
  }

  @Test("products of whole matrices", arguments: KernelVariant.available)
  func products(variant: KernelVariant) {
    for product in ProductCase.all {
      product.forEachCall { kernel, left, accumulates, what in
        let result = product.result(kernel, variant.kernels, left, [product.whole(accumulates)])
        let initial = product.initial(accumulates: accumulates).doubles
        let expected = accumulates ? zip(initial, product.value).map(+) : product.value
        expectNear(result, expected, ulps: 2, size: Double(product.inner), what)
      }
    }
  }

  @Test(
    "a row has the same bits whatever the number of rows that are computed with it",
    arguments: KernelVariant.available
  )
  func rowByRow(variant: KernelVariant) {
    for product in ProductCase.all {
      product.forEachCall { kernel, left, accumulates, what in
        let whole = product.result(kernel, variant.kernels, left, [product.whole(accumulates)])
        for count in [1, 5] {
          let parts = stride(from: 0, to: product.rows, by: count).map {
            ProductPart(
              rows: $0..<min($0 + count, product.rows),
              inner: 0..<product.inner,
              accumulates: accumulates
            )
          }
          let result = product.result(kernel, variant.kernels, left, parts)
          expectSame(result, whole, "\(what), \(count) rows at a time")
        }
      }
    }
  }

  @Test(
    "two halves of the inner extent add up to the bits of the whole product",
    arguments: KernelVariant.available
  )
  func halves(variant: KernelVariant) {
    for product in ProductCase.all {
      product.forEachCall { kernel, left, accumulates, what in
        guard kernel.accumulations.contains(true) else { return }
        let whole = product.whole(accumulates)
        let expected = product.result(kernel, variant.kernels, left, [whole])
        for middle in [32, 96] where middle < product.inner {
          let halves = [
            ProductPart(rows: whole.rows, inner: 0..<middle, accumulates: accumulates),
            ProductPart(rows: whole.rows, inner: middle..<product.inner, accumulates: true),
          ]
          let result = product.result(kernel, variant.kernels, left, halves)
          expectSame(result, expected, "\(what), halves meet at \(middle)")
        }
      }
    }
  }
}
