import Tensors

extension Tape {
  /// Returns rows of a table of [V, m], one per symbol → [T, m].
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

  /// Scatters the rows of x of [k, m] to the given places among rows of zeros → [rows, m].
  ///
  /// - Parameter places: k different numbers in 0 ..< rows.
  package func spread(_ x: Variable, to places: [Int32], of rows: Int) -> Variable {
    let width = x.shape[1]
    precondition(x.shape[0] == places.count, "a place for each of \(x.shape[0]) rows")
    precondition(places.allSatisfy { $0 >= 0 && Int($0) < rows }, "places below \(rows)")
    let operand = x.operand
    var value = Tensor(zeros: [rows, width])
    withPointers(writing: &value, reading: x.value) { out, x in
      kernels.scatter_add(places.count, width, x, places, out)
    }
    return record(value) { gradient, gradients in
      let taken = Tensor(operand.shape, reading: gradient) { out, gradient in
        kernels.lookup(places.count, width, gradient, places, out)
      }
      gradients.add(taken, to: operand)
    }
  }
}
