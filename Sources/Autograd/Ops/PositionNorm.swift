import Tensors

extension Tape {
  /// Applies the norm of the released network, over the positions of each example and per channel.
  ///
  ///     d = 2 (x − mean(x)) + offset,   y = d / sqrt(mean(d²) + 1e-10)
  ///
  /// - Parameters:
  ///   - x: [r, c], the rows of the examples one after another.
  ///   - offset: c learned values.
  ///   - examples: the number of rows of each example.
  package func positionNorm(_ x: Variable, offset: Variable, examples: [Int]) -> Variable {
    let channels = x.shape[1]
    precondition(examples.reduce(0, +) == x.shape[0], "rows of the examples")
    precondition(offset.value.count == channels, "an offset per channel")
    var value = x.value
    var scales = Tensor(zeros: [examples.count, channels])
    withPointers(writing: &value, &scales, reading: offset.value) { y, scales, offset in
      forEachExample(examples) { example, rows in
        withScratch(3 * channels) { moments in
          let part = y + rows.lowerBound * channels
          let scale = scales + example * channels
          let (m2, shift) = (moments + channels, moments + 2 * channels)
          kernels.column_moments(rows.count, channels, part, moments, m2)
          kernels.norm_scale_shift(channels, rows.count, moments, m2, offset, scale, shift)
          kernels.scale_shift(rows.count, channels, part, scale, shift)
        }
      }
    }
    return record(value) { [value, scales] gradient, gradients in
      var dx = gradient
      var dOffset = Tensor(zeros: offset.shape)
      withPointers(
        writing: &dx,
        &dOffset,
        reading: value,
        scales,
        offset.value
      ) { dy, dOffset, y, scales, offset in
        for (example, rows) in ranges(of: examples).enumerated() {
          withScratch(5 * channels) { work in
            work.update(repeating: 0, count: 2 * channels)
            let first = rows.lowerBound * channels
            let (sum, product) = (work, work + channels)
            let (a, b, c) = (work + 2 * channels, work + 3 * channels, work + 4 * channels)
            kernels.norm_backward_sums(rows.count, channels, y + first, dy + first, sum, product)
            kernels.norm_backward_factors(
              .init(
                channels: channels,
                count: rows.count,
                scale: scales + example * channels,
                offset: offset,
                sum_dy: sum,
                sum_dyy: product,
                a: a,
                b: b,
                c: c,
                d_offset: dOffset
              )
            )
            kernels.norm_backward_apply(rows.count, channels, y + first, dy + first, a, b, c)
          }
        }
      }
      gradients.add(dx, to: x)
      gradients.add(dOffset, to: offset)
    }
  }
}

/// Returns the row range of each of the consecutive examples.
private func ranges(of examples: [Int]) -> [Range<Int>] {
  var first = 0
  return examples.map { count in
    defer { first += count }
    return first..<first + count
  }
}

private func forEachExample(_ examples: [Int], _ body: (Int, Range<Int>) -> Void) {
  let rows = ranges(of: examples)
  WorkerPool.shared.run(parts: examples.count) { body($0, rows[$0]) }
}
