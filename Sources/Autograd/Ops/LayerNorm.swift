import Tensors

extension Tape {
  /// Applies the usual layer norm over the channels of each row of x of [r, c].
  ///
  ///     y = gain ∘ (x − mean(x)) / sqrt(var(x) + 1e-5) + offset
  ///
  /// "Layer Normalization" (2016).
  package func layerNorm(_ x: Variable, gain: Variable, offset: Variable) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1])
    precondition(gain.value.count == channels && offset.value.count == channels, "a row of each")
    let operand = x.operand
    var (normed, factors) = (Tensor(unwritten: x.shape), Tensor(unwritten: [rows]))
    var value = Tensor(unwritten: x.shape)
    withPointers(
      writing: &value,
      &normed,
      &factors,
      reading: x.value,
      gain.value,
      offset.value
    ) { y, normed, factors, x, gain, offset in
      forEachRowBlock(rows) { block in
        let first = block.lowerBound * channels
        kernels.layer_norm_forward(
          .init(
            rows: block.count,
            channels: channels,
            x: x + first,
            gain: gain,
            offset: offset,
            epsilon: 1e-5,
            normed: normed + first,
            factor: factors + block.lowerBound,
            y: y + first
          )
        )
      }
    }
    return record(value) { [normed, factors] gradient, gradients in
      let dx = Tensor(
        operand.shape,
        reading: normed,
        factors,
        gain.value,
        gradient
      ) { dx, normed, factors, gain, dy in
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
      gradients.add(dx, to: operand)
      var (dGain, dOffset) = (Tensor(zeros: gain.shape), Tensor(zeros: offset.shape))
      withPointers(
        writing: &dGain,
        &dOffset,
        reading: normed,
        gradient
      ) { dGain, dOffset, normed, dy in
        kernels.sum_products(rows, channels, normed, dy, dGain)
        kernels.sum_rows(rows, channels, dy, dOffset)
      }
      gradients.add(dGain, to: gain)
      gradients.add(dOffset, to: offset)
    }
  }
}
