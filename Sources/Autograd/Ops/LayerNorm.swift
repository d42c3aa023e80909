import Tensors

extension Tape {
  /// The usual layer norm over the channels of each row of x of [r, c].
  ///
  ///     y = gain ∘ (x − mean(x)) / sqrt(var(x) + 1e-5) + offset
  ///
  /// "Layer Normalization" (2016).
  package func layerNorm(_ x: Variable, gain: Variable, offset: Variable) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1])
    precondition(gain.value.count == channels && offset.value.count == channels, "a row of each")
    let operand = x.operand
    var normed = Tensor(zeros: x.shape)
    var factors = Tensor(zeros: [rows])
    let value = Tensor(x.shape) { y in
      normed.withMutablePointer { normed in
        factors.withMutablePointer { factors in
          gain.value.withPointer { gain in
            offset.value.withPointer { offset in
              x.value.withPointer { x in
                forEachRowBlock(rows) { block in
                  let first = block.lowerBound * channels
                  kernels.layer_norm_forward(
                    block.count,
                    channels,
                    x + first,
                    gain,
                    offset,
                    1e-5,
                    normed + first,
                    factors + block.lowerBound,
                    y + first
                  )
                }
              }
            }
          }
        }
      }
    }
    return record(value) { [normed, factors] gradient, gradients in
      let dx = Tensor(operand.shape) { dx in
        normed.withPointer { normed in
          factors.withPointer { factors in
            gain.value.withPointer { gain in
              gradient.withPointer { dy in
                forEachRowBlock(rows) { block in
                  let first = block.lowerBound * channels
                  kernels.layer_norm_backward(
                    block.count,
                    channels,
                    normed + first,
                    factors + block.lowerBound,
                    gain,
                    dy + first,
                    dx + first
                  )
                }
              }
            }
          }
        }
      }
      gradients.add(dx, to: operand)
      var (dGain, dOffset) = (Tensor(zeros: gain.shape), Tensor(zeros: offset.shape))
      gradient.withPointer { dy in
        dGain.withMutablePointer { sums in
          normed.withPointer { kernels.sum_products(rows, channels, $0, dy, sums) }
        }
        dOffset.withMutablePointer { kernels.sum_rows(rows, channels, dy, $0) }
      }
      gradients.add(dGain, to: gain)
      gradients.add(dOffset, to: offset)
    }
  }
}
