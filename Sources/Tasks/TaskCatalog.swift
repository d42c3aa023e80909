/// The generated tasks by name.
package enum TaskCatalog {
  /// All tasks with the alphabets of the original, by family.
  package static let tasks: [any GeneratedTask] = [
    Addition(.binary), Addition(.decimal), Addition(.quaternary),
    Multiplication(.binary), Multiplication(.decimal), Multiplication(.quaternary),
    CodedMultiplication(), Division(),
    Sorting(), PairSorting(), Identity(), Reversal(), PairReversal(), Increment(), FirstSymbol(),
    LastSymbol(), Duplication(), BitReversal(), Rotation(),
    Search(), MemoryIndexing(),
    WordSorting(), Merging(),
    Brackets(), BracketCompletion(),
  ]

  /// The task of a name with its usual alphabet; nil if there is none.
  package static func task(named name: String) -> (any GeneratedTask)? {
    tasks.first { $0.name == name }
  }

  /// The task of a name with an input alphabet of so many symbols, the blank included, or of the usual ones.
  ///
  /// - Throws: `TaskError` if there is no such task or no such alphabet of it.
  package static func task(
    named name: String,
    symbols: Int?
  ) throws(TaskError) -> any GeneratedTask {
    guard let task = task(named: name) else { throw .unknown(name) }
    guard let symbols else { return task }
    guard let free = task as? any FreeAlphabetTask else {
      guard symbols == task.inputSymbols else {
        throw .fixedAlphabet(task: name, symbols: task.inputSymbols)
      }
      return task
    }
    let kind = type(of: free)
    guard symbols >= kind.fewestSymbols, symbols <= largestAlphabet else {
      throw .alphabet(task: name, fewest: kind.fewestSymbols, most: largestAlphabet)
    }
    return kind.init(symbols: symbols)
  }

  /// The most symbols of an alphabet that is a free choice; `memory_indexing` needs as many at length 2^20.
  package static let largestAlphabet = 1 << 21
}

/// Why there is no such task.
package enum TaskError: Error, Equatable {
  case unknown(String)
  /// The alphabet of the task is no choice.
  case fixedAlphabet(task: String, symbols: Int)
  /// The alphabet is too small or too large.
  case alphabet(task: String, fewest: Int, most: Int)
}
