import Tensors

extension Tape {
  /// The usual layer norm without gain, over the channels of each row.
  ///
  ///     d = x − mean(x) + offset,   y = d / sqrt(mean(d²) + 1e-10)
  ///
  /// - Parameters:
  ///   - x: [r, c].
  ///   - offset: c learned values.
  package func featureNorm(_ x: Variable, offset: Variable) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1])
    precondition(offset.value.count == channels, "an offset per channel")
    var value = x.value
    let factors = Tensor([rows]) { factors in
      value.withMutablePointer { y in
        offset.value.withPointer { offset in
          forEachRowBlock(rows) { block in
            kernels.feature_norm_forward(
              block.count,
              channels,
              y + block.lowerBound * channels,
              offset,
              factors + block.lowerBound
            )
          }
        }
      }
    }
    return record(value) { [value] gradient, gradients in
      var dx = gradient
      var dOffset = Tensor(zeros: offset.shape)
      dOffset.withMutablePointer { dOffset in
        dx.withMutablePointer { dy in
          value.withPointer { y in
            factors.withPointer {
              kernels.feature_norm_backward(rows, channels, y, dy, $0, dOffset)
            }
          }
        }
      }
      gradients.add(dx, to: x)
      gradients.add(dOffset, to: offset)
    }
  }
}
