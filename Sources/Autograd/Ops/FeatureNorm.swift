import Tensors

extension Tape {
  /// Applies the usual layer norm without gain, over the channels of each row.
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
    var factors = Tensor(unwritten: [rows])
    withPointers(writing: &value, &factors, reading: offset.value) { y, factors, offset in
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
    return record(value) { [value, factors] gradient, gradients in
      var dx = gradient
      var dOffset = Tensor(zeros: offset.shape)
      withPointers(writing: &dx, &dOffset, reading: value, factors) { dy, dOffset, y, factors in
        kernels.feature_norm_backward(rows, channels, y, dy, factors, dOffset)
      }
      gradients.add(dx, to: x)
      gradients.add(dOffset, to: offset)
    }
  }
}
