import Autograd
import Foundation
import Tensors

/// The sinusoidal code of positions or of steps.
///
///     code(p, 2i) = sin(p / 10000^(2i/m)),  code(p, 2i+1) = cos(p / 10000^(2i/m))
///
/// "Attention Is All You Need" (NeurIPS 2017), section 3.5.
enum SinusoidalCode {
  /// Returns the codes of the positions of all examples, [T, m].
  static func positions(_ layout: SequenceLayout, maps: Int) -> Tensor {
    let longest = layout.segments.first?.length ?? 0
    let table = Tensor([longest, maps]) { kernels.position_code(longest, maps, 0, $0) }
    return Tensor([layout.rows, maps]) { out in
      table.withPointer { table in
        for segment in layout.segments {
          for example in 0..<segment.batch {
            let first = (segment.firstRow + example * segment.length) * maps
            (out + first).update(from: table, count: segment.length * maps)
          }
        }
      }
    }
  }

  /// Returns the code of a step, [m].
  static func step(_ step: Int, maps: Int) -> Tensor {
    Tensor([maps]) { kernels.position_code(1, maps, step, $0) }
  }
}

/// The error of an input that is longer than the positions that a model has learned.
package struct TooManyPositions: Error, LocalizedError, Equatable {
  package let length: Int
  package let largest: Int

  package var errorDescription: String? {
    """
    the model has learned vectors for \(largest) positions, and the input has \(length); \
    `positions=sinusoidal` reads any length
    """
  }
}

extension SequenceLayout {
  /// The number of each position within its example, T numbers.
  var positions: [Int32] {
    segments.flatMap { segment in
      (0..<segment.batch).flatMap { _ in (0..<Int32(segment.length)) }
    }
  }
}
