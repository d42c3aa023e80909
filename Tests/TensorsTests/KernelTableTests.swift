import Tensors
import Testing

/// The kernels that look up rows of a table, in either direction.
@Suite struct KernelTableTests {
  private static let symbols: [Int32] = [3, 0, 3, 1, 1, 3, 4, 0, 2, 3, 3]

  @Test(
    "rows are looked up, and their gradients added, exactly",
    arguments: KernelVariant.available
  )
  func lookup(variant: KernelVariant) {
    let symbols = Self.symbols
    for columns in [1, 5, 16, 31, 33, 100] {
      let table = Matrix(5, columns, seed: 1).elements
      let x = normals(symbols.count * columns, seed: 2)
      let results = outputs(unset(x.count), table) {
        variant.kernels.lookup(symbols.count, columns, table, symbols, $0[0])
        variant.kernels.scatter_add(symbols.count, columns, x, symbols, $0[1])
      }
      var sums = table
      for index in x.indices {
        sums[Int(symbols[index / columns]) * columns + index % columns] += x[index]
      }
      let rows = symbols.flatMap { table[Int($0) * columns..<(Int($0) + 1) * columns] }
      expectSame(results[0], rows, "lookup, \(columns) columns")
      expectSame(results[1], sums, "scatter_add, \(columns) columns")
    }
  }
}
