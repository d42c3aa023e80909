import Tensors

/// The padding of a convolution at the ends of a sequence, as in TensorFlow.
package enum WindowPadding: Sendable {
  /// Zeros at both ends, one more at the end if their number is odd: n positions become n / stride, rounded up.
  case same
  /// No zeros: only windows that lie within the sequence.
  case valid

  /// Returns the number of windows of a sequence of `length`, and the number of zeros before it.
  package func windows(length: Int, width: Int, stride: Int) -> (count: Int, zeros: Int) {
    switch self {
    case .same:
      let count = (length + stride - 1) / stride
      return (count, max(0, (count - 1) * stride + width - length) / 2)
    case .valid: return (max(0, (length - width) / stride + 1), 0)
    }
  }
}

extension Tape {
  /// Returns windows of adjacent positions side by side, [T, c] → [T', width · c].
  ///
  /// Window j of a sequence begins at its position j · stride − zeros; positions outside the sequence are zeros. A
  /// product with [width · c, k] then is a convolution.
  ///
  /// - Parameter lengths: the lengths of the sequences in x, one after another.
  package func windows(
    _ x: Variable,
    lengths: [Int],
    width: Int,
    stride: Int,
    padding: WindowPadding
  ) -> Variable {
    let channels = x.shape[1]
    precondition(x.shape[0] == lengths.reduce(0, +), "\(x.shape) for \(lengths)")
    let operand = x.operand
    let places = SequencePlaces(lengths) {
      padding.windows(length: $0, width: width, stride: stride).count
    }
    /// Calls `body` for each tap with the windows whose position of that tap lies within the sequence, and the first
    /// such position.
    func forEachTap(
      _ sequence: Int,
      _ body: (_ tap: Int, _ first: Int, _ count: Int, _ position: Int) -> Void
    ) {
      let length = lengths[sequence]
      let (count, zeros) = padding.windows(length: length, width: width, stride: stride)
      for tap in 0..<width {
        // Window j reads position j · stride + tap − zeros.
        let first = max(0, (zeros - tap + stride - 1) / stride)
        let last = length - 1 + zeros - tap
        let behind = last < 0 ? 0 : min(count, last / stride + 1)
        if behind > first { body(tap, first, behind - first, first * stride + tap - zeros) }
      }
    }
    var value = Tensor(zeros: [places.outputs, width * channels])
    withPointers(writing: &value, reading: x.value) { out, x in
      WorkerPool.shared.run(parts: lengths.count) { sequence in
        forEachTap(sequence) { tap, first, count, position in
          let to = (places.output[sequence] + first) * width * channels + tap * channels
          kernels.copy_columns(
            count,
            channels,
            x + (places.input[sequence] + position) * channels,
            stride * channels,
            out + to,
            width * channels
          )
        }
      }
    }
    return record(value) { gradient, gradients in
      guard operand.node != nil else { return }
      var dx = Tensor(zeros: operand.shape)
      withPointers(writing: &dx, reading: gradient) { dx, gradient in
        WorkerPool.shared.run(parts: lengths.count) { sequence in
          forEachTap(sequence) { tap, first, count, position in
            let from = (places.output[sequence] + first) * width * channels + tap * channels
            kernels.add_columns(
              count,
              channels,
              gradient + from,
              width * channels,
              dx + (places.input[sequence] + position) * channels,
              stride * channels
            )
          }
        }
      }
      gradients.add(dx, to: operand)
    }
  }

  /// Returns the maximum, or the mean, of every two consecutive positions of a sequence; the last one of an odd number
  /// is dropped.
  ///
  /// - Parameter lengths: the lengths of the sequences in x of [T, c], one after another.
  package func pooled(_ x: Variable, lengths: [Int], takesMean: Bool) -> Variable {
    let channels = x.shape[1]
    precondition(x.shape[0] == lengths.reduce(0, +), "\(x.shape) for \(lengths)")
    let places = SequencePlaces(lengths) { $0 / 2 }
    let operand = x.operand
    let value = Tensor([places.outputs, channels], reading: x.value) { out, x in
      WorkerPool.shared.run(parts: lengths.count) { sequence in
        let (from, to) = (
          x + places.input[sequence] * channels, out + places.output[sequence] * channels
        )
        if takesMean {
          kernels.pair_mean(lengths[sequence] / 2, channels, from, to)
        } else {
          kernels.pair_max(lengths[sequence] / 2, channels, from, to)
        }
      }
    }
    return record(value) { gradient, gradients in
      var dx = Tensor(zeros: operand.shape)
      withPointers(writing: &dx, reading: x.value, gradient) { dx, x, dy in
        WorkerPool.shared.run(parts: lengths.count) { sequence in
          let (from, to) = (places.input[sequence] * channels, places.output[sequence] * channels)
          if takesMean {
            kernels.pair_mean_backward(lengths[sequence] / 2, channels, dy + to, dx + from)
          } else {
            kernels.pair_max_backward(lengths[sequence] / 2, channels, x + from, dy + to, dx + from)
          }
        }
      }
      gradients.add(dx, to: operand)
    }
  }

  /// Returns max(x, 0), element by element.
  package func relu(_ x: Variable) -> Variable {
    let operand = x.operand
    let value = mapped(x.value) { kernels.relu_forward($0, $1, $2) }
    return record(value) { [value] gradient, gradients in
      gradients.add(mapped(value, gradient) { kernels.relu_backward($0, $1, $2, $3) }, to: operand)
    }
  }
}

/// The first rows of sequences before and after a layer that changes their lengths.
private struct SequencePlaces {
  let input: [Int]
  let output: [Int]
  /// The number of rows after the layer.
  let outputs: Int

  init(_ lengths: [Int], _ outputLength: (Int) -> Int) {
    var (input, output) = ([Int](), [Int]())
    var (first, behind) = (0, 0)
    for length in lengths {
      input.append(first)
      output.append(behind)
      first += length
      behind += outputLength(length)
    }
    (self.input, self.output, outputs) = (input, output, behind)
  }
}
