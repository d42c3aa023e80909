import Tensors

extension Tape {
  /// Rows of a table of [V, m], one per symbol → [T, m].
  ///
  /// - Parameter symbols: T numbers in 0 ..< V.
  package func lookup(_ symbols: [Int32], in table: Variable) -> Variable {
    let (rows, width) = (table.shape[0], table.shape[1])
    precondition(symbols.allSatisfy { $0 >= 0 && Int($0) < rows }, "symbols below \(rows)")
    let value = Tensor([symbols.count, width]) { out in
      table.value.withPointer { kernels.lookup(symbols.count, width, $0, symbols, out) }
    }
    return record(value) { gradient, gradients in
      var sums = Tensor(zeros: table.shape)
      sums.withMutablePointer { sums in
        gradient.withPointer { kernels.scatter_add(symbols.count, width, $0, symbols, sums) }
      }
      gradients.add(sums, to: table)
    }
  }
}
