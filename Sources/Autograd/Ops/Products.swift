import Tensors

extension Tape {
  /// Returns x ∘ y for arrays of the same shape.
  package func multiply(_ x: Variable, _ y: Variable) -> Variable {
    precondition(x.shape == y.shape, "cannot multiply \(x.shape) by \(y.shape)")
    let value = mapped(x.value, y.value) { kernels.multiply($0, $1, $2, $3) }
    return record(value) { gradient, gradients in
      if gradients.wants(x) {
        gradients.add(mapped(y.value, gradient) { kernels.multiply($0, $1, $2, $3) }, to: x)
      }
      if gradients.wants(y) {
        gradients.add(mapped(x.value, gradient) { kernels.multiply($0, $1, $2, $3) }, to: y)
      }
    }
  }

  /// Returns x + y ∘ row, with the row of [c] scaling every row of y of [r, c].
  package func add(_ x: Variable, _ y: Variable, scaledBy row: Variable) -> Variable {
    let (rows, columns) = (x.shape[0], x.shape[1])
    precondition(x.shape == y.shape && row.value.count == columns, "\(x.shape) and \(y.shape)")
    let operand = x.operand
    var value = x.value
    withPointers(writing: &value, reading: y.value, row.value) { sum, y, row in
      forEachRowBlock(rows) { block in
        let first = block.lowerBound * columns
        kernels.add_product_row(block.count, columns, y + first, row, sum + first)
      }
    }
    return record(value) { gradient, gradients in
      gradients.add(gradient, to: operand)
      if gradients.wants(y) {
        let scaled = Tensor(y.shape, reading: gradient, row.value) { out, gradient, row in
          kernels.multiply_row(rows, columns, row, gradient, out)
        }
        gradients.add(scaled, to: y)
      }
      guard gradients.wants(row) else { return }
      var sums = Tensor(zeros: row.shape)
      withPointers(writing: &sums, reading: y.value, gradient) { sums, y, gradient in
        kernels.sum_products(rows, columns, y, gradient, sums)
      }
      gradients.add(sums, to: row)
    }
  }

  /// Returns z ∘ a + (1 − z) ∘ b for arrays of the same shape.
  package func blend(_ z: Variable, _ a: Variable, _ b: Variable) -> Variable {
    precondition(z.shape == a.shape && z.shape == b.shape, "\(z.shape), \(a.shape), \(b.shape)")
    let count = z.value.count
    let value = Tensor(z.shape, reading: z.value, a.value, b.value) { out, z, a, b in
      forEachElementBlock(count) { block in
        let i = block.lowerBound
        kernels.blend_forward(block.count, z + i, a + i, b + i, out + i)
      }
    }
    return record(value) { gradient, gradients in
      var dz = Tensor(unwritten: z.shape)
      var da = Tensor(unwritten: a.shape)
      var db = Tensor(unwritten: b.shape)
      withPointers(
        writing: &dz,
        &da,
        &db,
        reading: gradient,
        z.value,
        a.value,
        b.value
      ) { dz, da, db, gradient, z, a, b in
        forEachElementBlock(count) { block in
          let i = block.lowerBound
          kernels.blend_backward(
            .init(
              count: block.count,
              z: z + i,
              a: a + i,
              b: b + i,
              d_out: gradient + i,
              dz: dz + i,
              da: da + i,
              db: db + i
            )
          )
        }
      }
      gradients.add(dz, to: z)
      gradients.add(da, to: a)
      gradients.add(db, to: b)
    }
  }
}
