import Tensors
import Wiring

extension Tape {
  /// Permutes the positions of every example of x of [T, m]: out[j] = x[rot(j)].
  package func shuffle(_ x: Variable, layout: SequenceLayout, _ shuffle: Shuffle) -> Variable {
    let width = x.shape[1]
    precondition(x.shape[0] == layout.rows, "\(x.shape) for \(layout.rows) positions")
    func permuted(_ x: Tensor, inverse: Bool) -> Tensor {
      Tensor(x.shape, reading: x) { out, x in
        for segment in layout.segments {
          for example in 0..<segment.batch {
            let base = segment.firstRow + example * segment.length
            for j in 0..<segment.length {
              let source = shuffle.source(of: j, length: segment.length)
              let (from, to) = inverse ? (j, source) : (source, j)
              (out + (base + to) * width).update(from: x + (base + from) * width, count: width)
            }
          }
        }
      }
    }
    let operand = x.operand
    return record(permuted(x.value, inverse: false)) { gradient, gradients in
      gradients.add(permuted(gradient, inverse: true), to: operand)
    }
  }
}
