import Tensors

extension Tape {
  /// Returns x + row, with the row of [c] added to every row of x of [r, c].
  package func addRow(_ x: Variable, _ row: Variable) -> Variable {
    let (rows, columns) = (x.shape[0], x.shape[1])
    precondition(row.value.count == columns, "a row of \(row.shape) for \(x.shape)")
    let (operand, rowOperand) = (x.operand, row.operand)
    var value = x.value
    withPointers(writing: &value, reading: row.value) { out, row in
      forEachRowBlock(rows) { block in
        kernels.add_row(block.count, columns, row, out + block.lowerBound * columns)
      }
    }
    return record(value) { gradient, gradients in
      gradients.add(gradient, to: operand)
      guard rowOperand.node != nil else { return }
      var sums = Tensor(zeros: rowOperand.shape)
      withPointers(writing: &sums, reading: gradient) { sums, gradient in
        kernels.sum_rows(rows, columns, gradient, sums)
      }
      gradients.add(sums, to: rowOperand)
    }
  }

  /// Returns x + factor · y for arrays of the same shape.
  package func add(_ x: Variable, _ factor: Float, _ y: Variable) -> Variable {
    precondition(x.shape == y.shape, "cannot add \(y.shape) to \(x.shape)")
    let (first, second) = (x.operand, y.operand)
    var value = x.value
    withPointers(writing: &value, reading: y.value) { sum, y in
      kernels.add_scaled(x.value.count, factor, y, sum)
    }
    return record(value) { gradient, gradients in
      gradients.add(gradient, to: first)
      guard second.node != nil else { return }
      var scaled = Tensor(zeros: second.shape)
      withPointers(writing: &scaled, reading: gradient) { scaled, dy in
        kernels.add_scaled(gradient.count, factor, dy, scaled)
      }
      gradients.add(scaled, to: second)
    }
  }

  /// Returns the same value; its backward pass counts as `layers` layers in the progress.
  package func mark(_ x: Variable, layers: Int) -> Variable {
    let operand = x.operand
    return record(x.value, layers: layers) { gradient, gradients in
      gradients.add(gradient, to: operand)
    }
  }

  /// Returns the same elements in another shape.
  package func reshape(_ x: Variable, to shape: Shape) -> Variable {
    let operand = x.operand
    return record(x.value.reshaped(to: shape)) { gradient, gradients in
      gradients.add(gradient.reshaped(to: operand.shape), to: operand)
    }
  }
}
