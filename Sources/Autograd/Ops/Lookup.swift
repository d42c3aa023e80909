import Tensors

extension Tape {
  /// Rows of a table of [V, m], one per symbol → [T, m].
  ///
  /// - Parameter symbols: T numbers in 0 ..< V.
  package func lookup(_ symbols: [Int32], in table: Variable) -> Variable {
    let (rows, width) = (table.shape[0], table.shape[1])
    precondition(symbols.allSatisfy { $0 >= 0 && Int($0) < rows }, "symbols below \(rows)")
    let value = Tensor([symbols.count, width], reading: table.value) { out, table in
      kernels.lookup(symbols.count, width, table, symbols, out)
    }
    return record(value) { gradient, gradients in
      var sums = Tensor(zeros: table.shape)
      withPointers(writing: &sums, reading: gradient) { sums, gradient in
        kernels.scatter_add(symbols.count, width, gradient, symbols, sums)
      }
      gradients.add(sums, to: table)
    }
  }
}
