import Tensors

extension Tape {
  /// Returns the first rows of x of [r, c] → [count, c].
  package func leadingRows(_ x: Variable, _ count: Int) -> Variable {
    let (rows, columns) = (x.shape[0], x.shape[1])
    precondition(count <= rows, "\(count) of \(rows) rows")
    if count == rows { return x }
    let operand = x.operand
    let value = Tensor([count, columns], reading: x.value) { out, x in
      out.update(from: x, count: count * columns)
    }
    return record(value) { gradient, gradients in
      let whole = Tensor(operand.shape, reading: gradient) { out, gradient in
        out.update(from: gradient, count: count * columns)
        (out + count * columns).update(repeating: 0, count: (rows - count) * columns)
      }
      gradients.add(whole, to: operand)
    }
  }

  /// Returns x of [r, c] with its first rows replaced by those of y of [k, c].
  package func replaceLeadingRows(of x: Variable, by y: Variable) -> Variable {
    let (rows, columns, count) = (x.shape[0], x.shape[1], y.shape[0])
    precondition(count <= rows && y.shape[1] == columns, "\(y.shape) into \(x.shape)")
    if count == rows { return y }
    let (under, over) = (x.operand, y.operand)
    let head = count * columns
    let value = Tensor(x.shape, reading: x.value, y.value) { out, x, y in
      out.update(from: y, count: head)
      (out + head).update(from: x + head, count: rows * columns - head)
    }
    return record(value) { gradient, gradients in
      let kept = Tensor(under.shape, reading: gradient) { out, gradient in
        out.update(repeating: 0, count: head)
        (out + head).update(from: gradient + head, count: rows * columns - head)
      }
      gradients.add(kept, to: under)
      let taken = Tensor(over.shape, reading: gradient) { $0.update(from: $1, count: head) }
      gradients.add(taken, to: over)
    }
  }
}
