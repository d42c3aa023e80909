import Tensors

extension Tape {
  /// x ∘ y for arrays of one shape.
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

  /// x + y ∘ row, the row of [c] scaling every row of y of [r, c].
  package func add(_ x: Variable, _ y: Variable, scaledBy row: Variable) -> Variable {
    let (rows, columns) = (x.shape[0], x.shape[1])
    precondition(x.shape == y.shape && row.value.count == columns, "\(x.shape) and \(y.shape)")
    let operand = x.operand
    var value = x.value
    value.withMutablePointer { sum in
      y.value.withPointer { y in
        row.value.withPointer { row in
          forEachRowBlock(rows) { block in
            let first = block.lowerBound * columns
            kernels.add_product_row(block.count, columns, y + first, row, sum + first)
          }
        }
      }
    }
    return record(value) { gradient, gradients in
      gradients.add(gradient, to: operand)
      if gradients.wants(y) {
        let scaled = Tensor(y.shape) { out in
          gradient.withPointer { gradient in
            row.value.withPointer { kernels.multiply_row(rows, columns, $0, gradient, out) }
          }
        }
        gradients.add(scaled, to: y)
      }
      guard gradients.wants(row) else { return }
      var sums = Tensor(zeros: row.shape)
      sums.withMutablePointer { sums in
        y.value.withPointer { y in
          gradient.withPointer { kernels.sum_products(rows, columns, y, $0, sums) }
        }
      }
      gradients.add(sums, to: row)
    }
  }

  /// z ∘ a + (1 − z) ∘ b for arrays of one shape.
  package func blend(_ z: Variable, _ a: Variable, _ b: Variable) -> Variable {
    precondition(z.shape == a.shape && z.shape == b.shape, "\(z.shape), \(a.shape), \(b.shape)")
    let count = z.value.count
    let value = Tensor(z.shape) { out in
      withPointers(z.value, a.value, b.value) { z, a, b in
        forEachElementBlock(count) { block in
          let i = block.lowerBound
          kernels.blend_forward(block.count, z + i, a + i, b + i, out + i)
        }
      }
    }
    return record(value) { gradient, gradients in
      var dz = Tensor(zeros: z.shape)
      var da = Tensor(zeros: a.shape)
      let db = Tensor(b.shape) { db in
        dz.withMutablePointer { dz in
          da.withMutablePointer { da in
            gradient.withPointer { gradient in
              withPointers(z.value, a.value, b.value) { z, a, b in
                forEachElementBlock(count) { block in
                  let i = block.lowerBound
                  kernels.blend_backward(
                    block.count,
                    z + i,
                    a + i,
                    b + i,
                    gradient + i,
                    dz + i,
                    da + i,
                    db + i
                  )
                }
              }
            }
          }
        }
      }
      gradients.add(dz, to: z)
      gradients.add(da, to: a)
      gradients.add(db, to: b)
    }
  }
}
