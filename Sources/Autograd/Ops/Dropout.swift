import Tensors

/// The dropout of one layer: the key and an element's index decide whether the element survives.
package struct LayerDropout: Hashable, Sendable {
  /// The fraction that survives over the log2(n) layers of a pass through the network; a layer drops (1 - keep) /
  /// log2(n).
  package let keep: Float
  package let key: UInt64
  /// True if this layer drops 1 - keep by itself.
  package let isWhole: Bool

  package init(keep: Float, key: UInt64, isWhole: Bool = false) {
    precondition(keep > 0 && keep <= 1, "keep in (0, 1]")
    self.keep = keep
    self.key = key
    self.isWhole = isWhole
  }

  /// Returns the dropout of a segment whose positions have `levels` bits.
  func settings(levels: Int) -> rse_dropout {
    let rate = Double(1 - keep) / Double(isWhole ? 1 : max(levels, 1))
    return rse_dropout(
      key0: UInt32(truncatingIfNeeded: key),
      key1: UInt32(truncatingIfNeeded: key >> 32),
      threshold: UInt32(rate * 0x1p32),
      scale: Float(1 / (1 - rate))
    )
  }

  /// The settings that drop nothing.
  static let off = rse_dropout(key0: 0, key1: 0, threshold: 0, scale: 1)
}

extension Tape {
  /// Applies dropout to rows that are not positions, for dropout that drops 1 - keep by itself.
  package func dropout(_ x: Variable, _ dropout: LayerDropout) -> Variable {
    precondition(dropout.isWhole, "rows have no number of layers")
    let operand = x.operand
    func dropped(_ x: Tensor) -> Tensor {
      Tensor(x.shape, reading: x) { out, x in
        kernels.dropout(operand.shape.count, x, out, dropout.settings(levels: 1), 0)
      }
    }
    return record(dropped(x.value)) { gradient, gradients in
      gradients.add(dropped(gradient), to: operand)
    }
  }

  /// Drops elements of x of [T, m] and scales the others so that the expectation is unchanged.
  package func dropout(
    _ x: Variable,
    layout: SequenceLayout,
    _ dropout: LayerDropout
  ) -> Variable {
    let width = x.shape[1]
    precondition(x.shape[0] == layout.rows, "\(x.shape) for \(layout.rows) positions")
    func dropped(_ x: Tensor) -> Tensor {
      Tensor(x.shape, reading: x) { out, x in
        for segment in layout.segments {
          let first = segment.firstRow * width
          kernels.dropout(
            segment.rows * width,
            x + first,
            out + first,
            dropout.settings(levels: segment.levels),
            UInt32(truncatingIfNeeded: first)
          )
        }
      }
    }
    let operand = x.operand
    return record(dropped(x.value)) { gradient, gradients in
      gradients.add(dropped(gradient), to: operand)
    }
  }
}
