import Tensors

extension Tape {
  /// Normalises each channel over all rows of a batch.
  ///
  ///     y = gain ∘ (x − mean) / √(variance + ε) + offset
  ///
  /// On a tape that uses batch statistics, mean and variance are those of the rows, and the backward pass stores them
  /// in place of the gradients of `mean` and `variance`; otherwise they are the values of these two parameters. "Batch
  /// Normalization" (ICML 2015).
  ///
  /// - Parameters:
  ///   - x: [r, c].
  ///   - gain: c learned values; offset has the same shape.
  ///   - mean: c moving means, with the role `.statistic`; variance has the same shape and role.
  package func batchNorm(
    _ x: Variable,
    gain: Variable,
    offset: Variable,
    mean: Parameter,
    variance: Parameter,
    epsilon: Float
  ) -> Variable {
    let (rows, channels) = (x.shape[0], x.shape[1])
    precondition(gain.value.count == channels && offset.value.count == channels, "\(x.shape)")
    let (operand, isOfBatch) = (x.operand, usesBatchStatistics)
    let seen =
      isOfBatch
      ? ColumnMoments(of: x.value) : ColumnMoments(mean: mean.value, variance: variance.value)
    let inverse = Tensor([channels], reading: seen.variance) { out, variance in
      for c in 0..<channels { out[c] = 1 / (variance[c] + epsilon).squareRoot() }
    }
    let shift = Tensor([channels], reading: seen.mean, inverse) { out, mean, inverse in
      for c in 0..<channels { out[c] = -mean[c] * inverse[c] }
    }
    let normal = scaledAndShifted(x.value, inverse, shift)
    return record(scaledAndShifted(normal, gain.value, offset.value)) { gradient, gradients in
      let sums = blockSums(rows, count: 2 * channels, of: normal, gradient) { rows, x, dy, sums in
        kernels.norm_backward_sums(rows, channels, x, dy, sums, sums + channels)
      }
      var (dGain, dOffset) = (Tensor(unwritten: gain.shape), Tensor(unwritten: offset.shape))
      var factors = Tensor(zeros: [3, channels])
      withPointers(
        writing: &dGain,
        &dOffset,
        &factors,
        reading: sums,
        gain.value,
        inverse
      ) { dGain, dOffset, factors, sums, gain, inverse in
        for c in 0..<channels {
          dOffset[c] = sums[c]
          dGain[c] = sums[channels + c]
          factors[c] = gain[c] * inverse[c]
          guard isOfBatch else { continue }
          factors[channels + c] = -factors[c] * dGain[c] / Float(rows)
          factors[2 * channels + c] = -factors[c] * dOffset[c] / Float(rows)
        }
      }
      var dx = gradient
      withPointers(writing: &dx, reading: normal, factors) { dx, x, factors in
        forEachRowBlock(rows) { block in
          let first = block.lowerBound * channels
          let (a, b, c) = (factors, factors + channels, factors + 2 * channels)
          kernels.norm_backward_apply(block.count, channels, x + first, dx + first, a, b, c)
        }
      }
      gradients.add(dx, to: operand)
      gradients.add(dGain, to: gain)
      gradients.add(dOffset, to: offset)
      guard isOfBatch else { return }
      gradients.see(seen.mean, as: mean)
      gradients.see(seen.variance, as: variance)
    }
  }
}

/// Returns scale ∘ x + shift, row by row.
private func scaledAndShifted(_ x: Tensor, _ scale: Tensor, _ shift: Tensor) -> Tensor {
  let channels = x.shape[1]
  var result = x
  withPointers(writing: &result, reading: scale, shift) { y, scale, shift in
    forEachRowBlock(x.shape[0]) { block in
      kernels.scale_shift(block.count, channels, y + block.lowerBound * channels, scale, shift)
    }
  }
  return result
}

/// The mean and variance of the columns of an array of [r, c].
struct ColumnMoments {
  let mean: Tensor
  let variance: Tensor

  init(mean: Tensor, variance: Tensor) {
    self.mean = mean
    self.variance = variance
  }

  /// Computes the moments of each block of rows, and merges them in order.
  init(of x: Tensor) {
    let (rows, channels) = (x.shape[0], x.shape[1])
    let blocks = (rows + rowGrain - 1) / rowGrain
    var (mean, variance) = (Tensor(zeros: [channels]), Tensor(zeros: [channels]))
    withPointers(writing: &mean, &variance, reading: x) { mean, variance, x in
      withScratch(2 * blocks * channels) { parts in
        forEachRowBlock(rows) { block in
          let part = parts + block.lowerBound / rowGrain * 2 * channels
          let own = x + block.lowerBound * channels
          kernels.column_moments(block.count, channels, own, part, part + channels)
        }
        mean.update(from: parts, count: channels)
        variance.update(from: parts + channels, count: channels)
        for number in stride(from: 1, to: blocks, by: 1) {
          let part = parts + number * 2 * channels
          let (before, own) = (number * rowGrain, min(rowGrain, rows - number * rowGrain))
          kernels.merge_moments(channels, before, mean, variance, own, part, part + channels)
        }
        for c in 0..<channels { variance[c] /= Float(rows) }
      }
    }
    self.init(mean: mean, variance: variance)
  }
}

/// Returns sums over two arrays of [r, c]: blocks of rows are summed separately, then joined in order.
///
/// - Parameters:
///   - count: the number of sums.
///   - add: adds the sums of a block of rows.
func blockSums(
  _ rows: Int,
  count: Int,
  of x: Tensor,
  _ y: Tensor,
  _ add: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Tensor {
  let columns = x.shape[1]
  let blocks = (rows + rowGrain - 1) / rowGrain
  var sums = Tensor(zeros: [count])
  var parts = Tensor(zeros: [blocks, count])
  withPointers(writing: &sums, &parts, reading: x, y) { sums, parts, x, y in
    forEachRowBlock(rows) { block in
      let first = block.lowerBound * columns
      add(block.count, x + first, y + first, parts + block.lowerBound / rowGrain * count)
    }
    kernels.sum_rows(blocks, count, parts, sums)
  }
  return sums
}

extension Gradients {
  /// Stores the value that a pass has seen in place of the statistic's gradient.
  func see(_ value: Tensor, as statistic: Parameter) {
    withPointers(writing: &sum(of: statistic).value, reading: value) {
      kernels.add_into(value.count, $1, $0)
    }
  }
}
