// A task, as the recipe in ARCHITECTURE.md says; its row would stand in `TaskCatalog.tasks`.
import Tasks

/// Each symbol exchanged with its neighbour, the first with the second and so on; the last one of an odd number stays.
struct NeighbourSwap: Rearrangement {
  let symbols: Int
  let name = "swap"
  let summary = "exchange each symbol with its neighbour"

  init(symbols: Int) { self.symbols = symbols }

  func target(of input: [Int32]) -> [Int32] {
    input.indices.map { index in
      let neighbour = index ^ 1
      return input[neighbour < input.count ? neighbour : index]
    }
  }
}
